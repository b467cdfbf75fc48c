using System.Globalization;
using System.Text;
using ScottPlot;
using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>The charts of the page, as SVG.</summary>
internal static class Charts
{
    private const int Size = 480;

    /// <summary>Rows: what people said; columns: what the model said; darker: more of the row's songs.</summary>
    public static void Confusion(MoodMetrics metrics, string name, string path)
    {
        var count = metrics.PerMood.Count;
        using var plot = new Plot();
        for (var actual = 0; actual < count; actual++)
            for (var predicted = 0; predicted < count; predicted++)
            {
                var songs = metrics.Confusion[actual, predicted];
                var (x, y) = (predicted, count - 1 - actual);
                var cell = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
                cell.FillColor = Colors.SteelBlue.WithAlpha(songs / (double)Math.Max(1, metrics.PerMood[actual].Support));
                cell.LineColor = Colors.LightGray;
                var label = plot.Add.Text($"{songs}", x, y);
                label.Alignment = Alignment.MiddleCenter;
                label.LabelFontSize = 16;
            }
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, count - 0.5, -0.5, count - 0.5);
        string[] moods = [.. metrics.PerMood.Select(mood => mood.Mood)];
        double[] places = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, moods);
        plot.Axes.Left.SetTicks(places, [.. moods.Reverse()]);
        plot.XLabel("what it said");
        plot.YLabel("what people said");
        plot.Title(name);
        Save(plot, path);
    }

    /// <summary>The validation loss of each network by epoch, in the first split.</summary>
    public static void Curves(ResultTable table, IReadOnlyList<NetworkRow> rows, string path)
    {
        using var plot = new Plot();
        foreach (var row in rows)
        {
            var lines = File.ReadLines(table.Experiment.CurvesPath(row, table.Experiment.Splits[0])).ToArray();
            var column = Array.IndexOf(lines[0].Split(','), "validation_loss");
            double[] losses = [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture))];
            var curve = plot.Add.Scatter(Enumerable.Range(1, losses.Length).Select(epoch => (double)epoch).ToArray(), losses);
            curve.MarkerSize = 0;
            curve.LineWidth = 2;
            curve.LegendText = row.Name;
        }
        plot.XLabel("epoch");
        plot.YLabel("validation loss");
        plot.ShowLegend(Alignment.UpperRight);
        Save(plot, path);
    }

    private static void Save(Plot plot, string path) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(plot.GetSvgXml(Size + 120, Size))));
}
