using SongMood.Learning;
using Spectre.Console;
using static SongMood.Reports.EvaluationText;

namespace SongMood.Cli.Sweep;

/// <summary>What came of all trials, as a table for people.</summary>
internal static class ConsoleSweepTable
{
    /// <param name="sweep">What came of the trials.</param>
    /// <param name="songs">What they were measured on.</param>
    /// <param name="shared">What all trials share.</param>
    /// <param name="choice">How they were measured.</param>
    /// <param name="console">Where it is printed.</param>
    public static void Print(
        this SweepTable sweep, LabelledSongs songs, MoodLearningOptions shared, MoodSweepOptions choice, ToolConsole console)
    {
        var how = choice.HoldOut is { } share
            ? FormattableString.Invariant($"{100 * share:F0} % held out") : $"{choice.Folds}-fold cross-validation";
        console.Show($"{how} on {Plural.Of(songs.Songs.Count, "song")} of {songs.File} "
            + SettingsText.Of(shared.Describe()));
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["trial", .. sweep.Names, "epochs", "accuracy", "folds", "log-loss", "seconds"])
            table.AddColumn(new TableColumn(Markup.Escape(header)).RightAligned());
        foreach (var row in sweep.Rows)
        {
            string[] cells = [$"{row.Result.Trial}", .. row.Values, $"{row.Result.Epochs}", .. Figures(row.Result),
                FormattableString.Invariant($"{row.Result.Seconds:F1}")];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        console.WriteTable(table);
        foreach (var row in sweep.Rows.Where(row => row.Result.Error is not null))
            console.Show($"Trial {row.Result.Trial} failed: {row.Result.Error}");
    }

    private static string[] Figures(TrialResult result) => result.Error is not null ? ["failed", "", ""]
        : [Percent(result.Accuracy), $"{Percent(result.FoldAccuracies.Min())} to {Percent(result.FoldAccuracies.Max())}",
            Number(result.LogLoss)];
}
