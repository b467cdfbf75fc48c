namespace SongMood.Reports.Html;

/// <summary>Colours that stand out from white and from near black alike, at least 3 to 1, as a page has them.</summary>
internal static class Palette
{
    public const string Right = "#3B82C4", Wrong = "#D9730D", Neutral = "#808894";

    /// <summary>For lines and bars that must be told apart.</summary>
    public static readonly string[] Series =
        [Right, Wrong, "#2E9E6B", "#9B6BD3", "#D1495B", "#0E9AA7", "#A67C00", "#C65BA8", "#6B8E23", "#7A7F9A"];

    public static string Of(int series) => Series[series % Series.Length];

    /// <summary>The legend of one chart, or of several, as a line of the page.</summary>
    public static string Legend(IEnumerable<(string Color, string Text)> entries) =>
        $"<p class=\"legend\">{string.Join(" ", entries.Select(entry => Key(entry.Color, entry.Text)))}</p>";

    private static string Key(string color, string text) =>
        $"<span><i style=\"background:{color}\"></i>{Markup.Text(text)}</span>";
}
