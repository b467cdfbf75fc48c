using ScottPlot;
using SongMood.Evaluation;

namespace SongMood.Cli.Evaluate.Html;

/// <summary>
/// How often the model is right by how sure it is, before and after temperature scaling; on the diagonal its probabilities are right.
/// </summary>
internal static class ReliabilityChart
{
    /// <summary>Of fewer songs than this, a bin's share of right answers is off by a tenth or more as often as not.</summary>
    public const int FewSongs = 10;

    private const double Faint = 0.3;

    public static string Draw(string id, MoodMetrics metrics, MoodMetrics? calibrated)
    {
        // points at 0 and 1 are whole
        var chart = new SvgChart(SvgChart.PageWidth, 420, new PixelPadding(58, 22, 42, 12)).Limits(-0.02, 1.02, -0.02, 1.02);
        double[] ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
        chart.XAxis("probability that the model gives its answer", ticks, Percent);
        chart.YAxis("share of right answers; grey: share of songs", ticks, Percent);
        var scored = Math.Max(1, metrics.SongCount - metrics.UnscoredCount);
        foreach (var bin in metrics.ReliabilityBins.Where(bin => bin.SongCount > 0))
        {
            var bar = chart.Plot.Add.Rectangle(bin.Lower, bin.Upper, 0, (double)bin.SongCount / scored);
            bar.FillColor = Palette.Neutral.WithAlpha(0.35);
            bar.LineWidth = 0;
        }
        var diagonal = chart.Plot.Add.Line(0, 0, 1, 1);
        (diagonal.LineColor, diagonal.LinePattern, diagonal.LineWidth) = (Palette.Neutral, LinePattern.Dashed, 1.5f);
        Points(chart.Plot, metrics, Palette.Right, MarkerShape.FilledCircle);
        if (calibrated is not null)
            Points(chart.Plot, calibrated, Palette.Wrong, MarkerShape.FilledSquare);
        return chart.Render(id, $"Reliability diagram: share of right answers by the probability of the answer. Expected calibration error "
            + $"{ConsoleReport.Number(metrics.ExpectedCalibrationError)}"
            + (calibrated is null ? "." : $", with temperatures {ConsoleReport.Number(calibrated.ExpectedCalibrationError)}."));
    }

    private static string Percent(double share) => $"{100 * share:0} %";

    /// <summary>
    /// A point for each bin, and a line between neighbours: faint where a bin has few songs, and what it shows is mostly chance.
    /// </summary>
    private static void Points(Plot plot, MoodMetrics metrics, Color color, MarkerShape shape)
    {
        var bins = metrics.ReliabilityBins.Where(bin => bin.SongCount > 0).ToArray();
        foreach (var (before, after) in bins.Zip(bins.Skip(1)))
        {
            var line = plot.Add.Line(before.Confidence!.Value, before.Accuracy!.Value, after.Confidence!.Value, after.Accuracy!.Value);
            (line.LineWidth, line.LineColor) = (1.6f, IsSparse(before) || IsSparse(after) ? color.WithAlpha(Faint) : color);
        }
        foreach (var bin in bins)
        {
            var point = plot.Add.Marker(bin.Confidence!.Value, bin.Accuracy!.Value, shape, 7, color);
            if (IsSparse(bin))
                point.Color = color.WithAlpha(Faint);
        }
    }

    private static bool IsSparse(ReliabilityBin bin) => bin.SongCount < FewSongs;
}
