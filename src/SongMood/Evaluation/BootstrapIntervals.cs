namespace SongMood.Evaluation;

/// <summary>
/// Confidence intervals of <see cref="MoodMetrics"/> by the bootstrap, percentile method (Efron and Tibshirani, "An introduction to the
/// bootstrap", 1993, section 13.3): the songs are drawn anew, with replacement, and measured, many times over.
/// </summary>
/// <remarks>
/// Where groups are given, whole groups are drawn (the cluster bootstrap): an artist's songs are right or wrong together, so fewer
/// than all songs speak independently, and intervals that ignored it would be too narrow. The intervals tell how much the figures depend on
/// which songs were measured, not on which were learnt from or on the seed of training.
/// </remarks>
/// <example><code>
/// var said = new Predictions(["calm", "sad"], actual: [0, 1, 1], probabilities: [[0.9f, 0.1f], [0.6f, 0.4f], [0.2f, 0.8f]]);
/// Console.WriteLine(BootstrapIntervals.Compute(said).Accuracy);
/// </code></example>
public sealed class BootstrapIntervals
{
    private BootstrapIntervals(BootstrapOptions options, int unitCount, bool byGroup, double[][] figures)
    {
        (Level, Resamples, UnitCount, IsByGroup) = (options.Level, options.Resamples, unitCount, byGroup);
        ConfidenceInterval?[] intervals = [.. figures.Select(values => ConfidenceInterval.OfMiddle(values, options.Level))];
        (Accuracy, BalancedAccuracy, MacroF1, F1PerMood) = (intervals[0]!, intervals[1]!, intervals[2]!, intervals[3..]);
    }

    /// <summary>The interval of the share of right songs.</summary>
    public ConfidenceInterval Accuracy { get; }

    /// <summary>The interval of the mean recall.</summary>
    public ConfidenceInterval BalancedAccuracy { get; }

    /// <summary>The interval of the mean F1.</summary>
    public ConfidenceInterval MacroF1 { get; }

    /// <summary>
    /// The interval of each mood's F1, over the resamples in which it occurs or is predicted; null where it does neither.
    /// </summary>
    public IReadOnlyList<ConfidenceInterval?> F1PerMood { get; }

    /// <summary>The share of resamples inside each interval.</summary>
    public double Level { get; }

    /// <summary>How often was drawn.</summary>
    public int Resamples { get; }

    /// <summary>How many groups, or songs where there are no groups, were drawn each time.</summary>
    public int UnitCount { get; }

    /// <summary>Whether groups were drawn, not single songs.</summary>
    public bool IsByGroup { get; }

    /// <summary>Such as "accuracy 0.677 to 0.735, balanced accuracy 0.669 to 0.729, macro F1 0.669 to 0.728".</summary>
    public override string ToString() => $"accuracy {Accuracy}, balanced accuracy {BalancedAccuracy}, macro F1 {MacroF1}";

    /// <summary>Finds the intervals.</summary>
    /// <param name="predictions">The songs. Where one has a group, whole groups are drawn.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static BootstrapIntervals Compute(Predictions predictions, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= new BootstrapOptions();
        options.Validate();
        var moodCount = predictions.Moods.Count;
        // A unit is the list of its songs' cells in a matrix (actual, predicted) whose last column is for songs without a prediction.
        int[][] units = [.. predictions.Units().Select(unit => Array.ConvertAll(unit,
            song => predictions.Actual[song] * (moodCount + 1) + (predictions.Predicted(song) ?? moodCount)))];
        var random = new Random(options.Seed);
        var confusion = new int[moodCount * (moodCount + 1)];
        double[][] figures = [.. Enumerable.Range(0, 3 + moodCount).Select(_ => new double[options.Resamples])];
        for (var resample = 0; resample < options.Resamples; resample++)
        {
            Array.Clear(confusion);
            for (var draw = 0; draw < units.Length; draw++)
                foreach (var cell in units[random.Next(units.Length)])
                    confusion[cell]++;
            Measure(confusion, moodCount, figures, resample);
        }
        var byGroup = predictions.Groups?.Any(group => GroupName.Key(group) is not null) ?? false;
        return new BootstrapIntervals(options, units.Length, byGroup, figures);
    }

    /// <summary>
    /// What <see cref="MoodMetrics"/> says of such a matrix; NaN for the F1 of a mood that neither occurs nor is predicted.
    /// </summary>
    private static void Measure(int[] confusion, int moodCount, double[][] figures, int resample)
    {
        int songs = 0, right = 0, occurring = 0, counted = 0;
        double recalls = 0, f1s = 0;
        for (var mood = 0; mood < moodCount; mood++)
        {
            int support = confusion[mood * (moodCount + 1) + moodCount], predicted = 0, hits = confusion[mood * (moodCount + 1) + mood];
            for (var other = 0; other < moodCount; other++)
            {
                support += confusion[mood * (moodCount + 1) + other];
                predicted += confusion[other * (moodCount + 1) + mood];
            }
            songs += support;
            right += hits;
            var f1 = 2.0 * hits / (support + predicted); // NaN for 0 / 0
            if (support > 0)
                (occurring, recalls) = (occurring + 1, recalls + (double)hits / support);
            if (support + predicted > 0)
                (counted, f1s) = (counted + 1, f1s + f1);
            figures[3 + mood][resample] = f1;
        }
        figures[0][resample] = (double)right / songs;
        figures[1][resample] = recalls / occurring;
        figures[2][resample] = f1s / counted;
    }
}
