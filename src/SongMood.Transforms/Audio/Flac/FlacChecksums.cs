using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Audio.Flac;

/// <summary>The two checksums of a frame (RFC 9639, 9.1.8 and 9.3), which begin with 0. Over data and checksum they are 0.</summary>
internal static class FlacChecksums
{
    private const int Crc8Polynomial = 0x07, Crc16Polynomial = 0x8005;

    private static readonly byte[] Crc8Table = [.. Enumerable.Range(0, 256).Select(value => (byte)Divide(value, Crc8Polynomial, 8))];

    // One table for each of eight bytes at once: what a byte gives with so many bytes of 0 behind it.
    private static readonly ushort[] Crc16Tables = MakeCrc16Tables();

    private const int FoldLength = 16;

    // x^128 mod P and x^192 mod P: the checksums of 1 with so many bits of 0 behind it, less the 16 that a checksum adds itself.
    private static readonly Vector128<ulong> FoldFactors = Vector128.Create(
        (ulong)Crc16ByTables([1, .. new byte[(128 - 16) / 8]]), Crc16ByTables([1, .. new byte[(192 - 16) / 8]]));

    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
            sum = Crc8Table[sum ^ value];
        return sum;
    }

    /// <summary>The checksum of a frame.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        if (!Pclmulqdq.IsSupported || bytes.Length < 2 * FoldLength)
            return Crc16ByTables(bytes);

        // What is before the last 16 bytes is, as a polynomial, put together with these into 16 others of the same remainder.
        Span<byte> folded = stackalloc byte[FoldLength];
        ReverseBytes(Fold(ref bytes)).CopyTo(folded);
        return Crc16ByTables(bytes, Crc16ByTables(folded));
    }

    // A polynomial of 128 bits, h x^64 + l, goes on by 16 bytes as h (x^192 mod P) + l (x^128 mod P), which have 80 bits at most, plus
    // the bytes (V. Gopal et al., "Fast CRC computation for generic polynomials using PCLMULQDQ", 2009). As many bytes as whole
    // sixteens are taken from the front.
    private static Vector128<ulong> Fold(ref ReadOnlySpan<byte> bytes)
    {
        var sum = ReverseBytes(Vector128.Create(bytes));
        for (bytes = bytes[FoldLength..]; bytes.Length >= FoldLength; bytes = bytes[FoldLength..])
            sum = Pclmulqdq.CarrylessMultiply(sum, FoldFactors, 0x00) ^ Pclmulqdq.CarrylessMultiply(sum, FoldFactors, 0x11)
                ^ ReverseBytes(Vector128.Create(bytes));
        return sum;
    }

    private static Vector128<ulong> ReverseBytes(Vector128<byte> bytes) => Vector128.Shuffle(
        bytes, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).AsUInt64();

    private static Vector128<byte> ReverseBytes(Vector128<ulong> words) => ReverseBytes(words.AsByte()).AsByte();

    internal static ushort Crc16ByTables(ReadOnlySpan<byte> bytes, uint sum = 0)
    {
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
