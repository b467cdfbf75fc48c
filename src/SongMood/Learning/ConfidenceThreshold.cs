using SongMood.Evaluation;
using SongMood.Prediction;

namespace SongMood.Learning;

/// <summary>Chooses the score below which a model is unsure, on songs that it has not learnt from.</summary>
internal static class ConfidenceThreshold
{
    /// <summary>Fewer songs held out say little about any threshold.</summary>
    public const int FewestSongs = 50;

    /// <summary>
    /// The threshold that sets right predictions best apart from wrong ones: the largest difference between the share of the right ones
    /// that it keeps and that of the wrong ones (Youden, "Index for rating diagnostic tests", 1950), the lowest of equal ones. Where all
    /// are right, it is the lowest score that was seen to be; where none is, it is 1.
    /// </summary>
    /// <param name="predictions">What was said of songs that were held out.</param>
    public static PredictionConfidence Choose(Predictions predictions)
    {
        (double Score, bool IsRight)[] songs = [.. Enumerable.Range(0, predictions.SongCount)
            .Select(song => (Score: predictions.Predicted(song) is { } mood ? predictions.Probabilities[song][mood] : 0.0,
                IsRight: predictions.IsRight(song)))
            .OrderByDescending(song => song.Score)];
        var rightCount = songs.Count(song => song.IsRight);
        var threshold = rightCount == 0 ? 1 : rightCount == songs.Length ? songs[^1].Score : Separating(songs, rightCount);
        var sure = songs.Where(song => song.Score >= threshold).ToArray();
        var unsure = songs.Where(song => song.Score < threshold).ToArray();
        return new PredictionConfidence
        {
            Threshold = threshold,
            Coverage = (double)sure.Length / songs.Length,
            AccuracyWhereSure = Accuracy(sure),
            AccuracyWhereUnsure = Accuracy(unsure),
            SongCount = songs.Length,
        };

        static double? Accuracy((double Score, bool IsRight)[] some) =>
            some.Length == 0 ? null : some.Average(song => song.IsRight ? 1.0 : 0);
    }

    private static double Separating((double Score, bool IsRight)[] songs, int rightCount)
    {
        var (best, threshold, kept, wrong) = (double.NegativeInfinity, 0.0, 0, 0);
        for (var i = 0; i < songs.Length; i++)
        {
            _ = songs[i].IsRight ? kept++ : wrong++;
            if (i + 1 < songs.Length && songs[i + 1].Score == songs[i].Score)
                continue; // no threshold lies between the two
            var difference = (double)kept / rightCount - (double)wrong / (songs.Length - rightCount);
            if (difference < best)
                continue;
            // Halfway to the next, so that neither depends on a rounding.
            (best, threshold) = (difference, i + 1 < songs.Length ? (songs[i].Score + songs[i + 1].Score) / 2 : songs[i].Score);
        }
        return threshold;
    }
}
