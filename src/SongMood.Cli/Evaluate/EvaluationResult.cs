using SongMood.Cli.Learning;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Training;

namespace SongMood.Cli.Evaluate;

/// <summary>What was measured and how: what the table, the JSON and the HTML report are written from.</summary>
internal sealed class EvaluationResult
{
    private const int CalibrationFolds = 5;

    /// <param name="how">What was done, for people: "5-fold cross-validation".</param>
    /// <param name="labels">The label file.</param>
    /// <param name="songs">The songs measured.</param>
    /// <param name="predictions">What was said of them; in parts after a cross-validation.</param>
    /// <param name="origin">Where the figures come from.</param>
    public EvaluationResult(string how, LabelledSongs labels, IReadOnlyList<LabelledSong> songs, Predictions predictions, EvaluationOrigin origin)
    {
        (How, Labels, Songs, Predictions, Origin) = (how, labels, songs, predictions, origin);
        Metrics = MoodMetrics.Compute(predictions);
        Intervals = BootstrapIntervals.Compute(predictions, new BootstrapOptions { Seed = origin.Seed });
        FoldAccuracies = [.. predictions.PartNumbers.Select(fold => MoodMetrics.Compute(predictions.OfPart(fold)).Accuracy)];

        // A temperature must come from other songs than those it is measured on. Where the measured songs are in no folds, they are put in some.
        var inFolds = predictions.Parts is not null || Intervals.UnitCount == 1 ? predictions : predictions.WithParts(
            StratifiedSplit.Folds(predictions.Actual, predictions.Groups, Math.Min(CalibrationFolds, Intervals.UnitCount), origin.Seed));
        var scored = Enumerable.Range(0, Songs.Count).Where(song => predictions.Predicted(song) is not null);
        if (inFolds.Parts is { } folds && scored.DistinctBy(song => folds[song]).Count() > 1)
        {
            Calibration = TemperatureScaling.CrossFit(inFolds);
            Calibrated = MoodMetrics.Compute(Calibration.Predictions);
        }
    }

    public string How { get; }

    public LabelledSongs Labels { get; }

    public IReadOnlyList<LabelledSong> Songs { get; }

    /// <summary>What was said of <see cref="Songs"/>, in their order.</summary>
    public Predictions Predictions { get; }

    public IReadOnlyList<string> Moods => Predictions.Moods;

    public EvaluationOrigin Origin { get; }

    public MoodMetrics Metrics { get; }

    public BootstrapIntervals Intervals { get; }

    /// <summary>Of a cross-validation; otherwise empty.</summary>
    public IReadOnlyList<double> FoldAccuracies { get; }

    /// <summary>Null where there are not two folds (artists) to fit a temperature on one and measure it on the other.</summary>
    public CalibratedPredictions? Calibration { get; }

    /// <summary>What the calibrated probabilities measure; null without calibration.</summary>
    public MoodMetrics? Calibrated { get; }

    /// <summary>How each part's training went; empty for a finished model.</summary>
    public IReadOnlyList<IReadOnlyList<EpochReport>> Curves { get; init; } = [];

    /// <summary>Whether the songs measured are apart from those learnt from; null where those are not known.</summary>
    public SplitCheck? Check { get; init; }

    /// <summary>The same in words.</summary>
    public required IReadOnlyList<string> CheckText { get; init; }

    /// <summary>The moods that a part's model could not learn, as the part held all their songs.</summary>
    public IReadOnlyList<(int Part, string Mood)> UnlearntMoods { get; init; } = [];

    /// <summary>The song's path as the label file has it (readers of a report may have the songs elsewhere), else its id; null where neither is known.</summary>
    public string? NameOf(LabelledSong song) => song.AudioPath is null ? song.Id : ExtractedSong.RelativePath(Labels, song);

    public string What => $"{How} on {Metrics.SongCount} songs of {Labels.File}";

    /// <summary>What a reader of the figures should know beside them.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var (part, mood) in UnlearntMoods)
            yield return $"all songs of the mood '{mood}' were held out" + (FoldAccuracies.Count > 1 ? $" with fold {part + 1}" : "")
                + ", so that its model could not learn it; add songs of that mood by other artists, or try other folds (--cross-validate, --group, --seed)";
        foreach (var score in Metrics.PerMood.Where(score => score.Support == 0))
            yield return $"no song measured has the mood '{score.Mood}': balanced accuracy leaves it out"
                + (score.PredictedCount == 0 ? ", and so does macro F1" : "");
        if (Metrics.UnscoredCount > 0)
            yield return $"{Metrics.UnscoredCount} songs have no prediction (a feature of theirs is not a number): they count as mistakes, "
                + "and are left out of the confusion matrix, the log-loss and the calibration";
        if (Calibration is null)
            yield return "no temperature was fitted: the predictions are of one artist only, or of none";
    }

    /// <summary>The wrong songs that have a prediction, as indices; those first of which the model was most sure.</summary>
    public IEnumerable<int> WorstMistakes() =>
        from song in Enumerable.Range(0, Songs.Count)
        let predicted = Predictions.Predicted(song)
        where predicted is not null && !Predictions.IsRight(song)
        orderby Predictions.Probabilities[song][predicted.Value] descending, Songs[song].Line
        select song;
}

/// <summary>What it takes to measure the same again.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Started">When.</param>
/// <param name="Group">The column of what must not be on both sides.</param>
/// <param name="Seed">Of everything random, the intervals too.</param>
/// <param name="Settings">The rest, by name.</param>
/// <param name="DataSha256">Of the label file: tells whether another one is the same.</param>
internal sealed record EvaluationOrigin(
    string Command, DateTimeOffset Started, string Group, int Seed, IReadOnlyDictionary<string, string> Settings, string DataSha256)
{
    public static string Version => typeof(LabelledSongs).Assembly.GetName().Version!.ToString(3);
}
