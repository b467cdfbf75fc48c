namespace SongMood.Prediction;

/// <summary>The mood of one song.</summary>
/// <param name="Mood">The most probable mood; of equal ones, the model's first.</param>
/// <param name="Scores">The probability of every mood, in the model's order. They sum to 1.</param>
public sealed record MoodPrediction(string Mood, IReadOnlyDictionary<string, float> Scores)
{
    /// <summary>Stretches of the audio that could not be decoded and were left out, such as the end of a file that is cut off: 0 for a sound file.</summary>
    public int DamagedFrameCount { get; init; }
}
