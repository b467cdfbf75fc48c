using SongMood.Learning;
using static SongMood.Reports.Html.Markup;

namespace SongMood.Reports.Html;

/// <summary>The part of the page that shows two models side by side.</summary>
internal static class ComparisonSection
{
    public static string Write(EvaluationResult result)
    {
        if (result.Comparison is not { } comparison)
            return "";
        var (first, other) = (result.Name(), comparison.Name(result));
        BarSeries[] series = [Bars(result, Palette.Right, first), Bars(comparison.Other, Palette.Wrong, other)];
        return $"""
            <h2>Beside {Text(other)}</h2>
            <p>{Text(EvaluationText.Verdict(result, comparison))}.</p>
            <p class="faint">{Text(Sentence(EvaluationText.DifferenceNote(result)))} {Text(Sentence(EvaluationText.Counts(result, comparison)))}</p>
            {Palette.Legend(series.Select(bars => (bars.Color, $"F1 of {bars.Text}, with its interval")))}
            {Figure(BarChart.Draw("comparison", result.Moods, series, Description(result, comparison)), "Songs that both are right about tell nothing of their difference, so it is known better than the two intervals suggest.")}
            {Table("Side by side", ["figure", "#" + first, "#" + other], Rows(result, comparison.Other))}
            """;
    }

    private static BarSeries Bars(EvaluationResult result, string color, string name) =>
        new(color, name, [.. result.Metrics.PerMood.Select(score => score.F1)], result.Intervals.F1PerMood);

    private static string[][] Rows(EvaluationResult first, EvaluationResult other)
    {
        string[] Row(string name, Func<EvaluationResult, string> figure) => [name, figure(first), figure(other)];
        return
        [
            Row("accuracy", result => EvaluationText.Percent(result.Metrics.Accuracy)),
            Row("balanced accuracy", result => EvaluationText.Percent(result.Metrics.BalancedAccuracy)),
            Row("macro F1", result => EvaluationText.Number(result.Metrics.MacroF1)),
            Row("log-loss", result => EvaluationText.Number(result.Metrics.LogLoss)),
            Row("calibration error", result => EvaluationText.Number(result.Metrics.ExpectedCalibrationError)),
        ];
    }

    private static string Description(EvaluationResult first, ModelComparison comparison) =>
        $"F1 per mood of {first.Name()} and {comparison.Name(first)}: " + string.Join("; ", first.Metrics.PerMood.Zip(
            comparison.Other.Metrics.PerMood,
            (one, two) => FormattableString.Invariant($"{one.Mood} {one.F1:0.00} and {two.F1:0.00}"))) + ".";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
