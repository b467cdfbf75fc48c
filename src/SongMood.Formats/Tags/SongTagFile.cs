using SongMood.Audio;

namespace SongMood.Formats.Tags;

/// <summary>
/// Writes mood, tempo and key into the tags of songs, by TagLibSharp: ID3v2 (MP3, MPEG Layer II, WAV, AIFF), Vorbis comments (FLAC, Ogg
/// Vorbis, Opus), MP4, Windows Media (ASF) and APE tags (WavPack, Monkey's Audio, and MP3s that have one beside ID3v2).
/// </summary>
/// <remarks>
/// Nothing else changes: what TagLibSharp makes of a file is decoded, and its other tags are read, before it takes the file's place; where
/// anything but the tags asked for differs, the file is left as it is and there is an error. The file is replaced in one step by one with
/// the same permissions, whose owner is who runs the program and which has no other hard links. MP4 and other formats that ffmpeg reads
/// need <see cref="AudioFormats"/> with <see cref="AudioFormatsOptions.UseFfmpeg"/>.
/// </remarks>
/// <example><code>
/// using var predictor = MoodPredictor.LoadPretrained();
/// var tags = new SongTags { Mood = predictor.Predict("song.mp3").Mood };
/// if (SongTagFile.Preview("song.mp3", tags).IsNeeded)
///     SongTagFile.Write("song.mp3", tags, new TagJournal("tags.journal"));
/// </code></example>
public static class SongTagFile
{
    /// <summary>What writing tags would do; nothing is written.</summary>
    /// <param name="path">The song.</param>
    /// <param name="tags">The tags that are wanted.</param>
    /// <param name="options">The limits and decoders for the comparison of what is heard; null for the defaults.</param>
    /// <exception cref="AudioFormatException">The file cannot be read, cannot hold such tags, or would not keep all else.</exception>
    /// <exception cref="ArgumentException">A tag is out of range; all faults are listed.</exception>
    public static SongTagChange Preview(string path, SongTags tags, AudioReadOptions? options = null)
    {
        var (edit, _) = Edit(path, tags, options);
        return new SongTagChange(edit.Before, edit.Changed is not null);
    }

    /// <summary>Writes tags into a song, unless it has them already.</summary>
    /// <param name="path">The song.</param>
    /// <param name="tags">The tags that are wanted.</param>
    /// <param name="journal">Where to keep what takes the change back.</param>
    /// <param name="options">The limits and decoders for the comparison of what is heard; null for the defaults.</param>
    /// <returns>What was there, and whether the file was changed.</returns>
    /// <exception cref="AudioFormatException">The file cannot be read, cannot hold such tags, or would not keep all else.</exception>
    /// <exception cref="ArgumentException">A tag is out of range; all faults are listed.</exception>
    /// <exception cref="IOException">The journal or the song cannot be written, or somebody else is changing the song.</exception>
    /// <exception cref="UnauthorizedAccessException">The song is read-only, or its folder or the journal is.</exception>
    public static SongTagChange Write(string path, SongTags tags, TagJournal journal, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var stamp = FileStamp.Of(path);
        var (edit, old) = Edit(path, tags, options);
        if (edit.Changed is not { } changed)
            return new SongTagChange(edit.Before, IsNeeded: false);
        SongFile.CheckWritable(path);
        var entry = new TagJournalEntry
        {
            Path = Path.GetFullPath(path),
            OldHash = TagJournalEntry.Hash(old.Span),
            NewHash = TagJournalEntry.Hash(changed),
            OldTimeUtc = stamp!.Value.LastWriteTimeUtc,
            Old = ByteDelta.Between(old, changed),
        };
        entry.Restore(changed); // a journal that does not lead back is found out now, and not when it is needed
        journal.Append(entry);
        SongFile.Replace(path, changed, stamp.Value, timeUtc: null);
        return new SongTagChange(edit.Before, IsNeeded: true);
    }

    private static (TagEdit Edit, ReadOnlyMemory<byte> Bytes) Edit(string path, SongTags tags, AudioReadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(tags);
        tags.Validate();
        options ??= new();
        options.Validate();
        var bytes = InputBytes.FromFile(path, options);
        return InputBytes.InFile(path, () => (TagEdit.Of(bytes, tags, options), bytes));
    }
}
