using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Tags;

/// <summary>
/// Writes tags into the bytes of a file, by TagLibSharp, which is not trusted: what it made is decoded, and its tags are read by it and by
/// our own reader. If anything but our fields has changed, there is an error instead.
/// </summary>
internal sealed class TagEdit
{
    private const string Library = "TagLibSharp";

    // A stereo song of 44.1 kHz in pieces of 5 MB or so.
    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(30);

    private TagEdit(SongTags before, byte[]? changed) => (Before, Changed) = (before, changed);

    public SongTags Before { get; }

    /// <summary>All bytes of the file with the tags; null where it has them already.</summary>
    public byte[]? Changed { get; }

    /// <exception cref="AudioFormatException">The file cannot be read, cannot hold such tags, or would not keep all else.</exception>
    public static TagEdit Of(ReadOnlyMemory<byte> bytes, SongTags tags, AudioReadOptions options)
    {
        var (before, changed) = LibraryFaults.Told("song", Library, () =>
        {
            using var content = new TagLibContent(bytes.Span);
            SongTags[] tagsBefore = [.. content.Fields.Select(fields => fields.Read())];
            var isChanged = content.Fields.Count(fields => fields.Write(tags)) > 0;
            return (Merged(tagsBefore), isChanged ? content.Save() : null);
        });
        if (changed is not null)
        {
            changed = Id3V2Splice.KeepFrames(bytes, changed);
            KeepId3V1(bytes.Span, changed);
            Check(bytes, changed, tags, options);
        }
        return new TagEdit(before, changed);
    }

    /// <summary>What the first tag says that says anything.</summary>
    private static SongTags Merged(SongTags[] tags) => new()
    {
        Mood = tags.Select(tag => tag.Mood).FirstOrDefault(mood => mood is not null),
        TempoBpm = tags.Select(tag => tag.TempoBpm).FirstOrDefault(tempo => tempo is not null),
        Key = tags.Select(tag => tag.Key).FirstOrDefault(key => key is not null),
    };

    /// <summary>An ID3v1 tag at the end has none of our fields, and TagLibSharp cuts texts in it.</summary>
    private static void KeepId3V1(ReadOnlySpan<byte> old, byte[] changed)
    {
        if (old.Length < Id3V1.Length || changed.Length < Id3V1.Length)
            return;
        var tag = old[^Id3V1.Length..];
        var place = changed.AsSpan(changed.Length - Id3V1.Length);
        if (tag.StartsWith("TAG"u8) && place.StartsWith("TAG"u8))
            tag.CopyTo(place);
    }

    private static void Check(ReadOnlyMemory<byte> old, byte[] changed, SongTags tags, AudioReadOptions options)
    {
        if (!SamplesHash(old, options).AsSpan().SequenceEqual(SamplesHash(changed, options)))
            throw Refused("the audio");
        LibraryFaults.Told("song", Library, () =>
        {
            using var before = new TagLibContent(old.Span);
            using var after = new TagLibContent(changed);
            if (!before.Others().Order(StringComparer.Ordinal).SequenceEqual(after.Others().Order(StringComparer.Ordinal)))
                throw Refused("other tags");
            if (after.Fields.Any(fields => fields.Write(tags)))
                throw Refused("not all of them would be there");
            return true;
        });
        if (Texts(old, options) != Texts(changed, options))
            throw Refused("title, artist or other texts");
        if (OtherFrames(old) is var frames && !frames.SequenceEqual(OtherFrames(changed)))
            throw Refused($"other ID3v2 frames ({string.Join(", ",
                frames.Except(OtherFrames(changed)).Select(frame => frame.Split(' ')[0]).Distinct())})");
    }

    private static AudioFormatException Refused(string what) =>
        new($"{Library} would change more than the tags asked for: {what}. The file is left as it is; use another program for its tags");

    /// <summary>A hash of what is heard: rate, channels and all samples.</summary>
    private static byte[] SamplesHash(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = InputBytes.Stream(bytes);
        foreach (var piece in AudioFile.ReadPieces(stream, Piece, options))
        {
            hash.AppendData(MemoryMarshal.AsBytes([piece.SampleRate, piece.ChannelCount, piece.SampleCount]));
            for (var channel = 0; channel < piece.ChannelCount; channel++)
                hash.AppendData(MemoryMarshal.AsBytes(piece.Channel(channel)));
        }
        return hash.GetHashAndReset();
    }

    private static AudioInfo Texts(ReadOnlyMemory<byte> bytes, AudioReadOptions options) =>
        AudioFile.Probe(bytes, options) with { BitRate = 0, Duration = default };

    /// <summary>The frames of the ID3v2 tag besides ours, by our own reader; in order, as another order says the same.</summary>
    private static IEnumerable<string> OtherFrames(ReadOnlyMemory<byte> bytes)
    {
        var frames = new List<string>();
        Id3V2.ReadFrames(Id3V2Place.Find(bytes.Span), (name, content) =>
        {
            var texts = name[0] == 'T' ? Id3V2.Texts(content).TrimEnd('\0') : null; // a zero at the end says nothing
            if (!Id3V2Fields.IsOurs(name, texts?.Split('\0')[0]))
                frames.Add($"{name} {texts ?? Convert.ToHexString(content.TrimEnd((byte)0))}");
        });
        return frames.Order(StringComparer.Ordinal);
    }
}
