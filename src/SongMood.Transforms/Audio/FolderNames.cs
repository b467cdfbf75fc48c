using System.Runtime.InteropServices;

namespace SongMood.Audio;

/// <summary>
/// The names in one folder, which may be hundreds of thousands: all in one run of letters, as a string for each would take several times
/// the memory.
/// </summary>
internal sealed class FolderNames
{
    private const char FolderEnd = '/'; // in no name

    private readonly List<char> _letters = [];
    private readonly List<(int Start, int Length)> _names = [];
    private int _taken;

    public void Add(ReadOnlySpan<char> name, bool isFolder)
    {
        var start = _letters.Count;
        _letters.AddRange(name);
        if (isFolder)
            _letters.Add(FolderEnd);
        _names.Add((start, _letters.Count - start));
    }

    /// <summary>Puts the names in ordinal order. A folder stands where the paths of its files do: a slash ends its name.</summary>
    public void Sort() => _names.Sort((one, other) => Letters(one).SequenceCompareTo(Letters(other)));

    /// <summary>The next name; null where there is none any more.</summary>
    public (string Name, bool IsFolder)? Take()
    {
        if (_taken == _names.Count)
            return null;
        var name = Letters(_names[_taken++]);
        return name[^1] == FolderEnd ? (name[..^1].ToString(), true) : (name.ToString(), false);
    }

    private ReadOnlySpan<char> Letters((int Start, int Length) name) =>
        CollectionsMarshal.AsSpan(_letters).Slice(name.Start, name.Length);
}
