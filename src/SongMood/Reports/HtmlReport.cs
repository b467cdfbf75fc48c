using System.Globalization;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Reports.Html;
using static SongMood.Reports.EvaluationText;
using static SongMood.Reports.Html.Markup;

namespace SongMood.Reports;

/// <summary>
/// What was measured, as one HTML page with charts that needs nothing else: no network, no script, no font (docs/evaluation.md).
/// </summary>
/// <example><code>
/// var model = ModelEvaluation.Open("moods.zip");
/// var judged = await model.RunAsync(LabelledSongs.Read("labels.csv", model.LabelOptions()));
/// using var page = File.Create("judged.html");
/// judged.WriteHtml(page);
/// </code></example>
public static class HtmlReport
{
    private const int MistakesShown = 25;

    /// <summary>Writes the page, in UTF-8. Names of songs and moods are text in it, whatever they hold.</summary>
    /// <param name="result">What was measured; with another measurement beside it (<see cref="EvaluationResult.CompareWith"/>), the page
    /// shows both.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void WriteHtml(this EvaluationResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, leaveOpen: true);
        // The policy forbids what the page does not have, so that no name in it could ever fetch or run anything.
        writer.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(result.Title())}</title>
            <style>
            {Style.Sheet}
            </style>
            </head>
            <body>
            <main>
            {Head(result)}
            {ComparisonSection.Write(result)}
            {PerMood(result)}
            {Confusion(result)}
            {Reliability(result)}
            {LearningCurves(result)}
            {Mistakes(result)}
            {Settings(result)}
            </main>
            </body>
            </html>

            """);
    }

    private static string Head(EvaluationResult result)
    {
        var (metrics, intervals) = (result.Metrics, result.Intervals);
        var folds = result.FoldAccuracies.Count == 0
            ? "" : $"<p>Accuracy by fold: {string.Join(", ", result.FoldAccuracies.Select(Percent))}.</p>";
        return $"""
            <h1>{Text(result.Title())}</h1>
            <p>{Text(result.What)}.</p>
            <p class="faint">{result.Origin.Started.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}, SongMood {EvaluationOrigin.Version}, seed {result.Origin.Seed}</p>
            <dl class="figures">
            {Card("accuracy", Percent(metrics.Accuracy), $"{Percents(intervals.Accuracy)} %")}
            {Card("balanced accuracy", Percent(metrics.BalancedAccuracy), $"{Percents(intervals.BalancedAccuracy)} %")}
            {Card("macro F1", Number(metrics.MacroF1), Range(intervals.MacroF1))}
            {Card("log-loss", Number(metrics.LogLoss), result.Calibrated is { } c ? $"{Number(c.LogLoss)} with temperatures" : "")}
            {Card("calibration error", Number(metrics.ExpectedCalibrationError), result.Calibrated is { } d ? $"{Number(d.ExpectedCalibrationError)} with temperatures" : "")}
            </dl>
            <p class="faint">Small figures of the first three: {Text(IntervalNote(result)["in brackets: ".Length..])}. They tell how much depends on which songs were measured, not on which were learnt from.</p>
            {folds}
            <h2>Is the split sound?</h2>
            {string.Join("\n", result.CheckText.Select(line => CheckLine(result, line)))}
            {string.Join("\n", result.Notes.Select(note => $"<p class=\"check unknown\">Note: {Text(note)}.</p>"))}
            """;
    }

    private static string CheckLine(EvaluationResult result, string line)
    {
        var (kind, mark) = line.Contains("leak", StringComparison.OrdinalIgnoreCase) ? ("bad", "✗")
            : result.Check is null || line.Contains("cannot be checked") ? ("unknown", "?") : ("", "✓");
        return $"<p class=\"check {kind}\"><span aria-hidden=\"true\">{mark}</span> "
            + $"{Text(char.ToUpperInvariant(line[0]) + line[1..])}.</p>";
    }

    private static string Card(string name, string value, string small) =>
        $"<div><dt>{Text(name)}</dt><dd><b>{Text(value)}</b></dd><dd class=\"faint\">{Text(small)}</dd></div>";

    private static string PerMood(EvaluationResult result) => $"""
        <h2>Each mood</h2>
        {Palette.Legend(PerMoodChart.Series(result.Metrics, result.Intervals).Select(bars => (bars.Color, bars.Text)))}
        {Figure(PerMoodChart.Draw("per-mood", result.Metrics, result.Intervals), "Precision: the share of the songs said to have the mood that have it. Recall: the share of the songs with the mood that were found.")}
        {Table("Figures", ["mood", "#precision", "#recall", "#F1", "#F1 interval", "#songs", "#said"], result.Metrics.PerMood.Zip(result.Intervals.F1PerMood, (score, interval) => new[]
        {
            score.Mood, Number(score.Precision), Number(score.Recall), Number(score.F1), interval is null ? "–" : Range(interval),
            $"{score.Support}", $"{score.PredictedCount}",
        }))}
        """;

    private static string Confusion(EvaluationResult result) => $"""
        <h2>What is taken for what</h2>
        {Figure(ConfusionChart.Draw("confusion", result.Metrics), "Songs by what people said (rows) and what the model said (columns); shares are of the row. Blue is right, orange is wrong.")}
        """;

    private static string Reliability(EvaluationResult result) => $"""
        <h2>Are its probabilities right?</h2>
        {Palette.Legend(result.Calibrated is null ? [(Palette.Right, "as predicted")]
            : [(Palette.Right, "as predicted (circles)"), (Palette.Wrong, $"with temperatures {Temperatures(result)} (squares)")])}
        {Figure(ReliabilityChart.Draw("reliability", result.Metrics, result.Calibrated),
            "Above the dashed line the model is right more often than it says, below it less often. "
            + $"Bins of fewer than {ReliabilityChart.FewSongs} songs are faint: they jump about.")}
        <details><summary>Figures</summary>
        {Bins("As predicted", result.Metrics)}
        {(result.Calibrated is null ? "" : Bins("With temperatures", result.Calibrated))}
        </details>
        """;

    private static string Bins(string caption, MoodMetrics metrics) =>
        Table(caption, ["probability", "#songs", "#mean probability", "#share right"],
        metrics.ReliabilityBins.Where(bin => bin.SongCount > 0).Select(bin => new[]
        {
            $"{Number(bin.Lower)} to {Number(bin.Upper)}", $"{bin.SongCount}", Number(bin.Confidence!.Value), Number(bin.Accuracy!.Value),
        }));

    private static string LearningCurves(EvaluationResult result)
    {
        if (!result.Curves.Any(curve => curve.Count > 0))
            return "<h2>Learning curves</h2>\n<p>None: a finished model was measured, and nothing was trained.</p>";
        var validated = result.Curves.SelectMany(curve => curve).Any(epoch => epoch.ValidationLoss is not null);
        var lines = result.Curves.Count == 1 || result.Curves.Count > Palette.Series.Length
            ? "" : Palette.Legend(result.Curves.Select((_, fold) => (Palette.Of(fold), $"fold {fold + 1}")));
        var caption = "On the songs learnt from, as they were trained on (with dropout and augmentation)"
        + (validated ? "; dashed: on the validation part." : ".");
        return $"""
            <h2>Learning curves</h2>
            {lines}
            <div class="pair">
            {Figure(LearningCurveChart.Draw("loss", "loss", result.Curves, epoch => epoch.TrainingLoss, epoch => epoch.ValidationLoss, isShare: false), $"Loss. {caption}")}
            {Figure(LearningCurveChart.Draw("accuracy", "accuracy", result.Curves, epoch => epoch.TrainingAccuracy, epoch => epoch.ValidationAccuracy, isShare: true), $"Accuracy. {caption}")}
            </div>
            """;
    }

    private static string Mistakes(EvaluationResult result)
    {
        int[] wrong = [.. result.WorstMistakes()];
        var predictions = result.Predictions;
        if (wrong.Length == 0)
            return "<h2>Worst mistakes</h2>\n<p>None: every prediction is right.</p>";
        return "<h2>Worst mistakes</h2>\n" + Table(
            wrong.Length == 1 ? "The only wrong song. Listen to it: some labels are wrong, too."
                : $"The {Math.Min(MistakesShown, wrong.Length)} of {wrong.Length} wrong songs that the model was most sure of. Listen "
                    + "to them: some labels are wrong, too.",
            ["#line", "/song", "artist", "title", "people said", "model said", "#probability", "#of the right one"],
            wrong.Take(MistakesShown).Select(index =>
            {
                var (song, actual, predicted) = (result.Songs[index], predictions.Actual[index], predictions.Predicted(index)!.Value);
                return new[]
                {
                    $"{song.Line}", result.NameOf(song), song.Artist
                        ?? song.Group, song.Title, result.Moods[actual], result.Moods[predicted],
                    Number(predictions.Probabilities[index][predicted]), Number(predictions.Probabilities[index][actual]),
                };
            }));
    }

    private static string Settings(EvaluationResult result) => $"""
        <h2>How this was measured</h2>
        <pre><code>{Text(result.Origin.Command)}</code></pre>
        {Table("Settings", ["setting", "/value"], result.Origin.Settings
            .Concat([new("songs in the label file", $"{result.Labels.Songs.Count}"), new("SHA-256 of the label file", result.Origin.DataSha256)])
            .Select(pair => new[] { pair.Key, pair.Value }))}
        """;
}
