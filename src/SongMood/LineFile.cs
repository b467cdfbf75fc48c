using System.Text;

namespace SongMood;

/// <summary>
/// A file of lines that grows as work is done. A line is written in one piece, and one that was torn when its process died is dropped by
/// the next: what was written before is never lost. Two processes at once would mix their lines, so that the second is refused.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _file;

    /// <param name="path">The file, which need not be there.</param>
    /// <exception cref="IOException">Another process writes to it, or it cannot be opened.</exception>
    public LineFile(string path) =>
        // On Unix only FileShare.None keeps other writers out: all else is one shared lock.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferBytes);

    /// <summary>Whether there is nothing in it, or what may be a file of ours: nothing of another file is cut off.</summary>
    public bool IsEmptyOrBegins(char first)
    {
        _file.Position = 0;
        return _file.ReadByte() is var value && (value < 0 || value == first);
    }

    /// <summary>All whole lines, each with its place, from the start; what follows the last of them is cut off.</summary>
    public IEnumerable<(long Place, string Line)> ReadAll()
    {
        var place = 0L;
        while (ReadAt(place) is var (line, next))
        {
            yield return (place, line);
            place = next;
        }
        _file.SetLength(place);
    }

    /// <summary>The line that begins at a place.</summary>
    public string Read(long place) => ReadAt(place)?.Line
        ?? throw new InvalidDataException($"{_file.Name} has no whole line at byte {place}; it was changed from outside.");

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="toDisk">Whether it is to outlive the machine, too, and not only the process.</param>
    /// <returns>Its place.</returns>
    public long Append(string line, bool toDisk)
    {
        var place = _file.Seek(0, SeekOrigin.End);
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush(toDisk);
        return place;
    }

    /// <summary>Takes all lines away.</summary>
    public void Clear() => _file.SetLength(0);

    public void Dispose() => _file.Dispose();

    /// <summary>The whole line at a place, and where the next one begins; null where there is none.</summary>
    private (string Line, long Next)? ReadAt(long place)
    {
        if (_file.Position != place)
            _file.Position = place;
        using var bytes = new MemoryStream();
        for (int value; (value = _file.ReadByte()) >= 0;)
        {
            if (value == '\n')
                return (Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), place + bytes.Length + 1);
            bytes.WriteByte((byte)value);
        }
        return null;
    }
}
