using System.Text.Json;
using SongMood.Cli.Learning;
using SongMood.Evaluation;
using Spectre.Console;

namespace SongMood.Cli.Evaluate;

/// <summary>What was measured, as tables for people and as JSON.</summary>
/// <param name="What">A line that says on what and how.</param>
/// <param name="Metrics">Over all songs measured.</param>
/// <param name="FoldAccuracies">Of a cross-validation, each fold's accuracy; otherwise empty.</param>
/// <param name="Settings">What it takes to measure the same again.</param>
internal sealed record MetricsReport(string What, MoodMetrics Metrics, IReadOnlyList<double> FoldAccuracies, IReadOnlyDictionary<string, string> Settings)
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<MetricsReport> CrossValidateAsync(
        Learner learner, LabelledSongs songs, TrainingSettings settings, int folds, string group, ToolConsole console, CancellationToken cancellation)
    {
        var held = await learner.CrossValidateAsync(folds, settings.Seed, console, cancellation);
        var described = new Dictionary<string, string>(settings.Describe()) { ["data"] = songs.File, ["folds"] = $"{folds}", ["group"] = group };
        return new MetricsReport(
            $"{folds}-fold cross-validation on {held.Songs.Count} songs of {songs.File}, {held.Check.Describe(group)[0]} ({string.Join(", ", settings.Describe().Select(pair => $"{pair.Key} {pair.Value}"))})",
            held.Metrics, held.PartAccuracies, described);
    }

    public void Print(ToolConsole console)
    {
        console.Out.WriteLine(What);
        var folds = FoldAccuracies.Count > 0 ? $" (folds: {string.Join(", ", FoldAccuracies.Select(Percent))})" : "";
        console.Out.WriteLine($"accuracy {Percent(Metrics.Accuracy)}{folds}, balanced accuracy {Percent(Metrics.BalancedAccuracy)}, "
            + $"macro F1 {Metrics.MacroF1:F3}, log-loss {Metrics.LogLoss:F3}, expected calibration error {Metrics.ExpectedCalibrationError:F3}");
        console.WriteTable(PerMoodTable());
        console.Out.WriteLine("Rows: what people said. Columns: what the model said.");
        console.WriteTable(ConfusionTable());
    }

    public void WriteJson(Stream stream) => JsonSerializer.Serialize(stream, new
    {
        settings = Settings,
        songs = Metrics.SongCount,
        accuracy = Metrics.Accuracy,
        balancedAccuracy = Metrics.BalancedAccuracy,
        macroF1 = Metrics.MacroF1,
        logLoss = Metrics.LogLoss,
        expectedCalibrationError = Metrics.ExpectedCalibrationError,
        foldAccuracies = FoldAccuracies,
        perMood = Metrics.PerMood,
        confusion = Enumerable.Range(0, Metrics.PerMood.Count).Select(Row),
    }, JsonOptions);

    private Table PerMoodTable()
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("mood");
        foreach (var header in new[] { "precision", "recall", "F1", "songs" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (var score in Metrics.PerMood)
            table.AddRow(Markup.Escape(score.Mood), Percent(score.Precision), Percent(score.Recall), $"{score.F1:F3}", $"{score.Support}");
        return table;
    }

    private Table ConfusionTable()
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (var score in Metrics.PerMood)
            table.AddColumn(new TableColumn(Markup.Escape(score.Mood)).RightAligned());
        foreach (var (actual, score) in Metrics.PerMood.Index())
            table.AddRow([Markup.Escape(score.Mood), .. Row(actual).Select(count => $"{count}")]);
        return table;
    }

    private int[] Row(int actual) => [.. Enumerable.Range(0, Metrics.PerMood.Count).Select(predicted => Metrics.Confusion[actual, predicted])];

    private static string Percent(double share) => $"{100 * share:F1} %";
}
