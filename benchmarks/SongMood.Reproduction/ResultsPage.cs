using System.Text;
using SongMood.Evaluation;

namespace SongMood.Reproduction;

/// <summary>The run as a page of Markdown, from which docs/reproduction.md takes its tables, and its charts.</summary>
internal static class ResultsPage
{
    /// <summary>Writes the page and its charts; returns the page's path.</summary>
    public static string Write(Arguments run, ResultTable clips, ResultTable tabular)
    {
        var text = new StringBuilder();
        text.AppendLine(
            "`dotnet run -c Release --project benchmarks/SongMood.Reproduction -- "
            + $"{run.Mode.ToString().ToLowerInvariant()} --seed {run.Seed}`, {DateTime.UtcNow:yyyy-MM-dd}.");
        var best = BestEnsemble(clips);
        Section(text, clips);
        Best(text, best, clips[best].Metrics);
        Claims.Append(text, clips, run.PaperRows);
        Section(text, tabular);

        var path = Path.Combine(run.Folder, "results.md");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
        var rows = run.PaperRows;
        Charts.Curves(clips, [rows.Mlp, rows.Cnn, rows.Rnn, rows.Lstm], Path.Combine(run.Folder, "curves.svg"));
        Charts.Confusion(clips[best].Metrics, best.Name, Path.Combine(run.Folder, "confusion.svg"));
        return path;

        // The most accurate of the paper's ensembles.
        ResultRow BestEnsemble(ResultTable table) =>
            run.PaperRows.OfClips.OfType<EnsembleRow>().MaxBy(row => table[row].Metrics.Accuracy)!;
    }

    private static void Section(StringBuilder text, ResultTable table)
    {
        var set = table.Experiment.Set;
        var splits = table.Experiment.Splits;
        var tested = table.Rows.First().Result.Predictions.SongCount;
        text.AppendLine().AppendLine($"{Capital(set.Name)}: {set.Songs.Songs.Count} songs of "
            + $"{splits[0].Check(set).GroupCount} artists, {(splits.Count == 1 ? "one test part of 24 %" : $"{splits.Count} folds")}, "
            + $"{tested} songs tested, {(splits[0].KnowsArtists ? "no artist in two of the parts (checked)"
                : "artists may be in both parts, as in the paper")}.").AppendLine();
        var moods = set.Songs.Moods;
        text.AppendLine(
            $"| row | learns from | paper | ours, 95 % interval | macro F1 | log-loss | ECE | {string.Join(" | ", moods)} | time |");
        text.AppendLine($"|---|---|---:|---:|---:|---:|---:|{string.Concat(moods.Select(_ => "---:|"))}---:|");
        foreach (var (row, result) in table.Rows)
        {
            text.AppendLine($"| {row.Name} | {row.Input} | {(row.Paper is { } paper ? $"{paper:P0}" : "")} "
                + $"| **{result.Metrics.Accuracy:P1}** ({100 * result.Interval.Lower:F1} to {100 * result.Interval.Upper:F1}) | "
                + $"{result.Metrics.MacroF1:F3} | {result.Metrics.LogLoss:F3} "
                + $"| {result.Metrics.ExpectedCalibrationError:F3} | "
                + $"{string.Join(" | ", result.Metrics.PerMood.Select(mood => $"{mood.Recall:P0}"))} "
                + $"| {TimeSpan.FromSeconds(result.Seconds):h\\:mm\\:ss} |");
        }
    }

    private static void Best(StringBuilder text, ResultRow best, MoodMetrics metrics)
    {
        text.AppendLine().AppendLine($"Best of the paper's ensembles here: {best.Name}. Precision, recall and F1, the paper's best "
            + "beside ours:").AppendLine();
        text.AppendLine("| mood | paper | ours | songs |").AppendLine("|---|---|---|---:|");
        foreach (var mood in metrics.PerMood)
        {
            var paper = PaperFigures.Best.TryGetValue(mood.Mood.ToLowerInvariant(), out var figures)
                ? $"{figures.Precision:F2} / {figures.Recall:F2} / {figures.F1:F2}" : "";
            text.AppendLine($"| {mood.Mood} | {paper} | {mood.Precision:F2} / {mood.Recall:F2} / {mood.F1:F2} | {mood.Support} |");
        }
        text.AppendLine().AppendLine("Its confusion matrix (rows: what people said; columns: what it said):").AppendLine();
        text.AppendLine($"| | {string.Join(" | ", metrics.PerMood.Select(mood => mood.Mood))} |");
        text.AppendLine($"|---|{string.Concat(metrics.PerMood.Select(_ => "---:|"))}");
        foreach (var (actual, mood) in metrics.PerMood.Index())
            text.AppendLine(
                $"| {mood.Mood} | {string.Join(" | ", metrics.PerMood.Select((_, predicted) => metrics.Confusion[actual, predicted]))} |");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
