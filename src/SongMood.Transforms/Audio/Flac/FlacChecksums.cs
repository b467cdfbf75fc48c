using System.Buffers.Binary;

namespace SongMood.Audio.Flac;

/// <summary>The two checksums of a frame (RFC 9639, 9.1.8 and 9.3), which begin with 0. Over data and checksum they are 0.</summary>
internal static class FlacChecksums
{
    private const int Crc8Polynomial = 0x07, Crc16Polynomial = 0x8005;

    private static readonly byte[] Crc8Table = [.. Enumerable.Range(0, 256).Select(value => (byte)Divide(value, Crc8Polynomial, 8))];

    // One table for each of eight bytes at once: what a byte gives with so many bytes of 0 behind it.
    private static readonly ushort[] Crc16Tables = MakeCrc16Tables();

    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
            sum = Crc8Table[sum ^ value];
        return sum;
    }

    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        ReadOnlySpan<ushort> tables = Crc16Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var word = BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ (ulong)sum << 48;
            sum = (uint)(tables[7 * 256 + (int)(word >> 56)] ^ tables[6 * 256 + (int)(word >> 48 & 255)]
                ^ tables[5 * 256 + (int)(word >> 40 & 255)] ^ tables[4 * 256 + (int)(word >> 32 & 255)]
                ^ tables[3 * 256 + (int)(word >> 24 & 255)] ^ tables[2 * 256 + (int)(word >> 16 & 255)]
                ^ tables[256 + (int)(word >> 8 & 255)] ^ tables[(int)(word & 255)]);
        }

        foreach (var value in bytes)
            sum = (sum << 8 & 0xFFFF) ^ tables[(int)(sum >> 8) ^ value];
        return (ushort)sum;
    }

    private static int Divide(int value, int polynomial, int width)
    {
        value <<= width - 8;
        for (var bit = 0; bit < 8; bit++)
            value = value << 1 ^ (value >> (width - 1) & 1) * (polynomial | 1 << width);
        return value;
    }

    private static ushort[] MakeCrc16Tables()
    {
        var tables = new ushort[8 * 256];
        for (var value = 0; value < 256; value++)
            tables[value] = (ushort)Divide(value, Crc16Polynomial, 16);
        for (var i = 256; i < tables.Length; i++)
            tables[i] = (ushort)(tables[i - 256] << 8 ^ tables[tables[i - 256] >> 8]);
        return tables;
    }
}
