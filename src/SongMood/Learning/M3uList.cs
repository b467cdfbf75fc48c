using System.Text;

namespace SongMood.Learning;

/// <summary>
/// A list of songs as players write it: a path a line, and lines that begin with # as comments, of which the extended format has some that
/// tell artist and title. No standard says what it is but RFC 8216, section 4.1, for streams, from which this keeps that .m3u8 is UTF-8.
/// </summary>
internal static class M3uList
{
    public static IReadOnlyList<string> FileNameSuffixes { get; } = [".m3u", ".m3u8"];

    private const string TitleMark = "#EXTINF:", ArtistMark = "#EXTART:", Between = " - ";

    public static bool IsName(string path) => FileNameSuffixes.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The songs of a list, in order, whether their files are there or not.</summary>
    /// <exception cref="LabelledDataException">An .m3u8 is not UTF-8.</exception>
    public static IEnumerable<M3uEntry> Read(string path)
    {
        // Players of the time before Unicode wrote .m3u in the system's own letters, of which Latin-1 has most.
        var isUtf8 = path.EndsWith('8');
        var text = LabelText.Read(path, isUtf8 ? null : Encoding.Latin1);
        var (artist, title) = (default(string), default(string));
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Index())
        {
            if (line.StartsWith(ArtistMark, StringComparison.OrdinalIgnoreCase))
                artist = NullIfBlank(line[ArtistMark.Length..]);
            else if (line.StartsWith(TitleMark, StringComparison.OrdinalIgnoreCase))
                (artist, title) = Split(line, artist);
            else if (line.Length > 0 && line[0] != '#')
            {
                yield return new M3uEntry(index + 1, line, artist, title);
                (artist, title) = (null, null);
            }
        }
    }

    /// <summary>Of "#EXTINF:215,The Ones - First Song" the artist and the title; without " - " it is all title.</summary>
    private static (string? Artist, string? Title) Split(string line, string? artist)
    {
        var comma = line.IndexOf(',');
        var text = comma < 0 ? "" : line[(comma + 1)..];
        var at = text.IndexOf(Between, StringComparison.Ordinal);
        return at < 0 ? (artist, NullIfBlank(text)) : (artist ?? NullIfBlank(text[..at]), NullIfBlank(text[(at + Between.Length)..]));
    }

    private static string? NullIfBlank(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A song of a list.</summary>
/// <param name="Line">The line that names it, from 1.</param>
/// <param name="Path">As it is written: relative to the list, absolute, or an address.</param>
/// <param name="Artist">As the line before says, or null.</param>
/// <param name="Title">As the line before says, or null.</param>
internal sealed record M3uEntry(int Line, string Path, string? Artist, string? Title);
