using SongMood.Playlists;

namespace SongMood.Cli.Predict;

/// <summary>The playlists that <c>--playlists</c> asks for: one a mood in a folder, or one with all songs where a file is named.</summary>
internal sealed class PlaylistOutput(string target, PlaylistPaths paths, IReadOnlyList<string> moods)
{
    private readonly MoodPlaylists _lists = new(moods);

    private bool IsOneFile => IsFile(target);

    /// <summary>Fails now if <see cref="Save"/> would fail later.</summary>
    public static void Check(string target)
    {
        if (IsFile(target))
            AtomicFile.CheckWritable(target);
        else if (target.EndsWith(".m3u", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"{target}: playlists are written in UTF-8, as {Playlist.FileNameSuffix} says: name it {target}8.");
        else if (File.Exists(target))
            throw new IOException($"{target} is a file; expected a folder for the playlists, or a name that ends with "
                + $"{Playlist.FileNameSuffix} for one playlist.");
        else
            AtomicFile.CheckWritable(Path.Combine(Directory.CreateDirectory(target).FullName, "any" + Playlist.FileNameSuffix));
    }

    /// <returns>Why the song cannot be in a list; null where it is.</returns>
    public string? Add(SongPrediction song)
    {
        if (song.Entry!.Obstacle is { } obstacle)
            return $"{song.Song.Path.ReplaceLineEndings(" ")} is in no playlist: {obstacle}. Rename it.";
        _lists.Add(song.Entry, song.Song.Prediction!);
        return null;
    }

    public void Remove(string path) => _lists.Remove(path);

    /// <returns>What was written, such as "Wrote FOLDER: happy 12, sad 3, unsure 4".</returns>
    public string Save()
    {
        if (IsOneFile)
        {
            PlaylistEntry[] songs = [.. _lists.Songs];
            Playlist.Save(target, songs, paths);
            return $"Wrote {target} ({Plural.Of(songs.Length, "song")}).";
        }
        _lists.Save(target, paths);
        return $"Wrote playlists into {target}: {string.Join(", ", _lists.Lists.Select(list => $"{list.Key} {list.Value.Count}"))}.";
    }

    private static bool IsFile(string target) => target.EndsWith(Playlist.FileNameSuffix, StringComparison.OrdinalIgnoreCase);
}
