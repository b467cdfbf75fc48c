using System.IO.Enumeration;

namespace SongMood.Audio;

/// <summary>
/// The songs of a folder, by the suffixes of their names; nothing is opened. Hidden and system files and folders are left out, and links to
/// folders are not followed, as they may lead in a circle.
/// </summary>
public sealed class AudioFolder
{
    private const char Replacement = '\uFFFD'; // stands for bytes of a name that are no UTF-8

    private AudioFolder(string path, IReadOnlyList<string> files) => (Path, Files) = (path, files);

    /// <summary>The folder, as it was named.</summary>
    public string Path { get; }

    /// <summary>The paths of the songs, each beginning with <see cref="Path"/>, in ordinal order (with slashes on every system).</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>How many other files there are, by suffix in lower case (".wma", ".jpg"; "" for none), in ordinal order.</summary>
    public IReadOnlyDictionary<string, int> PassedOver { get; private init; } = new Dictionary<string, int>();

    /// <summary>The paths of what has a song's name and is no file: named pipes and devices, which could be read for ever.</summary>
    public IReadOnlyList<string> PipesAndDevices { get; private init; } = [];

    /// <summary>The paths of folders below that cannot be listed, as their names are not UTF-8.</summary>
    public IReadOnlyList<string> UnreadableFolders { get; private init; } = [];

    /// <summary>Looks through a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fileNameSuffixes">
    /// Ends of the names of songs, with the point, in any case; null for <see cref="AudioFile.FileNameSuffixes"/>.
    /// </param>
    /// <param name="recurse">Whether to look in its sub-folders, in all depths. Default: true.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or one below it, must not be listed; the message names it.</exception>
    public static AudioFolder Open(string path, IReadOnlyList<string>? fileNameSuffixes = null, bool recurse = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException(
                File.Exists(path) ? $"{path} is a file; a folder is expected." : $"There is no folder {path}.");
        var suffixes = fileNameSuffixes ?? AudioFile.FileNameSuffixes;
        var (songs, passedOver) = (new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var unreadable = new List<string>();
        foreach (var file in FilesIn(path, recurse, unreadable))
        {
            if (suffixes.Any(suffix => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
                songs.Add(file);
            else if (System.IO.Path.GetExtension(file).ToLowerInvariant() is var other)
                passedOver[other] = passedOver.GetValueOrDefault(other) + 1;
        }
        var ordered = songs.OrderBy(song => song.Replace('\\', '/'), StringComparer.Ordinal)
            .ToLookup(song => SpecialFile.Describe(song) is null);
        return new AudioFolder(path, [.. ordered[true]])
        {
            PassedOver = passedOver,
            PipesAndDevices = [.. ordered[false]],
            UnreadableFolders = unreadable,
        };
    }

    private static FileSystemEnumerable<string> FilesIn(string folder, bool recurse, List<string> unreadable) => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
        new EnumerationOptions { RecurseSubdirectories = recurse, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) =>
        {
            if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
                return false;
            var isFound = !entry.FileName.Contains(Replacement) || Directory.Exists(entry.ToFullPath());
            if (!isFound)
                unreadable.Add(entry.ToSpecifiedFullPath());
            return isFound;
        },
    };
}
