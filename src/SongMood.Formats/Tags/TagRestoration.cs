using SongMood.Audio;

namespace SongMood.Formats.Tags;

/// <summary>Takes the changes of one song back.</summary>
internal static class TagRestoration
{
    /// <param name="path">The song's file.</param>
    /// <param name="entries">Its changes, the latest first.</param>
    public static TagUndo Restore(string path, IReadOnlyList<TagJournalEntry> entries)
    {
        try
        {
            var stamp = FileStamp.Of(path) ?? throw new FileNotFoundException($"{path}: there is no such file; was it moved?", path);
            var file = File.ReadAllBytes(path);
            var (bytes, time, error) = Before(path, file, entries);
            if (time is { } old)
                SongFile.Replace(path, bytes, stamp, old);
            return new TagUndo(path, time is not null, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new TagUndo(path, false,
                error.Message.Contains(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}");
        }
    }

    /// <summary>What the file was before the earliest change that can be taken back; no time where nothing can.</summary>
    private static (byte[] Bytes, DateTime? Time, string? Error) Before(string path, byte[] bytes, IReadOnlyList<TagJournalEntry> entries)
    {
        DateTime? time = null;
        var hash = TagJournalEntry.Hash(bytes);
        foreach (var entry in entries)
        {
            if (hash != entry.NewHash)
                continue; // taken back already, or the process ended before the file was changed
            try
            {
                (bytes, time, hash) = (entry.Restore(bytes), entry.OldTimeUtc, entry.OldHash);
            }
            catch (FormatException error)
            {
                return (bytes, time, $"{path}: {error.Message}.");
            }
        }
        return (bytes, time, hash == entries[^1].OldHash ? null
            : $"{path}: it has been changed since its tags were written, and is left as it is"
                + (time is null ? "." : ", as of that change."));
    }
}
