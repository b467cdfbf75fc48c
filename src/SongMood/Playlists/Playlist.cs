using System.Globalization;
using System.Text;

namespace SongMood.Playlists;

/// <summary>
/// Writes playlists that nearly all players read: extended M3U in UTF-8 (.m3u8). It has no standard; the lines are those that players
/// agree on: <c>#EXTM3U</c>, for each song <c>#EXTINF:seconds,title</c>, and its path.
/// </summary>
/// <example><code>
/// Playlist.Save("all.m3u8", [.. AudioFolder.Open("music").Files.Select(PlaylistEntry.Read)]);
/// </code></example>
public static class Playlist
{
    /// <summary>How the names of playlists end.</summary>
    public const string FileNameSuffix = ".m3u8";

    /// <summary>Writes a playlist; one that is there is replaced once the new one is whole.</summary>
    /// <param name="path">The file, whose folder is made where there is none.</param>
    /// <param name="songs">The songs in their order; a list without songs is one, too.</param>
    /// <param name="paths">How the songs are named. Default: relative.</param>
    /// <exception cref="ArgumentException">A song cannot be named in a playlist, as a name with a line break cannot.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<PlaylistEntry> songs, PlaylistPaths paths = PlaylistPaths.Relative)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(songs);
        if (!Enum.IsDefined(paths))
            throw new ArgumentException($"{nameof(paths)} is {paths}; expected {string.Join(" or ", Enum.GetNames<PlaylistPaths>())}.");
        foreach (var song in songs)
            if (song.Obstacle is { } obstacle)
                throw new ArgumentException($"{song.Path} cannot stand in a playlist: {obstacle}. Rename it, or leave it out.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var text = Text(songs, paths == PlaylistPaths.Relative ? FolderLinks.Follow(folder) : null);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(IReadOnlyList<PlaylistEntry> songs, string? folder)
    {
        var text = new StringBuilder("#EXTM3U\n");
        foreach (var song in songs)
        {
            var seconds = song.Duration is { } duration ? Math.Round(duration.TotalSeconds) : -1; // which players take for "unknown"
            var title = (song.Title ?? Path.GetFileNameWithoutExtension(song.Path)).ReplaceLineEndings(" ");
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{seconds:0},{title}\n{Location(song.Path, folder)}\n");
        }
        return text.ToString();
    }

    private static string Location(string song, string? folder)
    {
        if (folder is null)
            return Path.GetFullPath(song);
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(song)).Replace(Path.DirectorySeparatorChar, '/');
        // Else the line would be a comment, or lose its space.
        return relative[0] == '#' || char.IsWhiteSpace(relative[0]) ? $"./{relative}" : relative;
    }
}
