namespace SongMood.Formats.Tests;

/// <summary>
/// Writes DSF, Sony's file of DSD ("DSF File Format Specification", 1.01, 2005): one channel, by a modulator of first order.
/// </summary>
internal static class Dsf
{
    private const int BlockBytes = 4096;

    /// <summary>A sine of this amplitude, of whole blocks.</summary>
    public static byte[] OfSine(double hz, double amplitude, int bitsPerSecond, double seconds)
    {
        var blocks = (int)Math.Ceiling(seconds * bitsPerSecond / 8 / BlockBytes);
        var bits = blocks * BlockBytes * 8L;
        var data = new byte[blocks * BlockBytes];
        var error = 0.0;
        for (var n = 0L; n < bits; n++)
        {
            error += amplitude * Math.Sin(2 * Math.PI * hz * n / bitsPerSecond);
            var isHigh = error > 0;
            error -= isHigh ? 1 : -1;
            if (isHigh)
                data[n / 8] |= (byte)(1 << (int)(n % 8)); // the first bit is the lowest
        }

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("DSD "u8);
        writer.Write(28L);
        writer.Write(28L + 52 + 12 + data.Length);
        writer.Write(0L); // no tags
        writer.Write("fmt "u8);
        writer.Write(52L);
        writer.Write(1); // version
        writer.Write(0); // DSD raw
        writer.Write(1); // mono
        writer.Write(1); // channel
        writer.Write(bitsPerSecond);
        writer.Write(1); // bit a sample, from the lowest
        writer.Write(bits);
        writer.Write(BlockBytes);
        writer.Write(0);
        writer.Write("data"u8);
        writer.Write(12L + data.Length);
        writer.Write(data);
        writer.Flush();
        return file.ToArray();
    }
}
