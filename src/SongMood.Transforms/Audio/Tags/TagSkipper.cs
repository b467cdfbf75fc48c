using System.Buffers.Binary;
using System.Globalization;

namespace SongMood.Audio.Tags;

/// <summary>Finds the tags around (and within) the audio: ID3v2, ID3v1, APE, Lyrics3.</summary>
internal static class TagSkipper
{
    private const int Id3V2HeaderLength = 10;
    private const int ApeFooterLength = 32;

    // Lyrics3 v1: at most 5100 bytes of text after its opening mark; all other tags are known by less.
    private const int LongestEnd = 5100 + 20;

    /// <summary>Where the audio begins: past the tags at the start of the file.</summary>
    /// <exception cref="AudioFormatException">A tag there is longer than <paramref name="maxTagBytes"/>.</exception>
    public static long AudioStart(ByteSource input, int maxTagBytes = int.MaxValue)
    {
        long start = 0;
        for (long length; (length = LengthAt(input, start)) > 0; start += length)
            if (length > maxTagBytes)
                throw new AudioFormatException(
                    $"a tag has {length} bytes, more than the limit of {maxTagBytes}; raise {nameof(AudioReadOptions)}."
                    + $"{nameof(AudioReadOptions.MaxTagBytes)} to read the audio after it",
                    frameIndex: 0,
                    bytePosition: start);
        return start;
    }

    /// <summary>
    /// The length of the tag that begins at <paramref name="position"/>; 0 where none does, or one that claims to go on past the end.
    /// </summary>
    public static long LengthAt(ByteSource input, long position)
    {
        var rest = input.Length - position;
        var bytes = input.At(position, Id3V1.Length + ApeFooterLength);
        if (IsId3V1(bytes, rest))
            return Id3V1.Length; // of a file that another one was put behind
        var length = Id3V2Length(bytes);
        if (length == 0 && bytes.Length >= ApeFooterLength && bytes.StartsWith("APETAGEX"u8))
            length = ApeFooterLength + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        return length <= rest ? length : 0;
    }

    /// <summary>Where the audio ends: before the tags at the end of the file.</summary>
    public static long AudioEnd(ByteSource input)
    {
        var end = input.Length;
        foreach (var (start, _) in AtEnd(input))
            end = start;
        return end;
    }

    /// <summary>The tags at the end of the file, the last one first: where each begins, and how long it is.</summary>
    public static IEnumerable<(long Start, long Length)> AtEnd(ByteSource input)
    {
        for (var end = input.Length; TrailingLength(input, end) is > 0 and var length;)
        {
            end -= length;
            yield return (end, length);
        }
    }

    // Three letters are little to go by: what follows the 128 bytes must be a frame, another tag, or the end.
    private static bool IsId3V1(ReadOnlySpan<byte> bytes, long rest)
    {
        if (!bytes.StartsWith("TAG"u8) || rest < Id3V1.Length)
            return false;
        var next = bytes[Id3V1.Length..];
        return rest == Id3V1.Length || next[0] == 0xFF || next.StartsWith("ID3"u8) || next.StartsWith("APETAGEX"u8)
            || next.StartsWith("TAG"u8);
    }

    // ID3v2.4, 3.1: "ID3", version, flags, size in four bytes of seven bits; a footer (flag 0x10) is not counted in it.
    private static long Id3V2Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Id3V2HeaderLength || !bytes.StartsWith("ID3"u8) || bytes[3] == 0xFF || bytes[4] == 0xFF)
            return 0;
        return Id3V2HeaderLength + SyncSafe(bytes[6..]) + ((bytes[5] & 0x10) != 0 ? Id3V2HeaderLength : 0);
    }

    private static int SyncSafe(ReadOnlySpan<byte> bytes) =>
        (bytes[0] & 0x7F) << 21 | (bytes[1] & 0x7F) << 14 | (bytes[2] & 0x7F) << 7 | (bytes[3] & 0x7F);

    private static long TrailingLength(ByteSource input, long end)
    {
        var window = (int)Math.Min(end, LongestEnd);
        return TrailingLength(input.At(end - window, window)[..window], end);
    }

    // How many bytes the tag at the end of an input takes.
    private static long TrailingLength(ReadOnlySpan<byte> bytes, long inputLength)
    {
        if (bytes.Length >= Id3V1.Length && bytes[^Id3V1.Length..].StartsWith("TAG"u8))
            return Id3V1.Length;
        if (bytes.Length >= ApeFooterLength && bytes[^ApeFooterLength..].StartsWith("APETAGEX"u8))
        {
            // APEv2: the size counts the footer, and the header only if flag bit 31 says that there is one.
            long size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^20..]);
            var hasHeader = (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^12..]) & 0x80000000) != 0;
            size += hasHeader ? ApeFooterLength : 0;
            return size >= ApeFooterLength && size <= inputLength ? size : ApeFooterLength;
        }

        if (bytes.EndsWith("LYRICS200"u8) && bytes.Length >= 15 && TryReadSixDigits(bytes[^15..^9], out var lyrics))
            return Math.Min(inputLength, lyrics + 15); // Lyrics3 v2: six digits before the mark, which count neither
        if (bytes.EndsWith("LYRICSEND"u8))
        {
            var start = bytes.LastIndexOf("LYRICSBEGIN"u8);
            return start < 0 ? 9 : bytes.Length - start;
        }

        if (bytes.Length >= Id3V2HeaderLength && bytes[^Id3V2HeaderLength..].StartsWith("3DI"u8))
        {
            var size = 2 * Id3V2HeaderLength + SyncSafe(bytes[^4..]); // an ID3v2.4 tag at the end has a footer
            return size <= inputLength ? size : Id3V2HeaderLength;
        }

        return 0;
    }

    private static bool TryReadSixDigits(ReadOnlySpan<byte> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
