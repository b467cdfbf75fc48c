using ScottPlot;

namespace SongMood.Cli.Evaluate.Html;

/// <summary>Colours that stand out from white and from near black alike, at least 3 to 1.</summary>
internal static class Palette
{
    public static readonly Color Right = Color.FromHex("#3B82C4"), Wrong = Color.FromHex("#D9730D"), Neutral = Color.FromHex("#808894");

    /// <summary>For lines and bars that must be told apart.</summary>
    public static readonly Color[] Series =
    [
        Right, Wrong, Color.FromHex("#2E9E6B"), Color.FromHex("#9B6BD3"), Color.FromHex("#D1495B"),
        Color.FromHex("#0E9AA7"), Color.FromHex("#A67C00"), Color.FromHex("#C65BA8"), Color.FromHex("#6B8E23"), Color.FromHex("#7A7F9A"),
    ];

    public static Color Of(int series) => Series[series % Series.Length];

    /// <summary>A legend of the page: ScottPlot's own would be in ScottPlot's font.</summary>
    public static string Legend(IEnumerable<(Color Color, string Text)> entries) =>
        $"<p class=\"legend\">{string.Join(" ", entries.Select(entry => Key(entry.Color, entry.Text)))}</p>";

    private static string Key(Color color, string text) =>
        $"<span><i style=\"background:{color.ToHex()}\"></i>{System.Net.WebUtility.HtmlEncode(text)}</span>";
}
