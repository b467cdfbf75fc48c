using SongMood.Evaluation;

namespace SongMood.Reports.Html;

/// <summary>
/// How often the model is right by how sure it is, before and after temperature scaling; on the diagonal its probabilities are right.
/// </summary>
internal static class ReliabilityChart
{
    /// <summary>In a bin with fewer songs than this, the share of right answers is off by a tenth or more as often as not.</summary>
    public const int FewSongs = 10;

    private const double Faint = 0.3;

    public static string Draw(string id, MoodMetrics metrics, MoodMetrics? calibrated)
    {
        // points at 0 and 1 are whole
        var chart = new SvgChart(SvgChart.PageWidth, 420, new ChartMargins(58, 22, 42, 12)).Limits(-0.02, 1.02, -0.02, 1.02);
        double[] ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
        chart.XAxis("probability that the model gives its answer", ticks, Percent);
        chart.YAxis("share of right answers; grey: share of songs", ticks, Percent);
        var scored = Math.Max(1, metrics.SongCount - metrics.UnscoredCount);
        foreach (var bin in metrics.ReliabilityBins.Where(bin => bin.SongCount > 0))
            chart.Bar(bin.Lower, bin.Upper, 0, (double)bin.SongCount / scored, Palette.Neutral, opacity: 0.35);
        chart.Line([(0, 0), (1, 1)], Palette.Neutral, isDashed: true);
        Points(chart, metrics, Palette.Right, chart.Circle);
        if (calibrated is not null)
            Points(chart, calibrated, Palette.Wrong, chart.Square);
        return chart.Render(id, $"Reliability diagram: share of right answers by the probability of the answer. Expected calibration error "
            + $"{EvaluationText.Number(metrics.ExpectedCalibrationError)}"
            + (calibrated is null ? "." : $", with temperatures {EvaluationText.Number(calibrated.ExpectedCalibrationError)}."));
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0} %");

    /// <summary>
    /// A point for each bin, and a line between neighbours: faint where a bin has few songs, and what it shows is mostly chance.
    /// </summary>
    private static void Points(SvgChart chart, MoodMetrics metrics, string color, Mark mark)
    {
        var bins = metrics.ReliabilityBins.Where(bin => bin.SongCount > 0).ToArray();
        foreach (var (before, after) in bins.Zip(bins.Skip(1)))
            chart.Line([PlaceOf(before), PlaceOf(after)], color, opacity: IsSparse(before) || IsSparse(after) ? Faint : 1);
        foreach (var bin in bins)
            mark(PlaceOf(bin).X, PlaceOf(bin).Y, color, IsSparse(bin) ? Faint : 1);
    }

    private static (double X, double Y) PlaceOf(ReliabilityBin bin) => (bin.Confidence!.Value, bin.Accuracy!.Value);

    private static bool IsSparse(ReliabilityBin bin) => bin.SongCount < FewSongs;

    private delegate void Mark(double x, double y, string color, double opacity);
}
