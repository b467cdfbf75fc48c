using System.Buffers.Binary;
using System.Text;

namespace SongMood.Audio.Tags;

/// <summary>The text frames of a tag of ID3v2.2, 2.3 or 2.4 (the informal standards). What is damaged is passed over.</summary>
internal static class Id3V2
{
    private const int HeaderLength = 10;

    /// <summary>
    /// Takes a frame: its name of three or four letters, and its content, which is empty where it is compressed or encrypted.
    /// </summary>
    public delegate void FrameReader(string name, ReadOnlySpan<byte> content);

    /// <summary>Reads a tag, header and all.</summary>
    public static void Read(ReadOnlySpan<byte> tag, TagText text)
    {
        var described = "";
        ReadFrames(tag, (name, content) =>
        {
            if (name[0] == 'T')
                text.Keep(name, Text(content));
            else if (name is "COMM" or "COM")
            {
                var (description, comment) = Comment(content);
                if (description.Length == 0)
                    text.Keep(name, comment);
                else if (described.Length == 0 && !description.StartsWith("iTun", StringComparison.Ordinal))
                    described = comment; // iTunNORM, iTunSMPB and the like are numbers for a player
            }
        });
        text.Keep("COMM", described);
    }

    /// <summary>Reads the frames of a tag, header and all.</summary>
    public static void ReadFrames(ReadOnlySpan<byte> tag, FrameReader read)
    {
        int version = tag[3], flags = tag[5];
        if (version is < 2 or > 4)
            return;
        var body = tag[HeaderLength..];
        if (version < 4 && (flags & 0x80) != 0)
            body = Resynchronise(body.ToArray());
        if (version > 2 && (flags & 0x40) != 0 && body.Length >= 4) // an extended header: 2.3 does not count its own length field
            body = body[Math.Min(body.Length, version == 3 ? 4 + (int)Math.Min(int.MaxValue - 4, Size(body, 3)) : (int)Size(body, 4))..];
        while (TryReadFrame(ref body, version, out var name, out var content))
            read(name, content);
    }

    private static bool TryReadFrame(ref ReadOnlySpan<byte> body, int version, out string name, out ReadOnlySpan<byte> content)
    {
        name = "";
        content = default;
        var (nameLength, headerLength) = version == 2 ? (3, 6) : (4, 10);
        if (body.IsEmpty || body[0] == 0)
            return false; // the end, or padding
        if (FrameLength(body, version) is not (> 0 and var length))
            return false;
        name = Encoding.Latin1.GetString(body[..nameLength]);
        content = body[headerLength..length];
        var flags = version == 2 ? 0 : body[9];
        body = body[length..];

        // Compressed or encrypted frames are left alone; 2.4 may add a length (0x01) or undo a false sync (0x02) frame by frame.
        if ((version == 3 && (flags & 0xC0) != 0) || (version == 4 && (flags & 0x0C) != 0))
            content = default;
        else if (version == 4)
        {
            if ((flags & 0x01) != 0)
                content = content[Math.Min(4, content.Length)..];
            if ((flags & 0x02) != 0)
                content = Resynchronise(content.ToArray());
        }

        return true;
    }

    /// <summary>The length of the frame that begins here, header and all; 0 where it would go on past the end.</summary>
    public static int FrameLength(ReadOnlySpan<byte> body, int version)
    {
        var (nameLength, headerLength) = version == 2 ? (3, 6) : (4, 10);
        if (body.Length < headerLength)
            return 0;
        var size = Size(body[nameLength..], version);
        if (version == 4 && !IsFrameEnd(body, headerLength + size)
            && BinaryPrimitives.ReadUInt32BigEndian(body[nameLength..]) is var plain && IsFrameEnd(body, headerLength + plain))
            size = plain; // iTunes wrote sizes in 2.4 as in 2.3
        return size <= body.Length - headerLength ? headerLength + (int)size : 0;
    }

    // Whether a frame may end here: where the next one's name, padding or nothing follows.
    private static bool IsFrameEnd(ReadOnlySpan<byte> body, long end) =>
        end == body.Length || (end < body.Length && (body[(int)end] == 0 || IsFrameName(body[(int)end..])));

    private static bool IsFrameName(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && char.IsAsciiLetterUpper((char)bytes[0]) && bytes[1..4].IndexOfAnyExceptInRange((byte)'0', (byte)'Z') < 0;

    private static long Size(ReadOnlySpan<byte> bytes, int version) => version switch
    {
        2 => bytes[0] << 16 | bytes[1] << 8 | bytes[2],
        3 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        _ => (bytes[0] & 0x7F) << 21 | (bytes[1] & 0x7F) << 14 | (bytes[2] & 0x7F) << 7 | (bytes[3] & 0x7F),
    };

    /// <summary>Undoes unsynchronisation, which puts a zero after each 0xFF.</summary>
    public static ReadOnlySpan<byte> Resynchronise(byte[] bytes)
    {
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[count++] = bytes[i];
            if (bytes[i] == 0xFF && i + 1 < bytes.Length && bytes[i + 1] == 0)
                i++;
        }

        return bytes.AsSpan(0, count);
    }

    /// <summary>The first text of a frame of texts.</summary>
    public static string Text(ReadOnlySpan<byte> content) => FirstOf(Texts(content));

    /// <summary>What a frame of texts says, with a zero between two: an encoding, then the texts.</summary>
    public static string Texts(ReadOnlySpan<byte> content) =>
        content.IsEmpty ? "" : Decode(content[0], content[1..Math.Min(content.Length, TagText.LongestText)]);

    // Encoding, three letters of language, a description that ends with a zero, the text.
    private static (string Description, string Text) Comment(ReadOnlySpan<byte> content)
    {
        if (content.Length < 5)
            return ("", "");
        var parts = Decode(content[0], content[4..Math.Min(content.Length, TagText.LongestText)]).Split('\0', 2);
        return parts.Length < 2 ? ("", "") : (parts[0], FirstOf(parts[1].TrimStart('\uFEFF', '\uFFFE')));
    }

    // Several values are set apart by zeros: the first stands for all.
    private static string FirstOf(string text) => text.Split('\0', 2)[0];

    private static string Decode(byte encoding, ReadOnlySpan<byte> bytes) => encoding switch
    {
        0 => Encoding.Latin1.GetString(bytes),
        1 when bytes.Length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        1 when bytes.Length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE => Encoding.Unicode.GetString(bytes[2..]),
        1 => Encoding.Unicode.GetString(bytes),
        2 => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
