using SongMood.Audio;
using SongMood.Learning;

namespace SongMood.Cli.Predict;

/// <summary>
/// The songs that a person means by files and folders, looked for as they are asked for: files as given, whatever their names; songs of
/// folders in all depths, in ordinal order. An error stands where there are none.
/// </summary>
internal sealed class AudioPaths(IEnumerable<string> paths)
{
    private readonly List<AudioFolderWalk> _walks = [];

    /// <summary>To be gone through once.</summary>
    public IEnumerable<(string Path, string? Error)> Songs => paths.SelectMany(path =>
        Directory.Exists(path) ? SongsOf(path) : [(path, null)]);

    /// <summary>What was passed over in the folders until now, a sentence each.</summary>
    public IEnumerable<string> Remarks => PassedOver.Remarks([.. _walks.Select(walk => walk.Found([]))]);

    private IEnumerable<(string Path, string? Error)> SongsOf(string folder)
    {
        var walk = AudioFolder.Walk(folder);
        _walks.Add(walk);
        var isEmpty = true;
        foreach (var (path, error) in walk.Songs())
        {
            isEmpty = false;
            yield return (path, error is null || error.Message.Contains(path, StringComparison.Ordinal)
                ? error?.Message : $"{path}: {error.Message}");
        }
        if (isEmpty)
            yield return (folder, $"{folder}: the folder has no songs ({string.Join(", ", AudioFile.FileNameSuffixes)}).");
    }
}
