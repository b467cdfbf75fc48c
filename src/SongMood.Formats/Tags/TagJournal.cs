namespace SongMood.Formats.Tags;

/// <summary>
/// A file that tells how to take back what <see cref="SongTagFile.Write"/> has written: for each change a line of JSON with the hashes of
/// the song's file before and after, and those old bytes that the new file no longer has. A line is on the disk before the song is
/// changed. So whatever moment the process ends at, each song is the old one or the new one, and the journal knows both.
/// </summary>
/// <remarks>One process writes into it at a time; several threads may.</remarks>
/// <example><code>
/// var journal = new TagJournal("undo.journal");
/// SongTagFile.Write("song.mp3", new SongTags { Mood = "calm", TempoBpm = 96, Key = "Am" }, journal);
/// foreach (var undo in journal.Undo())
///     Console.WriteLine($"{undo.Path}: {undo.Error ?? "as it was"}");
/// </code></example>
public sealed class TagJournal
{
    private readonly Lock _lock = new();

    /// <summary>A journal, which is begun or gone on with at the first change.</summary>
    /// <param name="path">Its file; the folder must be there.</param>
    public TagJournal(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>Its file.</summary>
    public string Path { get; }

    /// <summary>
    /// Gives songs their old bytes and the time of their last change back, the latest change first. A file that somebody else has changed
    /// since is left as it is, and so is one that is gone. It may be stopped and begun again at any time: what is restored already is so.
    /// </summary>
    /// <param name="isWanted">Which songs, by their full paths; null for all.</param>
    /// <param name="cancellationToken">Stops between two songs.</param>
    /// <returns>What came of each song, in the order in which they were first changed.</returns>
    /// <exception cref="FileNotFoundException">There is no such journal.</exception>
    /// <exception cref="InvalidDataException">It is no journal, or is damaged; the message names the line.</exception>
    public IReadOnlyList<TagUndo> Undo(Func<string, bool>? isWanted = null, CancellationToken cancellationToken = default)
    {
        var results = new List<TagUndo>();
        foreach (var song in Read().Where(entry => isWanted?.Invoke(entry.Path) ?? true).GroupBy(entry => entry.Path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(TagRestoration.Restore(song.Key, [.. song.Reverse()]));
        }
        return results;
    }

    internal void Append(TagJournalEntry entry)
    {
        var line = entry.ToLine();
        lock (_lock)
        {
            using var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            file.SetLength(WholeLinesLength(file)); // a line that was cut off belongs to a change that did not come to be
            file.Seek(0, SeekOrigin.End);
            file.Write(line);
            file.Flush(flushToDisk: true);
        }
    }

    private List<TagJournalEntry> Read()
    {
        if (!File.Exists(Path))
            throw new FileNotFoundException($"There is no journal {Path}; 'songmood tag --write' and SongTagFile.Write keep one.", Path);
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(Path);
        var entries = new List<TagJournalEntry>();
        for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            try
            {
                entries.Add(TagJournalEntry.Parse(rest[..end]));
            }
            catch (FormatException error)
            {
                throw new InvalidDataException($"{Path}, line {entries.Count + 1}: {error.Message}.", error);
            }
        return entries.Count > 0 || rest.IsEmpty || rest.Span[0] == (byte)'{' ? entries
            : throw new InvalidDataException($"{Path} is no journal of tags: a line of JSON is expected.");
    }

    private static long WholeLinesLength(FileStream file)
    {
        var bytes = new byte[1 << 16];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - bytes.Length);
            file.Position = start;
            var part = bytes.AsSpan(0, (int)(end - start));
            file.ReadExactly(part);
            if (part.LastIndexOf((byte)'\n') is >= 0 and var at)
                return start + at + 1;
            end = start;
        }
        return 0;
    }
}
