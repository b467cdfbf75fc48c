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
    /// <param name="moods">The moods, in the order of the probabilities.</param>
    /// <param name="songs">The songs measured, with their probabilities.</param>
    /// <param name="origin">Where the figures come from.</param>
    public EvaluationResult(string how, LabelledSongs labels, IReadOnlyList<string> moods, IReadOnlyList<MeasuredSong> songs, EvaluationOrigin origin)
    {
        (How, Labels, Moods, Songs, Origin) = (how, labels, moods, songs, origin);
        int[] actual = [.. songs.Select(song => song.Actual)];
        float[][] probabilities = [.. songs.Select(song => song.Probabilities)];
        string?[] groups = [.. songs.Select(song => song.Song.Group)];
        Metrics = MoodMetrics.Compute(moods, actual, probabilities);
        Intervals = BootstrapIntervals.Compute(moods.Count, actual, probabilities, groups, new BootstrapOptions { Seed = origin.Seed });
        FoldAccuracies = [.. songs.Where(song => song.Fold is not null).GroupBy(song => song.Fold!.Value).OrderBy(fold => fold.Key)
            .Select(fold => MoodMetrics.Compute(moods, [.. fold.Select(song => song.Actual)], [.. fold.Select(song => song.Probabilities)]).Accuracy)];

        // A temperature must come from other songs than those it is measured on. Where the measured songs are in no folds, they are put in some.
        var folds = FoldAccuracies.Count > 1 ? [.. songs.Select(song => song.Fold!.Value)]
            : Intervals.UnitCount > 1 ? StratifiedSplit.Folds(actual, groups, Math.Min(CalibrationFolds, Intervals.UnitCount), origin.Seed)
            : Array.Empty<int>();
        if (folds.Where((_, song) => songs[song].Predicted is not null).Distinct().Count() > 1)
        {
            Calibration = TemperatureScaling.CrossFit(actual, probabilities, folds);
            Calibrated = MoodMetrics.Compute(moods, actual, Calibration.Probabilities);
        }
    }

    public string How { get; }

    public LabelledSongs Labels { get; }

    public IReadOnlyList<string> Moods { get; }

    public IReadOnlyList<MeasuredSong> Songs { get; }

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

    /// <summary>The wrong songs, those first of which the model was most sure.</summary>
    public IEnumerable<MeasuredSong> WorstMistakes() => Songs
        .Where(song => song.Predicted is { } predicted && predicted != song.Actual)
        .OrderByDescending(song => song.Probabilities[song.Predicted!.Value]).ThenBy(song => song.Song.Line);
}

/// <summary>A song and what a model said of it that had not learnt from it.</summary>
/// <param name="Song">The song.</param>
/// <param name="Actual">The index of its mood.</param>
/// <param name="Probabilities">Of each mood.</param>
/// <param name="Fold">The fold that it was held out with; null where there are no folds.</param>
internal sealed record MeasuredSong(LabelledSong Song, int Actual, float[] Probabilities, int? Fold)
{
    /// <summary>The most probable mood, the first of equal ones; null where the model gave no number.</summary>
    public int? Predicted => Probabilities.Any(float.IsNaN) ? null : Array.IndexOf(Probabilities, Probabilities.Max());
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
