using System.IO.Enumeration;

namespace SongMood.Cli.Predict;

/// <summary>Finds the songs that a person means by files and folders.</summary>
internal static class AudioPaths
{
    /// <summary>What counts as a song in a folder. A file that is named itself is always tried, whatever its name.</summary>
    private static readonly string[] Extensions = [".mp3", ".mpga", ".wav", ".wave"];

    /// <summary>Files as given; of folders the songs in all depths, in ordinal order; a folder without any comes with an error.</summary>
    public static IEnumerable<(string Path, string? Error)> Expand(IEnumerable<string> paths) => paths.SelectMany(path =>
    {
        if (!Directory.Exists(path))
            return [(path, null)];
        try
        {
            var songs = SongsIn(path).Order(StringComparer.Ordinal).Select(song => (song, (string?)null)).ToArray();
            return songs.Length > 0 ? songs : [(path, $"The folder has no songs ({string.Join(", ", Extensions)}).")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [(path, error.Message)];
        }
    });

    private static FileSystemEnumerable<string> SongsIn(string folder) => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsSong(entry.FileName),
        // Links to folders may lead in a circle.
        ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    };

    private static bool IsSong(ReadOnlySpan<char> fileName)
    {
        foreach (var extension in Extensions)
            if (fileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
