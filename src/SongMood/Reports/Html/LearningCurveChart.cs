using SongMood.Training;

namespace SongMood.Reports.Html;

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
        var chart = new SvgChart(SvgChart.PageWidth / 2, 300, new ChartMargins(54, 18, 40, 12)).Limits(1, epochs, 0, top);
        chart.XAxis("epoch", SvgChart.Ticks(1, epochs, 6).Prepend(1).Distinct(), value => FormattableString.Invariant($"{value:0}"));
        chart.YAxis(name, SvgChart.Ticks(0, top, 5),
            value => isShare ? FormattableString.Invariant($"{100 * value:0} %") : FormattableString.Invariant($"{value:0.###}"));
        foreach (var (fold, curve) in curves.Index())
        {
            Line(chart, curve.Select(epoch => (epoch.Epoch, (double?)training(epoch))), fold, isDashed: false);
            Line(chart, curve.Select(epoch => (epoch.Epoch, validation(epoch))), fold, isDashed: true);
        }
        var last = curves.Where(curve => curve.Count > 0).Select(curve => training(curve[^1])).Where(double.IsFinite).ToArray();
        return chart.Render(id, $"{name} by epoch, a line a fold, {epochs} epochs"
            + (last.Length == 0 ? "." : FormattableString.Invariant(
                $"; in training it ends between {last.Min():0.000} and {last.Max():0.000}.")));
    }

    /// <summary>Epochs without a number (no validation, or training that diverged) are left out.</summary>
    private static void Line(SvgChart chart, IEnumerable<(int Epoch, double? Value)> points, int fold, bool isDashed)
    {
        (double X, double Y)[] shown = [.. from point in points
                                           where point.Value is { } value && double.IsFinite(value)
                                           select ((double)point.Epoch, point.Value!.Value)];
        if (shown is [var only])
            chart.Circle(only.X, only.Y, Palette.Of(fold)); // a line of one point would not be seen
        else
            chart.Line(shown, Palette.Of(fold), isDashed);
    }
}
