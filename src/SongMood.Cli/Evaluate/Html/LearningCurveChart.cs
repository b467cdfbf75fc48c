using ScottPlot;
using SongMood.Training;

namespace SongMood.Cli.Evaluate.Html;

/// <summary>How loss or accuracy went from epoch to epoch, a line a fold; dashed on the validation part, where training had one.</summary>
internal static class LearningCurveChart
{
    public static string Draw(string id, string name, IReadOnlyList<IReadOnlyList<EpochReport>> curves,
        Func<EpochReport, double> training, Func<EpochReport, double?> validation, bool isShare)
    {
        double[] finite =
            [.. curves.SelectMany(curve => curve).SelectMany(epoch => new[] { training(epoch), validation(epoch) ?? double.NaN })
            .Where(double.IsFinite)];
        var top = isShare ? 1 : finite.DefaultIfEmpty(1).Max() is var highest && highest > 0 ? 1.05 * highest : 1;
        var epochs = Math.Max(2, curves.Max(curve => curve.Count));
        var chart = new SvgChart(SvgChart.PageWidth / 2, 300, new PixelPadding(54, 18, 40, 12)).Limits(1, epochs, 0, top);
        chart.XAxis("epoch", SvgChart.Ticks(1, epochs, 6).Prepend(1).Distinct(), value => $"{value:0}");
        chart.YAxis(name, SvgChart.Ticks(0, top, 5), value => isShare ? $"{100 * value:0} %" : $"{value:0.###}");
        foreach (var (fold, curve) in curves.Index())
        {
            Line(chart.Plot, [.. curve.Select(epoch => (epoch.Epoch, (double?)training(epoch)))], fold, LinePattern.Solid);
            Line(chart.Plot, [.. curve.Select(epoch => (epoch.Epoch, validation(epoch)))], fold, LinePattern.Dashed);
        }
        var last = curves.Where(curve => curve.Count > 0).Select(curve => training(curve[^1])).Where(double.IsFinite).ToArray();
        return chart.Render(id, $"{name} by epoch, a line a fold, {epochs} epochs"
            + (last.Length == 0 ? "." : $"; in training it ends between {last.Min():0.000} and {last.Max():0.000}."));
    }

    /// <summary>Epochs without a number (no validation, or training that diverged) are gaps.</summary>
    private static void Line(Plot plot, (int Epoch, double? Value)[] points, int fold, LinePattern pattern)
    {
        var shown = points.Where(point => point.Value is { } value && double.IsFinite(value)).ToArray();
        if (shown.Length == 0)
            return;
        var line = plot.Add.Scatter(shown.Select(point => (double)point.Epoch).ToArray(),
            shown.Select(point => point.Value!.Value).ToArray(), Palette.Of(fold));
        line.LineWidth = 1.6f;
        line.LinePattern = pattern;
        line.MarkerSize = shown.Length == 1 ? 6 : 0; // a line of one point would not be seen
    }
}
