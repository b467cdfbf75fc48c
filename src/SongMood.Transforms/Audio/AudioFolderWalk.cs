using System.IO.Enumeration;

namespace SongMood.Audio;

/// <summary>
/// Goes through a folder's songs in ordinal order (with slashes on every system), a folder at a time: no more than one folder's names, and
/// those of the folders above it, are in memory, in little more room than their letters.
/// </summary>
/// <param name="folder">The folder, which exists.</param>
/// <param name="fileNameSuffixes">How the names of songs end.</param>
/// <param name="recurse">Whether to look in its sub-folders.</param>
internal sealed class AudioFolderWalk(string folder, IReadOnlyList<string> fileNameSuffixes, bool recurse)
{
    private const char Replacement = '\uFFFD'; // stands for bytes of a name that are no UTF-8

    private readonly SortedDictionary<string, int> _passedOver = new(StringComparer.Ordinal);
    private readonly List<string> _pipesAndDevices = [];
    private readonly List<string> _unreadable = [];

    /// <summary>The songs, and the folders that must not be listed, each with what is wrong.</summary>
    public IEnumerable<(string Path, Exception? Error)> Songs()
    {
        var open = new Stack<(string Folder, FolderNames Names)>();
        if (Open(folder, open) is { } notListed)
            yield return (folder, notListed);
        while (open.TryPeek(out var above))
        {
            if (above.Names.Take() is not var (name, isFolder))
            {
                open.Pop();
                continue;
            }
            var path = Path.Join(above.Folder, name);
            var error = isFolder ? Open(path, open) : null;
            if (error is not null || (!isFolder && IsFile(path)))
                yield return (path, error);
        }
    }

    /// <summary>What was found until now besides songs.</summary>
    /// <param name="songs">The songs, where they are to be kept.</param>
    public AudioFolder Found(IReadOnlyList<string> songs) => new(folder, songs)
    {
        PassedOver = _passedOver,
        PipesAndDevices = _pipesAndDevices,
        UnreadableFolders = _unreadable,
    };

    /// <summary>Lists a folder.</summary>
    /// <returns>Why it cannot be; else null.</returns>
    private Exception? Open(string path, Stack<(string Folder, FolderNames Names)> open)
    {
        var names = new FolderNames();
        try
        {
            foreach (var _ in new FileSystemEnumerable<bool>(
                path, (ref FileSystemEntry entry) => Add(ref entry, names), new EnumerationOptions { IgnoreInaccessible = false }))
            {
                // Adding each is all.
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
        names.Sort();
        open.Push((path, names));
        return null;
    }

    /// <returns>Whether it is to be looked at later.</returns>
    private bool Add(ref FileSystemEntry entry, FolderNames names)
    {
        if (!entry.IsDirectory)
        {
            if (!IsSong(entry.FileName))
                return false;
        }
        else if (!recurse || (entry.Attributes & FileAttributes.ReparsePoint) != 0) // a link may lead in a circle
            return false;
        else if (entry.FileName.Contains(Replacement) && entry.ToSpecifiedFullPath() is var path && !Directory.Exists(path))
        {
            _unreadable.Add(path);
            return false;
        }
        names.Add(entry.FileName, entry.IsDirectory);
        return true;
    }

    private bool IsSong(ReadOnlySpan<char> fileName)
    {
        foreach (var suffix in fileNameSuffixes)
            if (fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return true;
        var other = Path.GetExtension(fileName).ToString().ToLowerInvariant();
        _passedOver[other] = _passedOver.GetValueOrDefault(other) + 1;
        return false;
    }

    private bool IsFile(string path)
    {
        if (SpecialFile.Describe(path) is null)
            return true;
        _pipesAndDevices.Add(path);
        return false;
    }
}
