using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MoodPage.Drawing;

/// <summary>Writes a PNG of at most 256 colours (ISO/IEC 15948): one byte a pixel, which compresses well.</summary>
internal static class Png
{
    private const byte BitDepth = 8, IndexedColor = 3; // 11.2.2

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <summary>The bytes of the file.</summary>
    /// <param name="pixels">Indices of colours, row by row from the top.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="palette">Red, green and blue of each colour.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, byte[] palette)
    {
        var height = pixels.Length / width;
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitDepth, IndexedColor); // and 0: deflate, rows with a filter each, not interlaced
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "PLTE", palette);
        WriteChunk(png, "IDAT", Compress(pixels, width));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int width)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
            for (var start = 0; start < pixels.Length; start += width)
            {
                zlib.WriteByte(0); // the row's filter: none (9.2)
                zlib.Write(pixels.Slice(start, width));
            }
        return compressed.ToArray();
    }

    /// <summary>Length, type, data, and the CRC of type and data (5.3).</summary>
    private static void WriteChunk(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(checkedPart);
        var crc = 0xFFFFFFFF;
        foreach (var value in checkedPart)
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }

    /// <summary>CRC-32 of one byte (annex D), by its reflected polynomial.</summary>
    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        return crc;
    }
}
