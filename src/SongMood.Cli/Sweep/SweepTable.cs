using System.Globalization;
using CsvHelper;
using Spectre.Console;

namespace SongMood.Cli.Sweep;

/// <summary>What came of all trials, the best first: a table for people, and CSV.</summary>
internal sealed class SweepTable(SweepSpace space, IReadOnlyList<Trial> trials, IEnumerable<TrialResult> results)
{
    private readonly (Trial Trial, TrialResult Result)[] _rows =
        [.. TrialResult.Rank(results).Select(result => (trials.First(trial => trial.Number == result.Trial), result))];

    public void Print(ToolConsole console)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["trial", .. space.Axes.Select(axis => axis.Name), "epochs", "accuracy", "folds", "log-loss", "seconds"])
            table.AddColumn(new TableColumn(Markup.Escape(header)).RightAligned());
        foreach (var (trial, result) in _rows)
        {
            string[] cells = [$"{trial.Number}", .. trial.Values, $"{result.Epochs}", .. Figures(result), Number(result.Seconds, "F1")];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        console.WriteTable(table);
        foreach (var (trial, result) in _rows.Where(row => row.Result.Error is not null))
            console.Out.WriteLine($"Trial {trial.Number} failed: {result.Error}");
    }

    public void WriteCsv(Stream stream)
    {
        using var csv = CsvWriter.Create(new StreamWriter(stream), new CsvWriterOptions { NewLine = "\n" });
        csv.WriteRecord(["trial", .. space.Axes.Select(axis => axis.Name),
            "epochs", "accuracy", "lowest fold", "highest fold", "log-loss", "macro F1", "seconds", "error"]);
        foreach (var (trial, result) in _rows)
            csv.WriteRecord([$"{trial.Number}", .. trial.Values, $"{result.Epochs}",
                .. (result.Error is null
                    ? (double?[])[result.Accuracy, result.FoldAccuracies.Min(), result.FoldAccuracies.Max(), result.LogLoss, result.MacroF1]
                    : new double?[5]).Select(figure => figure is { } known ? Number(known) : ""),
                Number(result.Seconds, "F1"), result.Error ?? ""]);
    }

    /// <summary>The options of the best trial, as the command line takes them; null where all failed.</summary>
    public string? BestOptions => _rows is [(var trial, { Error: null } result), ..]
        ? $"{string.Join(' ', space.Axes.Zip(trial.Values, (axis, value) => $"{axis.Option} {value}"))} --epochs {result.Epochs}"
        : null;

    private static string[] Figures(TrialResult result) => result.Error is not null ? ["failed", "", ""]
        : [Percent(result.Accuracy), $"{Percent(result.FoldAccuracies.Min())} to {Percent(result.FoldAccuracies.Max())}", Number(result.LogLoss, "F3")];

    private static string Percent(double share) => Number(100 * share, "F1") + " %";

    private static string Number(double value, string format = "R") => value.ToString(format, CultureInfo.InvariantCulture);
}
