using System.Runtime.ExceptionServices;

namespace SongMood.Audio;

/// <summary>
/// The songs of a folder, by the suffixes of their names; nothing is opened. Hidden and system files and folders are left out, and links to
/// folders are not followed, as they may lead in a circle.
/// </summary>
/// <example><code>
/// foreach (var song in AudioFolder.Open("music").Files)
///     Console.WriteLine(AudioFile.Probe(song));
/// </code></example>
public sealed class AudioFolder
{
    internal AudioFolder(string path, IReadOnlyList<string> files) => (Path, Files) = (path, files);

    /// <summary>The folder, as it was named.</summary>
    public string Path { get; }

    /// <summary>The paths of the songs, each beginning with <see cref="Path"/>, in ordinal order (with slashes on every system).</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>How many other files there are, by suffix in lower case (".wma", ".jpg"; "" for none), in ordinal order.</summary>
    public IReadOnlyDictionary<string, int> PassedOver { get; internal init; } = new Dictionary<string, int>();

    /// <summary>The paths of what has a song's name and is no file: named pipes and devices, which could be read for ever.</summary>
    public IReadOnlyList<string> PipesAndDevices { get; internal init; } = [];

    /// <summary>The paths of folders below that cannot be listed, as their names are not UTF-8.</summary>
    public IReadOnlyList<string> UnreadableFolders { get; internal init; } = [];

    /// <summary>Such as "music: 12 songs".</summary>
    public override string ToString() => $"{Path}: {Plural.Of(Files.Count, "song")}";

    /// <summary>Looks through a folder, and keeps the paths of its songs.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fileNameSuffixes">
    /// Ends of the names of songs, with the point, in any case; null for <see cref="AudioFile.FileNameSuffixes"/>.
    /// </param>
    /// <param name="recurse">Whether to look in its sub-folders, in all depths. Default: true.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or one below it, must not be listed; the message names it.</exception>
    public static AudioFolder Open(string path, IReadOnlyList<string>? fileNameSuffixes = null, bool recurse = true)
    {
        var walk = Walk(path, fileNameSuffixes, recurse);
        return walk.Found([.. SongsOf(walk)]);
    }

    /// <summary>
    /// The songs of a folder in the same order, looked for as they are asked for: of a huge folder, only the names in one folder at a time
    /// are in memory.
    /// </summary>
    /// <inheritdoc cref="Open"/>
    public static IEnumerable<string> EnumerateFiles(string path, IReadOnlyList<string>? fileNameSuffixes = null, bool recurse = true) =>
        SongsOf(Walk(path, fileNameSuffixes, recurse));

    /// <summary>Where the tool begins, which goes on where a folder below must not be listed.</summary>
    internal static AudioFolderWalk Walk(string path, IReadOnlyList<string>? fileNameSuffixes = null, bool recurse = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException(
                File.Exists(path) ? $"{path} is a file; a folder is expected." : $"There is no folder {path}.");
        return new AudioFolderWalk(path, fileNameSuffixes ?? AudioFile.FileNameSuffixes, recurse);
    }

    private static IEnumerable<string> SongsOf(AudioFolderWalk walk) => walk.Songs().Select(song =>
    {
        if (song.Error is not null)
            ExceptionDispatchInfo.Throw(song.Error);
        return song.Path;
    });
}
