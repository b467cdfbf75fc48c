namespace SongMood.Prediction;

/// <summary>What a model says of a part of a song.</summary>
/// <param name="StartSeconds">Where it begins.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="Scores">The probabilities of the moods.</param>
internal sealed record WindowScores(double StartSeconds, double EndSeconds, float[] Scores)
{
    public double MiddleSeconds => (StartSeconds + EndSeconds) / 2;
}
