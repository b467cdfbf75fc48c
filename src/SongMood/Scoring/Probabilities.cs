using System.Globalization;

namespace SongMood.Scoring;

/// <summary>
/// Whether a model's scores are what all that is made of them takes them for. Not all are: a graph of a stranger's may end without a
/// softmax, and ML.NET's naive Bayes gives logarithms.
/// </summary>
internal static class Probabilities
{
    private const float Rounding = 1e-3f;

    /// <param name="scores">A model's scores; NaN is another fault, and passes.</param>
    /// <param name="moods">What they are of.</param>
    /// <exception cref="MoodModelException">One is not from 0 to 1.</exception>
    public static void Require(ReadOnlySpan<float> scores, IReadOnlyList<string> moods)
    {
        for (var i = 0; i < scores.Length; i++)
            if (scores[i] is < -Rounding or > 1 + Rounding)
                throw new MoodModelException(string.Create(CultureInfo.InvariantCulture,
                    $"The model's scores are no probabilities: that of '{moods[i]}' is {scores[i]}, expected 0 to 1. A network ends in a "
                    + $"softmax, and a trainer of ML.NET's has to give probabilities: train the model so, or load it with "
                    + $"mlContext.Model.Load, which gives its scores as they are."));
    }
}
