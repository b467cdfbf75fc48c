using SongMood.Audio;
using SongMood.Learning;

namespace SongMood.Cli.Predict;

/// <summary>The songs that a person means by files and folders.</summary>
/// <param name="Songs">Files as given, whatever their names; songs of folders in all depths, in ordinal order. An error stands where there
/// are none.</param>
/// <param name="Remarks">What was passed over in the folders, a sentence each.</param>
internal sealed record AudioPaths(IReadOnlyList<(string Path, string? Error)> Songs, IReadOnlyList<string> Remarks)
{
    public static AudioPaths Expand(IEnumerable<string> paths)
    {
        var songs = new List<(string, string?)>();
        var folders = new List<AudioFolder>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                songs.Add((path, null));
                continue;
            }
            try
            {
                var folder = AudioFolder.Open(path);
                folders.Add(folder);
                if (folder.Files.Count == 0)
                    songs.Add((path, $"{path}: the folder has no songs ({string.Join(", ", AudioFile.FileNameSuffixes)})."));
                songs.AddRange(folder.Files.Select(song => (song, (string?)null)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                songs.Add((path, error.Message.Contains(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}"));
            }
        }
        return new AudioPaths(songs, [.. PassedOver.Remarks(folders)]);
    }
}
