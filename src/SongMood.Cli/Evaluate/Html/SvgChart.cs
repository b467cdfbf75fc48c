using System.Globalization;
using System.Net;
using System.Text;
using ScottPlot;

namespace SongMood.Cli.Evaluate.Html;

/// <summary>
/// A chart as inline SVG: ScottPlot draws the data, and axes and words are SVG elements of the page, so that they take the page's colours
/// and fonts. The machine that writes a report may have no font at all, and ScottPlot can only write with those that it has.
/// </summary>
internal sealed class SvgChart
{
    /// <summary>
    /// As wide as the page's text, which is 68rem less its margins: a chart of this width is drawn in its own size there.
    /// </summary>
    public const int PageWidth = 1040;

    private const float TickLength = 5;

    private readonly PixelPadding _padding;
    private readonly StringBuilder _below = new(), _above = new(); // the drawn marks
    private double _left, _right, _bottom, _top;

    /// <param name="width">In pixels of the drawing, which the page may scale.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="padding">Room for the words around the data.</param>
    public SvgChart(int width, int height, PixelPadding padding)
    {
        (Width, Height, _padding) = (width, height, padding);
        Plot.FigureBackground.Color = Plot.DataBackground.Color = Colors.Transparent;
        Plot.HideGrid();
        Plot.Axes.Frameless();
        Plot.Layout.Fixed(padding);
    }

    public Plot Plot { get; } = new();

    /// <summary>Its words stay readable, where a narrow screen would make it smaller: it is scrolled instead.</summary>
    private int LeastWidth => Width > PageWidth ? Width : Width * 3 / 5;

    public int Width { get; }

    public int Height { get; }

    /// <summary>Sets what the drawing shows; before any of the words.</summary>
    public SvgChart Limits(double left, double right, double bottom, double top)
    {
        (_left, _right, _bottom, _top) = (left, right, bottom, top);
        Plot.Axes.SetLimits(left, right, bottom, top);
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
        Words((X(_left) + X(_right)) / 2, Height - 4, label, "middle");
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
    public string Render(string id, string description)
    {
        var drawn = Plot.GetSvgXml(Width, Height);
        var start = drawn.IndexOf('>', drawn.IndexOf("<svg", StringComparison.Ordinal)) + 1;
        var end = drawn.LastIndexOf("</svg>", StringComparison.Ordinal); // where nothing is drawn there is none: "<svg ... />"
        var marks = drawn[start..Math.Max(start, end)]
            .Replace("id=\"", $"id=\"{id}-").Replace("url(#", $"url(#{id}-"); // the same ids are in every drawing
        Plot.Dispose();
        return $"""
            <svg id="{id}" role="img" aria-label="{WebUtility.HtmlEncode(description)}" viewBox="0 0 {Width} {Height}" style="min-width:{LeastWidth}px">
            {_below}{marks.Trim()}
            {_above}</svg>
            """;
    }

    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    private double X(double value) => _padding.Left + (value - _left) / (_right - _left) * (Width - _padding.Left - _padding.Right);

    private double Y(double value) =>
        Height - _padding.Bottom - (value - _bottom) / (_top - _bottom) * (Height - _padding.Top - _padding.Bottom);

    private static void Line(StringBuilder layer, double x1, double y1, double x2, double y2, string style) =>
        layer.AppendLine(CultureInfo.InvariantCulture,
            $"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    private void Words(double x, double y, string text, string anchor, string attributes = "", string? whole = null) =>
        _above.AppendLine(CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{attributes}>{WebUtility.HtmlEncode(text)}"
            + $"{(whole is null ? "" : $"<title>{WebUtility.HtmlEncode(whole)}</title>")}</text>");
}
