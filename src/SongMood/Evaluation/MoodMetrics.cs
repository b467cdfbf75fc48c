namespace SongMood.Evaluation;

/// <summary>How well predicted probabilities agree with the moods that people gave.</summary>
public sealed class MoodMetrics
{
    private const int CalibrationBins = 15;
    private const double SmallestProbability = 1e-15;

    private MoodMetrics(IReadOnlyList<string> moods, int[,] confusion, double logLoss, double calibrationError)
    {
        Confusion = confusion;
        LogLoss = logLoss;
        ExpectedCalibrationError = calibrationError;
        PerMood = moods.Select((mood, c) => MoodScore.FromConfusion(mood, confusion, c)).ToArray();
        SongCount = PerMood.Sum(score => score.Support);
        Accuracy = Enumerable.Range(0, moods.Count).Sum(c => confusion[c, c]) / (double)SongCount;
        BalancedAccuracy = PerMood.Where(score => score.Support > 0).Average(score => score.Recall);
        MacroF1 = PerMood.Where(score => score.Support > 0 || score.PredictedCount > 0).Average(score => score.F1);
    }

    /// <summary>The number of songs measured.</summary>
    public int SongCount { get; }

    /// <summary>The share of songs whose most probable mood is the right one.</summary>
    public double Accuracy { get; }

    /// <summary>The mean recall of the moods that occur, so that frequent moods do not count more.</summary>
    public double BalancedAccuracy { get; }

    /// <summary>The mean F1 of the moods that occur or were predicted.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean of -ln(probability of the right mood), probabilities at least 1e-15; ln(number of moods) is chance.</summary>
    public double LogLoss { get; }

    /// <summary>The mean gap between confidence and accuracy over 15 bins of equal width, weighted by their songs (Guo et al. 2017, eq. 3).</summary>
    public double ExpectedCalibrationError { get; }

    /// <summary>Precision, recall, F1 and support of each mood.</summary>
    public IReadOnlyList<MoodScore> PerMood { get; }

    /// <summary>Songs by [actual mood, predicted mood].</summary>
    public int[,] Confusion { get; }

    /// <summary>Measures predictions.</summary>
    /// <param name="moods">The moods, in the order of the probabilities.</param>
    /// <param name="actual">Of each song, the index of its mood in <paramref name="moods"/>.</param>
    /// <param name="probabilities">Of each song, the probability of each mood. The first of equal ones counts as predicted.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, there is no song, or a probability is not in [0, 1].</exception>
    public static MoodMetrics Compute(IReadOnlyList<string> moods, IReadOnlyList<int> actual, IReadOnlyList<float[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(moods);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (actual.Count == 0 || actual.Count != probabilities.Count)
            throw new ArgumentException($"Expected as many actual moods as predictions, and at least one: found {actual.Count} and {probabilities.Count}.");

        var confusion = new int[moods.Count, moods.Count];
        var confidence = new double[CalibrationBins];
        var correct = new int[CalibrationBins];
        var logLoss = 0.0;
        for (var song = 0; song < actual.Count; song++)
        {
            var scores = Checked(probabilities[song], moods.Count, song);
            var predicted = Array.IndexOf(scores, scores.Max());
            confusion[actual[song], predicted]++;
            logLoss -= Math.Log(Math.Max(scores[actual[song]], SmallestProbability));
            // Bin m holds the confidences in ((m - 1) / M, m / M].
            var bin = Math.Clamp((int)Math.Ceiling(scores[predicted] * (double)CalibrationBins) - 1, 0, CalibrationBins - 1);
            confidence[bin] += scores[predicted];
            correct[bin] += predicted == actual[song] ? 1 : 0;
        }
        var calibrationError = Enumerable.Range(0, CalibrationBins).Sum(bin => Math.Abs(correct[bin] - confidence[bin])) / actual.Count;
        return new MoodMetrics(moods, confusion, logLoss / actual.Count, calibrationError);
    }

    private static float[] Checked(float[] scores, int moodCount, int song)
    {
        if (scores.Length != moodCount)
            throw new ArgumentException($"Song {song} has {scores.Length} probabilities for {moodCount} moods.");
        if (scores.Any(score => !(score >= 0 && score <= 1.0001f))) // softmax in single precision may end just above 1
            throw new ArgumentException($"Song {song} has a probability that is not in [0, 1]: {string.Join(", ", scores)}.");
        return scores;
    }
}

/// <summary>How well one mood is told from the others.</summary>
/// <param name="Mood">The mood.</param>
/// <param name="Precision">Of the songs predicted to have the mood, the share that have it; 0 where none was predicted.</param>
/// <param name="Recall">Of the songs that have the mood, the share found: the mood's own accuracy; 0 where none has it.</param>
/// <param name="F1">The harmonic mean of both; 0 where both are.</param>
/// <param name="Support">The songs that have the mood.</param>
/// <param name="PredictedCount">The songs predicted to have it.</param>
public sealed record MoodScore(string Mood, double Precision, double Recall, double F1, int Support, int PredictedCount)
{
    internal static MoodScore FromConfusion(string mood, int[,] confusion, int index)
    {
        int support = 0, predicted = 0;
        for (var other = 0; other < confusion.GetLength(0); other++)
        {
            support += confusion[index, other];
            predicted += confusion[other, index];
        }
        var hits = confusion[index, index];
        return new MoodScore(mood, Ratio(hits, predicted), Ratio(hits, support), Ratio(2 * hits, support + predicted), support, predicted);
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
