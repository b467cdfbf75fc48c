using System.Buffers.Binary;

namespace SongMood.Audio.Ogg;

/// <summary>The checksum of a page (RFC 3533, 6): CRC-32 of all its bytes, with 0 in the checksum's own place.</summary>
internal static class OggChecksum
{
    private const uint Polynomial = 0x04C11DB7;
    private const int Place = 22, Length = 4;

    // One table for each of eight bytes at once: what a byte gives with so many bytes of 0 behind it.
    private static readonly uint[] Tables = MakeTables();

    /// <summary>Whether a whole page has the checksum that it says.</summary>
    public static bool IsRight(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page[Place..]) == Of(page);

    /// <summary>What the checksum of a whole page is to be.</summary>
    public static uint Of(ReadOnlySpan<byte> page)
    {
        ReadOnlySpan<byte> nothing = [0, 0, 0, 0];
        return Add(Add(Add(0, page[..Place]), nothing), page[(Place + Length)..]);
    }

    /// <summary>Writes the checksum of a whole page into its place.</summary>
    public static void Write(Span<byte> page) => BinaryPrimitives.WriteUInt32LittleEndian(page[Place..], Of(page));

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var word = BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ (ulong)sum << 32;
            sum = tables[7 * 256 + (int)(word >> 56)] ^ tables[6 * 256 + (int)(word >> 48 & 255)]
                ^ tables[5 * 256 + (int)(word >> 40 & 255)] ^ tables[4 * 256 + (int)(word >> 32 & 255)]
                ^ tables[3 * 256 + (int)(word >> 24 & 255)] ^ tables[2 * 256 + (int)(word >> 16 & 255)]
                ^ tables[256 + (int)(word >> 8 & 255)] ^ tables[(int)(word & 255)];
        }

        foreach (var value in bytes)
            sum = sum << 8 ^ tables[(int)(sum >> 24) ^ value];
        return sum;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var value = 0u; value < 256; value++)
        {
            var sum = value << 24;
            for (var bit = 0; bit < 8; bit++)
                sum = sum << 1 ^ (sum >> 31) * Polynomial;
            tables[value] = sum;
        }

        for (var i = 256; i < tables.Length; i++)
            tables[i] = tables[i - 256] << 8 ^ tables[tables[i - 256] >> 24];
        return tables;
    }
}
