using System.Globalization;
using CsvHelper;

namespace SongMood.Learning;

/// <summary>What came of all trials of a sweep, the best first.</summary>
public sealed class SweepTable
{
    internal SweepTable(SweepPlan plan, IEnumerable<TrialResult> results)
    {
        Names = [.. plan.Space.Axes.Select(axis => axis.Name)];
        Rows = [.. from result in TrialResult.Rank(results)
                   let trial = plan.Trials[result.Trial - 1]
                   select new SweepRow
                   {
                       Values = trial.Values,
                       Options = trial.Options with { Epochs = result.Epochs },
                       Result = result,
                   }];
    }

    /// <summary>The names of the options that were swept over.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// The trials: those trained longest first, among these the most accurate; equal ones by log-loss, then in the order of the trials;
    /// failed ones last.
    /// </summary>
    public IReadOnlyList<SweepRow> Rows { get; }

    /// <summary>The best trial; null where all failed.</summary>
    public SweepRow? Best => Rows is [{ Result.Error: null } best, ..] ? best : null;

    /// <summary>Such as "12 trials over learning rate, dropout; the best: 0.001, 0.3: trial 4, 60 epochs: accuracy 78.0 %, ...".</summary>
    public override string ToString() => $"{Plural.Of(Rows.Count, "trial")} over {string.Join(", ", Names)}; "
        + (Best is { } best ? $"the best: {best}" : "all failed");

    /// <summary>Writes the table as CSV, with all digits.</summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, WriteCsv);
    }

    private void WriteCsv(Stream stream)
    {
        using var csv = CsvWriter.Create(new StreamWriter(stream), new CsvWriterOptions { NewLine = "\n" });
        csv.WriteRecord(
            ["trial", .. Names, "epochs", "accuracy", "lowest fold", "highest fold", "log-loss", "macro F1", "seconds", "error"]);
        foreach (var row in Rows)
            csv.WriteRecord([$"{row.Result.Trial}", .. row.Values, $"{row.Result.Epochs}", .. Figures(row.Result),
                Number(row.Result.Seconds, "F1"), row.Result.Error ?? ""]);
    }

    private static string[] Figures(TrialResult result) => result.Error is not null ? ["", "", "", "", ""]
        : [.. new[] { result.Accuracy, result.FoldAccuracies.Min(), result.FoldAccuracies.Max(), result.LogLoss, result.MacroF1 }
            .Select(figure => Number(figure, "R"))];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>A trial of a sweep.</summary>
public sealed record SweepRow
{
    /// <summary>The value of each option that was swept over, as text, in the order of <see cref="SweepTable.Names"/>.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>All of its options, to learn by.</summary>
    public required MoodLearningOptions Options { get; init; }

    /// <summary>What came of it.</summary>
    public required TrialResult Result { get; init; }

    /// <summary>Such as "0.001, 0.3: trial 4, 60 epochs: accuracy 78.0 %, macro F1 0.78, log loss 0.612".</summary>
    public override string ToString() => $"{string.Join(", ", Values)}: {Result}";
}
