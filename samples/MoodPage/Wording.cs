using System.Globalization;
using System.Text;

namespace MoodPage;

/// <summary>Names, times and sentences, for people.</summary>
internal static class Wording
{
    private const int Longest = 80; // letters

    /// <summary>
    /// A file's name as a title: without folders and suffix, and without letters that nobody sees or that turn the others round, which
    /// make one name look like another.
    /// </summary>
    public static string Title(string? fileName)
    {
        var name = (fileName ?? "").Split('/', '\\')[^1];
        var seen = new StringBuilder();
        foreach (var letter in name.EnumerateRunes())
            if (Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                seen.Append(letter);
        var title = Path.GetFileNameWithoutExtension(seen.ToString()).Trim();
        return title.Length == 0 ? "A song without a name" : Shorten(title);
    }

    /// <summary>What is too long for a line is cut between letters.</summary>
    public static string Shorten(string text)
    {
        var letters = new StringInfo(text);
        return letters.LengthInTextElements <= Longest ? text : letters.SubstringByTextElements(0, Longest - 1) + "…";
    }

    /// <summary>An error's text as a sentence.</summary>
    public static string Sentence(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '?' or '!' ? "" : ".");

    /// <summary>Such as "1:05"; the hours count as minutes.</summary>
    public static string Clock(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";

    /// <summary>Such as "92 %".</summary>
    public static string Percent(double share) => $"{100 * share:0} %";

    /// <summary>Such as "+0.87", with a minus that is as wide.</summary>
    public static string Signed(double value) => $"{value:+0.00;−0.00;0.00}";
}
