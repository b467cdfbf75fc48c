using SongMood.Evaluation;

namespace SongMood.Reports.Html;

/// <summary>Shares of each mood as bars beside each other, where one is known with the interval that it lies in.</summary>
internal static class BarChart
{
    private const int LongestName = 30, PixelsPerLetter = 7, BarPixels = 19, GapPixels = 10;
    private const double BarHeight = 0.8, WhiskerEnd = 0.25; // in bars

    /// <param name="id">Its id in the page.</param>
    /// <param name="moods">A group of bars for each.</param>
    /// <param name="series">A bar in each group for each of these.</param>
    /// <param name="description">What it shows, for who cannot see it.</param>
    public static string Draw(string id, IReadOnlyList<string> moods, IReadOnlyList<BarSeries> series, string description)
    {
        var left = 20 + PixelsPerLetter * Math.Min(LongestName, moods.Max(mood => mood.Length));
        double gap = GapPixels / (double)BarPixels, groupHeight = series.Count + gap; // in bars
        var chart = new SvgChart(SvgChart.PageWidth, 44 + (int)(BarPixels * groupHeight * moods.Count), new ChartMargins(left, 44, 32, 6))
            .Limits(0, 1, groupHeight * moods.Count, 0);
        chart.XAxis("", [0, 0.2, 0.4, 0.6, 0.8, 1], value => FormattableString.Invariant($"{100 * value:0} %"));
        foreach (var (group, mood) in moods.Index())
        {
            chart.Label(0, groupHeight * (group + 0.5), mood, "end", dx: -8, longest: LongestName);
            foreach (var (place, bars) in series.Index())
            {
                var (value, middle) = (bars.Values[group], groupHeight * group + gap / 2 + place + 0.5);
                chart.Bar(0, value, middle - BarHeight / 2, middle + BarHeight / 2, bars.Color);
                var interval = bars.Intervals?[group];
                if (interval is not null)
                {
                    chart.Stroke(interval.Lower, middle, interval.Upper, middle);
                    chart.Stroke(interval.Lower, middle - WhiskerEnd, interval.Lower, middle + WhiskerEnd);
                    chart.Stroke(interval.Upper, middle - WhiskerEnd, interval.Upper, middle + WhiskerEnd);
                }
                chart.Label(Math.Max(value, interval?.Upper ?? 0), middle, FormattableString.Invariant($"{100 * value:0}"), "start", dx: 4);
            }
        }
        return chart.Render(id, description);
    }
}

/// <summary>Bars of one colour.</summary>
/// <param name="Color">Their colour.</param>
/// <param name="Text">What they are, for the legend.</param>
/// <param name="Values">The share of each mood, from 0 to 1.</param>
/// <param name="Intervals">The interval of each, or null; null where none has one.</param>
internal sealed record BarSeries(string Color, string Text, IReadOnlyList<double> Values,
    IReadOnlyList<ConfidenceInterval?>? Intervals = null);
