using SongMood.Evaluation;
using SongMood.Learning;
using Spectre.Console;
using static SongMood.Reports.EvaluationText;

namespace SongMood.Cli.Evaluate;

/// <summary>What was measured, as tables for people.</summary>
internal static class ConsoleReport
{
    public static void Print(this EvaluationResult result, ToolConsole console)
    {
        var (metrics, intervals) = (result.Metrics, result.Intervals);
        var settings = result.Origin.Settings.Where(pair => pair.Key is not ("data" or "features"));
        console.Show($"{result.What} {SettingsText.Of(settings)}");
        foreach (var line in result.CheckText.Concat(result.Notes))
            console.Show(line);
        console.Show($"accuracy {Percent(metrics.Accuracy)} ({Percents(intervals.Accuracy)}), "
            + $"balanced accuracy {Percent(metrics.BalancedAccuracy)} ({Percents(intervals.BalancedAccuracy)}), "
            + $"macro F1 {metrics.MacroF1:F3} ({Range(intervals.MacroF1)})");
        console.Show(IntervalNote(result));
        if (result.FoldAccuracies.Count > 0)
            console.Show($"accuracy by fold: {string.Join(", ", result.FoldAccuracies.Select(Percent))}");
        console.Show($"log-loss {Number(metrics.LogLoss)}, expected calibration error {Number(metrics.ExpectedCalibrationError)}"
            + (result.Calibrated is { } calibrated
                ? $"; with temperatures {Temperatures(result)}: {Number(calibrated.LogLoss)}, "
                    + Number(calibrated.ExpectedCalibrationError) : ""));
        console.WriteTable(PerMoodTable(metrics, intervals));
        console.Show("Rows: what people said. Columns: what the model said.");
        console.WriteTable(ConfusionTable(metrics));
        if (result.Comparison is { } comparison)
            PrintComparison(result, comparison, console);
    }

    private static void PrintComparison(EvaluationResult first, ModelComparison comparison, ToolConsole console)
    {
        var (other, intervals) = (comparison.Other.Metrics, comparison.Other.Intervals);
        console.Show($"Beside {comparison.Other.How}: accuracy {Percent(other.Accuracy)} ({Percents(intervals.Accuracy)}), "
            + $"balanced accuracy {Percent(other.BalancedAccuracy)}, macro F1 {other.MacroF1:F3}, log-loss {Number(other.LogLoss)}");
        console.Show(Verdict(first, comparison));
        console.Show(DifferenceNote(first));
        console.Show(Counts(first, comparison));
    }

    private static Table PerMoodTable(MoodMetrics metrics, BootstrapIntervals intervals)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("mood");
        foreach (var header in new[] { "precision", "recall", "F1", "(F1)", "songs", "predicted" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (var (score, interval) in metrics.PerMood.Zip(intervals.F1PerMood))
            table.AddRow(Markup.Escape(ShownName.Of(score.Mood)), Percent(score.Precision), Percent(score.Recall), $"{score.F1:F3}",
                Range(interval), $"{score.Support}", $"{score.PredictedCount}");
        return table;
    }

    private static Table ConfusionTable(MoodMetrics metrics)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (var score in metrics.PerMood)
            table.AddColumn(new TableColumn(Markup.Escape(ShownName.Of(score.Mood))).RightAligned());
        foreach (var (actual, score) in metrics.PerMood.Index())
            table.AddRow([Markup.Escape(ShownName.Of(score.Mood)),
                .. Enumerable.Range(0, metrics.PerMood.Count).Select(predicted => $"{metrics.Confusion[actual, predicted]}")]);
        return table;
    }
}
