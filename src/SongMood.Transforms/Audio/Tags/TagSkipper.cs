using System.Buffers.Binary;
using System.Globalization;

namespace SongMood.Audio.Tags;

/// <summary>Finds the tags around (and within) the audio: ID3v2, ID3v1, APE, Lyrics3.</summary>
internal static class TagSkipper
{
    private const int Id3V2HeaderLength = 10;
    private const int ApeFooterLength = 32;

    /// <summary>Where the audio begins: past the tags at the start of the file.</summary>
    /// <exception cref="AudioFormatException">A tag there is longer than <paramref name="maxTagBytes"/>.</exception>
    public static int AudioStart(ReadOnlySpan<byte> bytes, int maxTagBytes = int.MaxValue)
    {
        var start = 0;
        for (int length; (length = LengthAt(bytes, start)) > 0; start += length)
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
    public static int LengthAt(ReadOnlySpan<byte> bytes, int position)
    {
        var rest = bytes[position..];
        var length = Id3V2Length(rest);
        if (length == 0 && rest.Length >= ApeFooterLength && rest.StartsWith("APETAGEX"u8))
            length = ApeFooterLength + (long)BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]);
        return length <= rest.Length ? (int)length : 0;
    }

    /// <summary>Where the audio ends: before the tags at the end of the file.</summary>
    public static int AudioEnd(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (true)
        {
            var length = TrailingLength(bytes[..end]);
            if (length == 0)
                return end;
            end -= length;
        }
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

    private static int TrailingLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 128 && bytes[^128..].StartsWith("TAG"u8))
            return 128; // ID3v1
        if (bytes.Length >= ApeFooterLength && bytes[^ApeFooterLength..].StartsWith("APETAGEX"u8))
        {
            // APEv2: the size counts the footer, and the header only if flag bit 31 says that there is one.
            long size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^20..]);
            var hasHeader = (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^12..]) & 0x80000000) != 0;
            size += hasHeader ? ApeFooterLength : 0;
            return size >= ApeFooterLength && size <= bytes.Length ? (int)size : ApeFooterLength;
        }

        if (bytes.EndsWith("LYRICS200"u8) && bytes.Length >= 15 && TryReadSixDigits(bytes[^15..^9], out var lyrics))
            return Math.Min(bytes.Length, lyrics + 15); // Lyrics3 v2: six digits before the mark, which count neither
        if (bytes.EndsWith("LYRICSEND"u8))
        {
            // Lyrics3 v1: at most 5100 bytes of text after its opening mark.
            var window = Math.Min(bytes.Length, 5100 + 20);
            var start = bytes[^window..].LastIndexOf("LYRICSBEGIN"u8);
            return start < 0 ? 9 : window - start;
        }

        if (bytes.Length >= Id3V2HeaderLength && bytes[^Id3V2HeaderLength..].StartsWith("3DI"u8))
        {
            var size = 2 * Id3V2HeaderLength + SyncSafe(bytes[^4..]); // an ID3v2.4 tag at the end has a footer
            return size <= bytes.Length ? size : Id3V2HeaderLength;
        }

        return 0;
    }

    private static bool TryReadSixDigits(ReadOnlySpan<byte> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
