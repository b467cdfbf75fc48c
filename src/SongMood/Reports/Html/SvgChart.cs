using System.Globalization;
using System.Text;

namespace SongMood.Reports.Html;

/// <summary>
/// A chart as inline SVG, in the page's own colours and fonts: the machine that writes a report may have no font at all. Grid lines lie
/// below the marks of the data, words and strokes above them.
/// </summary>
internal sealed class SvgChart(int width, int height, ChartMargins margins)
{
    /// <summary>
    /// As wide as the page's text, which is 68rem less its margins: a chart of this width is drawn in its own size there.
    /// </summary>
    public const int PageWidth = 1040;

    private const double TickLength = 5, MarkRadius = 3.5;

    private readonly StringBuilder _below = new(), _marks = new(), _above = new();
    private double _left, _right, _bottom, _top;

    /// <summary>Its words of 12 px stay at least 10, where a narrow screen would make it smaller: it is scrolled instead.</summary>
    private int LeastWidth => width > PageWidth ? width : width * 5 / 6;

    /// <summary>Sets what the drawing shows; before any of the words.</summary>
    public SvgChart Limits(double left, double right, double bottom, double top)
    {
        (_left, _right, _bottom, _top) = (left, right, bottom, top);
        return this;
    }

    /// <summary>Numbers and lines from the bottom up.</summary>
    public void XAxis(string label, IEnumerable<double> ticks, Func<double, string> format)
    {
        foreach (var tick in ticks)
        {
            Line(_below, X(tick), Y(_bottom), X(tick), Y(_top), "grid");
            Words(X(tick), Y(_bottom) + TickLength + 10, format(tick), "middle");
        }
        Words((X(_left) + X(_right)) / 2, height - 4, label, "middle");
    }

    /// <summary>Numbers and lines from the left.</summary>
    public void YAxis(string label, IEnumerable<double> ticks, Func<double, string> format)
    {
        foreach (var tick in ticks)
        {
            Line(_below, X(_left), Y(tick), X(_right), Y(tick), "grid");
            Words(X(_left) - TickLength, Y(tick) + 4, format(tick), "end");
        }
        var middle = (Y(_bottom) + Y(_top)) / 2;
        Words(12, middle, label, "middle", FormattableString.Invariant($" transform=\"rotate(-90 12 {middle:0.#})\""));
    }

    /// <summary>A rectangle from one corner to the other.</summary>
    public void Bar(double x1, double x2, double y1, double y2, string color, double opacity = 1) =>
        Rectangle(x1, x2, y1, y2, $"fill=\"{color}\"{Opacity("fill", opacity)}");

    /// <summary>A square of the grid whose numbers these are, with its outline.</summary>
    public void Cell(int column, int row, string color, double opacity) => Rectangle(column, column + 1, row, row + 1,
        $"fill=\"{color}\"{Opacity("fill", opacity)} stroke=\"{Palette.Neutral}\"{Opacity("stroke", 0.5)}");

    /// <summary>A line through points; nothing where there are none.</summary>
    public void Line(IReadOnlyList<(double X, double Y)> points, string color, bool isDashed = false, double opacity = 1)
    {
        if (points.Count == 0)
            return;
        var path = string.Join(" L", points.Select(point => FormattableString.Invariant($"{X(point.X):0.##} {Y(point.Y):0.##}")));
        var dashes = isDashed ? " stroke-dasharray=\"6 4\"" : "";
        _marks.AppendLine($"<path d=\"M{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\"{dashes}"
            + $"{Opacity("stroke", opacity)}/>");
    }

    /// <summary>A round point.</summary>
    public void Circle(double x, double y, string color, double opacity = 1) => _marks.AppendLine(CultureInfo.InvariantCulture,
        $"<circle cx=\"{X(x):0.##}\" cy=\"{Y(y):0.##}\" r=\"{MarkRadius}\" fill=\"{color}\"{Opacity("fill", opacity)}/>");

