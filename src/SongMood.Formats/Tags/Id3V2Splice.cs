using System.Buffers.Binary;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Tags;

/// <summary>
/// Keeps the other frames of an ID3v2 tag to the byte. TagLibSharp writes all frames anew, and loses some: of several artists all but the
/// first (version 2.3), of "(3)Dance" the word, of a list of people all but one. So its tag gives our frames, and the old one the rest.
/// </summary>
internal static class Id3V2Splice
{
    private const int HeaderLength = 10, PaddingLength = 1024, MostLength = 1 << 28;
    private const byte Unsynchronised = 0x80, Extended = 0x40, Footer = 0x10;

    /// <param name="old">The file before.</param>
    /// <param name="changed">The file that TagLibSharp made of it.</param>
    /// <returns>The changed file with the frames of the old one; as it is where the old one has no tag at its start, or one that is damaged
    /// or of a rare form (with an extended header or a footer).</returns>
    public static byte[] KeepFrames(ReadOnlyMemory<byte> old, byte[] changed)
    {
        var (oldTag, newTag) = (TagAtStart(old), TagAtStart(changed));
        if (oldTag.IsEmpty || newTag.IsEmpty || oldTag.Span[3] != newTag.Span[3]
            || Frames(oldTag.Span) is not { } oldFrames || Frames(newTag.Span) is not { } newFrames)
            return changed;
        byte[] body = [.. oldFrames.Where(frame => !frame.IsOurs).Concat(newFrames.Where(frame => frame.IsOurs))
            .SelectMany(frame => frame.Bytes)];
        var length = oldTag.Length - HeaderLength;
        length = body.Length <= length ? length : body.Length + PaddingLength;
        if (length >= MostLength)
            return changed;
        var result = new byte[HeaderLength + length + changed.Length - newTag.Length];
        oldTag.Span[..HeaderLength].CopyTo(result);
        if (oldTag.Span[3] < 4)
            result[5] &= unchecked((byte)~Unsynchronised); // Frames has undone it
        BinaryPrimitives.WriteInt32BigEndian(result.AsSpan(6),
            (length & 0x7F) | (length >> 7 & 0x7F) << 8 | (length >> 14 & 0x7F) << 16 | (length >> 21 & 0x7F) << 24);
        body.CopyTo(result, HeaderLength);
        changed.AsSpan(newTag.Length).CopyTo(result.AsSpan(HeaderLength + length));
        return result;
    }

    private static ReadOnlyMemory<byte> TagAtStart(ReadOnlyMemory<byte> file) =>
        file.Span.StartsWith("ID3"u8) ? file[..Id3V2Place.Find(file.Span).Length] : default;

    /// <summary>All frames, headers and all; null where something is not as it should be.</summary>
    private static List<(byte[] Bytes, bool IsOurs)>? Frames(ReadOnlySpan<byte> tag)
    {
        int version = tag[3], flags = tag[5];
        if (version is < 2 or > 4 || (flags & (Extended | Footer)) != 0)
            return null;
        var body = tag[HeaderLength..];
        if (version < 4 && (flags & Unsynchronised) != 0)
            body = Id3V2.Resynchronise(body.ToArray());
        var frames = new List<(byte[], bool)>();
        while (!body.IsEmpty && body[0] != 0)
        {
            var frame = Id3V2.FrameLength(body, version);
            var nameLength = version == 2 ? 3 : 4;
            if (frame == 0 || body[..nameLength].ContainsAnyExcept(NameLetters))
                return null;
            frames.Add((body[..frame].ToArray(), IsOurs(body[..frame], nameLength, version)));
            body = body[frame..];
        }
        return body.ContainsAnyExcept((byte)0) ? null : frames;
    }

    private static System.Buffers.SearchValues<byte> NameLetters { get; } =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    private static bool IsOurs(ReadOnlySpan<byte> frame, int nameLength, int version)
    {
        var name = System.Text.Encoding.ASCII.GetString(frame[..nameLength]);
        return Id3V2Fields.IsOurs(name, name is "TXXX" or "TXX" ? Id3V2.Text(frame[(version == 2 ? 6 : 10)..]) : null);
    }
}
