using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>What was measured and how: what tables, JSON and pages are written from.</summary>
public sealed record EvaluationResult
{
    private const int CalibrationFolds = 5;

    /// <param name="how">What was done, for people: "5-fold cross-validation".</param>
    /// <param name="labels">The label file.</param>
    /// <param name="songs">The songs measured.</param>
    /// <param name="predictions">What was said of them; in parts after a cross-validation.</param>
    /// <param name="origin">Where the figures come from.</param>
    internal EvaluationResult(string how, LabelledSongs labels, IReadOnlyList<LabelledSong> songs, Predictions predictions,
        EvaluationOrigin origin)
    {
        (How, Labels, Songs, Predictions, Origin) = (how, labels, songs, predictions, origin);
        Metrics = MoodMetrics.Compute(predictions);
        Intervals = BootstrapIntervals.Compute(predictions, new BootstrapOptions { Seed = origin.Seed });
        FoldAccuracies = [.. predictions.PartNumbers.Select(fold => MoodMetrics.Compute(predictions.OfPart(fold)).Accuracy)];

        // A temperature must come from other songs than those it is measured on. Where the measured songs are in no folds, they are put in
        // some.
        var inFolds = predictions.Parts is not null || Intervals.UnitCount == 1 ? predictions : predictions.WithParts(
            StratifiedSplit.Folds(predictions.Actual, predictions.Groups, Math.Min(CalibrationFolds, Intervals.UnitCount), origin.Seed));
        var scored = Enumerable.Range(0, Songs.Count).Where(song => predictions.Predicted(song) is not null);
        if (inFolds.Parts is { } folds && scored.DistinctBy(song => folds[song]).Count() > 1)
        {
            Calibration = TemperatureScaling.CrossFit(inFolds);
            Calibrated = MoodMetrics.Compute(Calibration.Predictions);
        }
    }

    /// <summary>What was done, for people, such as "5-fold cross-validation".</summary>
    public string How { get; }

    /// <summary>The songs that the measured ones are from.</summary>
    public LabelledSongs Labels { get; }

    /// <summary>The moods, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Moods => Predictions.Moods;

    /// <summary>The songs that were measured.</summary>
    public IReadOnlyList<LabelledSong> Songs { get; }

    /// <summary>What was said of <see cref="Songs"/>, in their order; in parts after a cross-validation.</summary>
    public Predictions Predictions { get; }

    /// <summary>What it takes to measure the same again.</summary>
    public EvaluationOrigin Origin { get; init; }

    /// <summary>How well the predictions agree with what people said.</summary>
    public MoodMetrics Metrics { get; }

    /// <summary>How much the figures depend on which songs were measured.</summary>
    public BootstrapIntervals Intervals { get; }

    /// <summary>The accuracy of each fold of a cross-validation; otherwise empty.</summary>
    public IReadOnlyList<double> FoldAccuracies { get; }

    /// <summary>Null where there are not two folds (artists) to fit a temperature on one and measure it on the other.</summary>
    public CalibratedPredictions? Calibration { get; }

    /// <summary>What the calibrated probabilities measure; null without calibration.</summary>
    public MoodMetrics? Calibrated { get; }

    /// <summary>How each part's training went, epoch by epoch; empty for a finished model.</summary>
    public IReadOnlyList<IReadOnlyList<EpochReport>> Curves { get; init; } = [];

    /// <summary>Whether the songs measured are apart from those learnt from; null where those are not known.</summary>
    public SplitCheck? Check { get; init; }

    /// <summary>The moods that a part's model could not learn, as the part held all their songs.</summary>
    public IReadOnlyList<UnlearntMood> UnlearntMoods { get; init; } = [];

    /// <summary>What was measured on the same songs beside this; null where nothing was (<see cref="CompareWith"/>).</summary>
    public ModelComparison? Comparison { get; private init; }

    /// <summary>What was measured, for people: "5-fold cross-validation on 600 songs of labels.csv".</summary>
    public string What => $"{How} on {Plural.Of(Metrics.SongCount, "song")} of {Labels.File}";

    /// <summary>Whether the songs measured are apart from those learnt from, in words, a finding a line.</summary>
    public IReadOnlyList<string> CheckText => Check?.Describe(Origin.Group, Predictions.Parts is null ? "part" : "fold") ??
    [
        Said($"whether the model has learnt from these songs or their {Origin.Group}s cannot be checked, as it does not keep their names; "
            + $"{Term.TrainedOn}").ToString(Origin.Terms),
    ];

    /// <summary>What a reader of the figures should know beside them.</summary>
    public IReadOnlyList<string> Notes => [.. FindNotes()];

    /// <summary>The same, with another measurement beside it: of another model, or of another way of training by the same folds.</summary>
    /// <param name="other">What was measured on the same songs, in the same order. Its moods may be in another order.</param>
    /// <exception cref="ArgumentException">The songs differ in their number, moods or groups, or one knows moods that the other does
    /// not.</exception>
    public EvaluationResult CompareWith(EvaluationResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Comparison = new ModelComparison(this, other) };
    }

    /// <summary>What models said of songs held out.</summary>
    internal static EvaluationResult OfHeldOut(string how, LabelledSongs songs, HeldOutPredictions held, EvaluationOrigin origin) =>
        new(how, songs, held.Songs, held.Predictions, origin)
        {
            Curves = held.Curves,
            Check = held.Check,
            UnlearntMoods = held.UnlearntMoods,
        };

    /// <summary>
    /// The song's path as the label file has it (readers of a report may have the songs elsewhere), else its id; null where neither is
    /// known.
    /// </summary>
    public string? NameOf(LabelledSong song)
    {
        ArgumentNullException.ThrowIfNull(song);
        return song.AudioPath is null ? song.Id : ExtractedSong.RelativePath(Labels, song);
    }

    /// <summary>
    /// The wrong songs that have a prediction, as indices into <see cref="Songs"/>: first those that the model was most sure of.
    /// </summary>
    public IEnumerable<int> WorstMistakes() =>
        from song in Enumerable.Range(0, Songs.Count)
        let predicted = Predictions.Predicted(song)
        where predicted is not null && !Predictions.IsRight(song)
        orderby Predictions.Probabilities[song][predicted.Value] descending, Songs[song].Line
        select song;

    /// <summary>Such as "5-fold cross-validation (labels.csv), 600 songs: accuracy 78.0 %, macro F1 0.78, log loss 0.612".</summary>
    public override string ToString() => $"{How} ({Labels.File}), {Metrics}";

    private static TermText Said(TermText text) => text;

    private IEnumerable<string> FindNotes()
    {
        foreach (var unlearnt in UnlearntMoods)
            yield return Said($"all songs of the mood '{unlearnt.Mood}' were held out"
                + $"{(FoldAccuracies.Count > 1 ? $" with fold {unlearnt.Part + 1}" : "")}"
                + $", so that its model could not learn it; add songs of that mood by other artists, or try other folds "
                + $"({Term.OtherFolds})").ToString(Origin.Terms);
        foreach (var score in Metrics.PerMood.Where(score => score.Support == 0))
            yield return $"no song measured has the mood '{score.Mood}': balanced accuracy leaves it out"
                + (score.PredictedCount == 0 ? ", and so does macro F1" : "");
        if (Metrics.UnscoredCount > 0)
            yield return $"{Plural.Of(Metrics.UnscoredCount, "song has", "songs have")} no prediction, as a feature is not a number; "
                + "such songs count as mistakes, and are left out of the confusion matrix, the log-loss and the calibration";
        if (Calibration is null)
            yield return "no temperature was fitted: the predictions are of one artist only, or of none";
    }
}
