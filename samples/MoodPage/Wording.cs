using System.Globalization;
using System.Text;
using SongMood.Audio;

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

    /// <summary>
    /// What is wrong with a song, as a visitor needs to know it. What is no song at all is found at its start (frame 0, byte 0), and what a
    /// programmer could do about it, such as installing ffmpeg, stands behind a semicolon: it is of no use here.
    /// </summary>
    public static string Fault(AudioFormatException error) => Sentence((error.FrameIndex, error.BytePosition) is (0, 0)
        ? $"{error.Problem.Split(';')[0]}; this page hears MP3, WAV, FLAC, AIFF, Ogg and Opus" : error.Problem);

    /// <summary>Such as "1:05"; the hours count as minutes.</summary>
    public static string Clock(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";

    /// <summary>Such as "92 %".</summary>
    public static string Percent(double share) => $"{100 * share:0} %";

    /// <summary>Such as "+0.87", with a minus that is as wide.</summary>
    public static string Signed(double value) => $"{value:+0.00;−0.00;0.00}";
}
