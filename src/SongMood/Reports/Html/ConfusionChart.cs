using SongMood.Evaluation;

namespace SongMood.Reports.Html;

/// <summary>
/// How many of each mood's songs (a row) were said to have which mood; the stronger the colour, the larger the row's share.
/// </summary>
internal static class ConfusionChart
{
    private const int LongestName = 24, PixelsPerLetter = 7, NarrowestCell = 66;
    private const double StrongestColour = 0.72; // words must stay readable on it, on white and on black

    public static string Draw(string id, MoodMetrics metrics)
    {
        var moods = metrics.PerMood;
        var letters = Math.Min(LongestName, moods.Max(score => score.Mood.Length));
        var cellHeight = moods.Count <= 4 ? 58 : 48;
        var left = 34 + PixelsPerLetter * letters;
        var turned = PixelsPerLetter * letters > Math.Max(NarrowestCell, (SvgChart.PageWidth - left) / moods.Count);
        var (top, right) = turned ? (30 + 5 * letters, 16 + 5 * letters) : (40, 12);
        var cellWidth = Math.Max(NarrowestCell, (SvgChart.PageWidth - left - right) / moods.Count);
        var chart =
            new SvgChart(left + right + cellWidth * moods.Count, top + 8 + cellHeight * moods.Count, new ChartMargins(left, right, 8, top))
            .Limits(0, moods.Count, moods.Count, 0); // the first row on top
        for (var actual = 0; actual < moods.Count; actual++)
            for (var predicted = 0; predicted < moods.Count; predicted++)
            {
                var count = metrics.Confusion[actual, predicted];
                var share = moods[actual].Support == 0 ? 0 : (double)count / moods[actual].Support;
                chart.Cell(predicted, actual, actual == predicted ? Palette.Right : Palette.Wrong, StrongestColour * share);
                chart.Label(predicted + 0.5, actual + 0.5, $"{count}", dy: count == 0 ? 4 : -2);
                if (count > 0)
                    chart.Label(predicted + 0.5, actual + 0.5, FormattableString.Invariant($"{100 * share:0} %"), dy: 13);
            }
        foreach (var (index, score) in moods.Index())
        {
            chart.Label(0, index + 0.5, score.Mood, "end", dx: -7, longest: LongestName);
            if (turned)
                chart.Label(index + 0.5, 0, score.Mood, "start", dy: -7, degrees: -40, longest: LongestName);
            else
                chart.Label(index + 0.5, 0, score.Mood, dy: -7, longest: LongestName);
        }
        chart.Label(0, moods.Count / 2.0, "what people said", dx: -left + 14, degrees: -90);
        chart.Label(moods.Count / 2.0, 0, "what the model said", dy: -top + 14);
        return chart.Render(id, "Confusion matrix: " + string.Join("; ", moods.Select((score, actual) =>
            $"of {score.Support} {score.Mood} songs "
            + string.Join(", ", moods.Select((other, predicted) => $"{metrics.Confusion[actual, predicted]} said {other.Mood}")))) + ".");
    }
}
