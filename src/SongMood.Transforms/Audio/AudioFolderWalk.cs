using System.IO.Enumeration;

namespace SongMood.Audio;

/// <summary>
/// Goes through a folder's songs in ordinal order (with slashes on every system), a folder at a time: no more than one folder's names, and
/// those of the folders above it, are in memory.
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
        var open = new Stack<Entry>();
        open.Push(new Entry(folder, IsFolder: true));
        while (open.TryPop(out var entry))
        {
            if (!entry.IsFolder)
            {
                if (IsSong(entry.Path))
                    yield return (entry.Path, null);
                continue;
            }
            var (entries, error) = List(entry.Path);
            if (error is not null)
                yield return (entry.Path, error);
            for (var last = entries.Length - 1; last >= 0; last--)
                open.Push(entries[last]);
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

    private (Entry[] Entries, Exception? Error) List(string path)
    {
        try
        {
            Entry[] entries = [.. new FileSystemEnumerable<Entry>(path, EntryOf, new EnumerationOptions { IgnoreInaccessible = false })
                .Where(entry => entry.Path is not null)];
            // A folder stands where the paths of its files do: a slash ends its name.
            Array.Sort(Array.ConvertAll(entries, entry => entry.Path.Replace('\\', '/') + (entry.IsFolder ? "/" : "")), entries,
                StringComparer.Ordinal);
            return (entries, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ([], error);
        }
    }

    private Entry EntryOf(ref FileSystemEntry entry)
    {
        var path = entry.ToSpecifiedFullPath();
        if (!entry.IsDirectory)
            return new Entry(path, IsFolder: false);
        if (!recurse || (entry.Attributes & FileAttributes.ReparsePoint) != 0) // a link may lead in a circle
            return default;
        if (!entry.FileName.Contains(Replacement) || Directory.Exists(path))
            return new Entry(path, IsFolder: true);
        _unreadable.Add(path);
        return default;
    }

    private bool IsSong(string path)
    {
        if (!fileNameSuffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
        {
            var other = Path.GetExtension(path).ToLowerInvariant();
            _passedOver[other] = _passedOver.GetValueOrDefault(other) + 1;
            return false;
        }
        if (SpecialFile.Describe(path) is null)
            return true;
        _pipesAndDevices.Add(path);
        return false;
    }

    /// <param name="Path">Beginning with the folder as it was named; null for what is left out.</param>
    /// <param name="IsFolder">Whether it is a folder to look into.</param>
    private readonly record struct Entry(string Path, bool IsFolder);
}
