using SongMood.Audio;

namespace SongMood.Cli.Predict;

/// <summary>Finds the songs that a person means by files and folders.</summary>
internal static class AudioPaths
{
    /// <summary>
    /// Files as given, whatever their names; of folders the songs in all depths, in ordinal order. A folder without any comes with an
    /// error.
    /// </summary>
    public static IEnumerable<(string Path, string? Error)> Expand(IEnumerable<string> paths) => paths.SelectMany(path =>
    {
        if (!Directory.Exists(path))
            return [(path, null)];
        try
        {
            var songs = AudioFolder.Open(path).Files;
            return songs.Count > 0 ? songs.Select(song => (song, (string?)null))
                : [(path, $"The folder has no songs ({string.Join(", ", AudioFile.FileNameSuffixes)}).")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [(path, error.Message)];
        }
    });
}
