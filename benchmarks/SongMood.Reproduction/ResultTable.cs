using SongMood.Evaluation;

namespace SongMood.Reproduction;

/// <summary>What every row came to on one set of songs, all test parts together.</summary>
internal sealed class ResultTable
{
    private readonly Dictionary<ResultRow, Filled> _rows = [];

    private ResultTable(Experiment experiment) => Experiment = experiment;

    public Experiment Experiment { get; }

    public IEnumerable<(ResultRow Row, Filled Result)> Rows => _rows.Select(pair => (pair.Key, pair.Value));

    public Filled this[ResultRow row] => _rows[row];

    /// <summary>Trains and measures every row on every split.</summary>
    public static ResultTable Fill(Experiment experiment, IReadOnlyList<ResultRow> rows, Display display, CancellationToken cancellation)
    {
        var table = new ResultTable(experiment);
        foreach (var row in rows)
        {
            var results = new List<ResultFile>();
            foreach (var split in experiment.Splits)
            {
                results.Add(experiment.Run(row, split,
                    note => display.Note($"{experiment.Set.Name}, split {split.Number} of {experiment.Splits.Count}, {row.Name}: {note}"),
                    cancellation));
                display.Step();
            }
            table._rows[row] = Filled.Of(experiment.Set, results);
        }
        return table;
    }

    /// <summary>How much better one row is than another on the same songs.</summary>
    public PairedDifference Compare(ResultRow first, ResultRow second) =>
        PairedDifference.Compute(_rows[first].Predictions, _rows[second].Predictions, new BootstrapOptions { Seed = Experiment.Seed });

    /// <summary>One row's result.</summary>
    /// <param name="Predictions">What it said of the songs of all test parts.</param>
    /// <param name="Metrics">Over all test parts together.</param>
    /// <param name="Interval">The 95 % interval of the accuracy, by artist.</param>
    /// <param name="Seconds">How long all its splits took.</param>
    internal sealed record Filled(Predictions Predictions, MoodMetrics Metrics, ConfidenceInterval Interval, double Seconds)
    {
        public static Filled Of(SongSet set, List<ResultFile> results)
        {
            int[] songs = [.. results.SelectMany(result => result.Songs)];
            var predictions = new Predictions(set.Songs.Moods, [.. songs.Select(song => set.Songs.MoodIndices[song])],
                [.. results.SelectMany(result => result.Probabilities)], [.. songs.Select(song => set.Artists[song])]);
            return new Filled(predictions, MoodMetrics.Compute(predictions), BootstrapIntervals.Compute(predictions).Accuracy,
                results.Sum(result => result.Seconds));
        }
    }
}