    /// <summary>A square point.</summary>
    public void Square(double x, double y, string color, double opacity = 1) => _marks.AppendLine(CultureInfo.InvariantCulture,
        $"<rect x=\"{X(x) - MarkRadius:0.##}\" y=\"{Y(y) - MarkRadius:0.##}\" width=\"{2 * MarkRadius}\" height=\"{2 * MarkRadius}\" "
        + $"fill=\"{color}\"{Opacity("fill", opacity)}/>");

    /// <summary>A line in the colour of the words, over what is drawn.</summary>
    public void Stroke(double x1, double y1, double x2, double y2) => Line(_above, X(x1), Y(y1), X(x2), Y(y2), "stroke");

    /// <summary>A word at a place of the data, shifted by pixels.</summary>
    /// <param name="x">In the data's units.</param>
    /// <param name="y">In the data's units.</param>
    /// <param name="text">Any text; what is longer than <paramref name="longest"/> letters is cut, and shown whole by a tooltip.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="dx">To the right.</param>
    /// <param name="dy">Down.</param>
    /// <param name="degrees">Turned clockwise.</param>
    /// <param name="longest">In letters.</param>
    public void Label(double x, double y, string text, string anchor = "middle", double dx = 0, double dy = 4, double degrees = 0,
        int longest = int.MaxValue)
    {
        var turn = degrees == 0 ? "" : FormattableString.Invariant($" transform=\"rotate({degrees} {X(x) + dx:0.#} {Y(y) + dy:0.#})\"");
        Words(X(x) + dx, Y(y) + dy, Cut(text, longest), anchor, turn, text.Length > longest ? text : null);
    }

    /// <summary>Round numbers, about <paramref name="count"/> of them, that lie in a range.</summary>
    public static IEnumerable<double> Ticks(double from, double to, int count)
    {
        var rough = (to - from) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        for (var i = Math.Ceiling(from / step - 1e-9); i * step <= to + 1e-9 * step; i++)
            yield return Math.Round(i * step, 12) + 0.0; // -0 becomes 0
    }

    /// <summary>The SVG element.</summary>
    /// <param name="id">Its id in the page.</param>
    /// <param name="description">What it shows, for who cannot see it.</param>
    public string Render(string id, string description) => $"""
            <svg id="{id}" role="img" aria-label="{Markup.Text(description)}" viewBox="0 0 {width} {height}" style="min-width:{LeastWidth}px">
            {_below}{_marks}{_above}</svg>
            """;

    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    private double X(double value) => margins.Left + (value - _left) / (_right - _left) * (width - margins.Left - margins.Right);

    private double Y(double value) =>
        height - margins.Bottom - (value - _bottom) / (_top - _bottom) * (height - margins.Top - margins.Bottom);

    private void Rectangle(double x1, double x2, double y1, double y2, string look)
    {
        var (left, right, top, bottom) =
            (X(Math.Min(x1, x2)), X(Math.Max(x1, x2)), Math.Min(Y(y1), Y(y2)), Math.Max(Y(y1), Y(y2)));
        _marks.AppendLine(CultureInfo.InvariantCulture,
            $"<rect x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{right - left:0.##}\" height=\"{bottom - top:0.##}\" {look}/>");
    }

    private static string Opacity(string what, double opacity) =>
        opacity == 1 ? "" : FormattableString.Invariant($" {what}-opacity=\"{opacity:0.###}\"");

    private static void Line(StringBuilder layer, double x1, double y1, double x2, double y2, string style) =>
        layer.AppendLine(CultureInfo.InvariantCulture,
            $"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    private void Words(double x, double y, string text, string anchor, string attributes = "", string? whole = null) =>
        _above.AppendLine(CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{attributes}>{Markup.Text(text)}"
            + $"{(whole is null ? "" : $"<title>{Markup.Text(whole)}</title>")}</text>");
}
