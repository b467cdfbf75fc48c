using ScottPlot;
using SongMood.Evaluation;

namespace SongMood.Cli.Evaluate.Html;

/// <summary>Precision, recall and F1 of each mood as bars, and how certain each F1 is.</summary>
internal static class PerMoodChart
{
    private const int LongestName = 30, PixelsPerLetter = 7, RowHeight = 62;
    private const double BarHeight = 0.24, WhiskerEnd = 0.06;

    public static readonly (Color Color, string Text)[] Measures =
        [(Palette.Of(0), "precision"), (Palette.Of(2), "recall"), (Palette.Of(3), "F1, with its interval")];

    public static string Draw(string id, MoodMetrics metrics, BootstrapIntervals intervals)
    {
        var moods = metrics.PerMood;
        var left = 20 + PixelsPerLetter * Math.Min(LongestName, moods.Max(score => score.Mood.Length));
        var chart = new SvgChart(left + 480, 44 + RowHeight * moods.Count, new PixelPadding(left, 44, 32, 6)).Limits(0, 1, moods.Count, 0);
        chart.XAxis("", [0, 0.2, 0.4, 0.6, 0.8, 1], value => $"{100 * value:0} %");
        foreach (var (index, score) in moods.Index())
        {
            chart.Label(0, index + 0.5, score.Mood, "end", dx: -8, longest: LongestName);
            foreach (var (place, value) in new[] { score.Precision, score.Recall, score.F1 }.Index())
            {
                var middle = index + 0.5 + (place - 1) * (BarHeight + 0.03);
                var bar = chart.Plot.Add.Rectangle(0, value, middle - BarHeight / 2, middle + BarHeight / 2);
                (bar.FillColor, bar.LineWidth) = (Measures[place].Color, 0);
                if (place < 2 || intervals.F1PerMood[index] is not { } interval)
                {
                    chart.Label(value, middle, $"{100 * value:0}", "start", dx: 4);
                    continue;
                }
                chart.Stroke(interval.Lower, middle, interval.Upper, middle);
                chart.Stroke(interval.Lower, middle - WhiskerEnd, interval.Lower, middle + WhiskerEnd);
                chart.Stroke(interval.Upper, middle - WhiskerEnd, interval.Upper, middle + WhiskerEnd);
                chart.Label(Math.Max(value, interval.Upper), middle, $"{100 * value:0}", "start", dx: 4);
            }
        }
        return chart.Render(id, "Per mood: " + string.Join("; ", moods.Select(score =>
            $"{score.Mood} precision {score.Precision:0.00}, recall {score.Recall:0.00}, F1 {score.F1:0.00}")) + ".");
    }
}
