namespace SongMood.Evaluation;

/// <summary>How well predicted probabilities agree with the moods that people gave.</summary>
/// <remarks>
/// A song whose probabilities are not all numbers (a model gives NaN where a feature of the song is NaN or infinite) has no predicted mood:
/// it counts as a mistake in accuracy, recall and F1, stands in no column of <see cref="Confusion"/>, and is left out of
/// <see cref="LogLoss"/> and calibration, which a model that says nothing has none of. <see cref="UnscoredCount"/> says how many there are.
/// </remarks>
/// <example><code>
/// var said = new Predictions(["calm", "sad"], actual: [0, 1, 1], probabilities: [[0.9f, 0.1f], [0.6f, 0.4f], [0.2f, 0.8f]]);
/// var metrics = MoodMetrics.Compute(said);
/// Console.WriteLine($"{metrics.Accuracy:P0}, macro F1 {metrics.MacroF1:0.00}");
/// </code></example>
public sealed class MoodMetrics
{
    private const double SmallestProbability = 1e-15;

    private MoodMetrics(
        IReadOnlyList<string> moods, int[,] confusion, int[] unscored, double logLoss, IReadOnlyList<ReliabilityBin> bins)
    {
        Confusion = confusion;
        UnscoredCount = unscored.Sum();
        PerMood = moods.Select((mood, c) => MoodScore.FromConfusion(mood, confusion, unscored[c], c)).ToArray();
        SongCount = PerMood.Sum(score => score.Support);
        Accuracy = Enumerable.Range(0, moods.Count).Sum(c => confusion[c, c]) / (double)SongCount;
        BalancedAccuracy = PerMood.Where(score => score.Support > 0).Average(score => score.Recall);
        MacroF1 = PerMood.Where(score => score.Support > 0 || score.PredictedCount > 0).Average(score => score.F1);
        LogLoss = logLoss;
        ReliabilityBins = bins;
        ExpectedCalibrationError =
            bins.Sum(bin => bin.SongCount == 0 ? 0 : Math.Abs(bin.Accuracy!.Value - bin.Confidence!.Value) * bin.SongCount)
            / (SongCount - UnscoredCount);
    }

    /// <summary>The number of songs measured.</summary>
    public int SongCount { get; }

    /// <summary>How many of them have no prediction: they are mistakes, but in no column of the confusion matrix.</summary>
    public int UnscoredCount { get; }

    /// <summary>The share of songs whose most probable mood is the right one.</summary>
    public double Accuracy { get; }

    /// <summary>The mean recall of the moods that occur, so that frequent moods do not count more.</summary>
    public double BalancedAccuracy { get; }

    /// <summary>The mean F1 of the moods that occur or were predicted.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean of -ln(probability of the right mood), probabilities at least 1e-15; ln(number of moods) is chance.
    /// NaN where no song has a prediction.</summary>
    public double LogLoss { get; }

    /// <summary>The mean gap between confidence and accuracy over <see cref="ReliabilityBins"/>, weighted by their songs (Guo et al. 2017,
    /// eq. 3). NaN where no song has a prediction.</summary>
    public double ExpectedCalibrationError { get; }

    /// <summary>How often the model is right by how sure it is: 15 bins of equal width from 0 to 1.</summary>
    public IReadOnlyList<ReliabilityBin> ReliabilityBins { get; }

    /// <summary>Precision, recall, F1 and support of each mood.</summary>
    public IReadOnlyList<MoodScore> PerMood { get; }

    /// <summary>Songs by [actual mood, predicted mood].</summary>
    public int[,] Confusion { get; }

    /// <summary>Measures predictions.</summary>
    /// <param name="predictions">At best of songs that the model has not learnt from.</param>
    public static MoodMetrics Compute(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var (moods, actual) = (predictions.Moods, predictions.Actual);
        var confusion = new int[moods.Count, moods.Count];
        var unscored = new int[moods.Count];
        var bins = new ReliabilityCounts();
        var logLoss = 0.0;
        for (var song = 0; song < actual.Count; song++)
        {
            var scores = predictions.Probabilities[song];
            if (predictions.Predicted(song) is not { } predicted)
            {
                unscored[actual[song]]++;
                continue;
            }
            confusion[actual[song], predicted]++;
            logLoss -= Math.Log(Math.Max(scores[actual[song]], SmallestProbability));
            bins.Add(scores[predicted], predicted == actual[song]);
        }
        return new MoodMetrics(moods, confusion, unscored, logLoss / (actual.Count - unscored.Sum()), bins.Bins());
    }

    /// <summary>Such as "200 songs: accuracy 69.5 %, macro F1 0.69, log loss 0.812".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Plural.Of(SongCount, "song")}: accuracy {100 * Accuracy:F1} %, macro F1 {MacroF1:F2}, log loss {LogLoss:F3}");
}
