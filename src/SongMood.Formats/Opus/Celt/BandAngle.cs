using System.Numerics;

namespace SongMood.Formats.Opus.Celt;

/// <summary>The angle between two halves of a band, or between middle and side (RFC 6716, 4.3.4.4).</summary>
/// <param name="Value">0 to <see cref="Right"/>.</param>
/// <param name="IsInverted">Whether the side has the other sign.</param>
/// <param name="Cosine">The first's share, of 32768.</param>
/// <param name="Sine">The second's.</param>
/// <param name="Difference">How many bits more the second should get, in eighths.</param>
/// <param name="UsedBits">Bits that it took, in eighths.</param>
internal readonly record struct BandAngle(int Value, bool IsInverted, int Cosine, int Sine, int Difference, int UsedBits)
{
    /// <summary>A right angle.</summary>
    public const int Right = 16384;

    private const int One = 1 << RangeDecoder.EighthBits, Offset = 4, TwoLineOffset = 16;

    // 2^(14 + i/8)
    private static readonly int[] Powers = [16384, 17866, 19483, 21247, 23170, 25267, 27554, 30048];

    /// <summary>Reads an angle.</summary>
    /// <param name="bits">The frame's.</param>
    /// <param name="band">The band.</param>
    /// <param name="count">Lines of each half.</param>
    /// <param name="spare">Bits that are surely there, in eighths.</param>
    /// <param name="share">Bits that both halves may take, in eighths.</param>
    /// <param name="lengthLog">The length of the halves.</param>
    /// <param name="hasBlocks">Whether there are short blocks.</param>
    /// <param name="isStereo">Whether they are middle and side.</param>
    /// <param name="isIntensity">Whether they differ in energy alone, and in sign.</param>
    public static BandAngle Read(
        RangeDecoder bits, int band, int count, int spare, int share, int lengthLog, bool hasBlocks, bool isStereo, bool isIntensity)
    {
        var pulseCap = CeltTables.LogWidths[band] + lengthLog * One;
        var offset = (pulseCap >> 1) - (isStereo && count == 2 ? TwoLineOffset : Offset);
        var steps = isIntensity ? 1 : AngleSteps(count, share, offset, pulseCap, isStereo);
        var before = bits.TellEighths;
        var value = 0;
        var isInverted = false;
        if (steps != 1)
        {
            value = isStereo && count > 2 ? ReadStepAngle(bits, steps)
                : hasBlocks || isStereo ? (int)bits.Uniform((uint)steps + 1)
                : ReadTriangleAngle(bits, steps);
            value = value * Right / steps;
        }
        else if (isStereo && spare > 2 * One)
            isInverted = bits.Bit(2);

        var used = bits.TellEighths - before;
        if (value is 0 or Right)
            return value == 0
                ? new BandAngle(0, isInverted, 32767, 0, -Right, used)
                : new BandAngle(value, isInverted, 0, 32767, Right, used);
        int cosine = CosineOf(value), sine = CosineOf(Right - value);
        return new BandAngle(value, isInverted, cosine, sine, Multiply((count - 1) << 7, LogTangent(sine, cosine)), used);
    }

    private static int AngleSteps(int count, int share, int offset, int pulseCap, bool isStereo)
    {
        var freedoms = 2 * count - 1 - (isStereo && count == 2 ? 1 : 0);
        var each = Math.Min(share - pulseCap - 4 * One, (share + freedoms * offset) / freedoms);
        each = Math.Min(8 * One, each);
        return each < One / 2 ? 1 : ((Powers[each & 7] >> (14 - (each >> RangeDecoder.EighthBits))) + 1) >> 1 << 1;
    }

    // Angles up to the middle are three times as likely as those above.
    private static int ReadStepAngle(RangeDecoder bits, int steps)
    {
        const uint Likely = 3;
        var middle = (uint)steps / 2;
        var total = Likely * (middle + 1) + middle;
        var place = bits.Find(total, out var scale);
        var value = place < (middle + 1) * Likely ? place / Likely : middle + 1 + (place - (middle + 1) * Likely);
        var (low, width) = value <= middle ? (Likely * value, Likely) : (value - 1 - middle + (middle + 1) * Likely, 1u);
        bits.Update(scale, low, low + width, total);
        return (int)value;
    }

    // The nearer to the middle, the likelier.
    private static int ReadTriangleAngle(RangeDecoder bits, int steps)
    {
        var middle = steps >> 1;
        var total = (middle + 1) * (middle + 1);
        var place = (int)bits.Find((uint)total, out var scale);
        int value, low, width;
        if (place < middle * (middle + 1) >> 1)
        {
            value = (Root(8 * place + 1) - 1) >> 1;
            (low, width) = (value * (value + 1) >> 1, value + 1);
        }
        else
        {
            value = (2 * (steps + 1) - Root(8 * (total - place - 1) + 1)) >> 1;
            width = steps + 1 - value;
            low = total - ((steps + 1 - value) * (steps + 2 - value) >> 1);
        }

        bits.Update(scale, (uint)low, (uint)(low + width), (uint)total);
        return value;

        static int Root(int square) => (int)Math.Sqrt(square);
    }

    // A cosine with whole numbers, as encoder and decoder must find the same bits: 16384 is a right angle, 32768 is 1.
    private static int CosineOf(int angle)
    {
        var square = (4096 + angle * angle) >> 13;
        return 1 + 32767 - square + Multiply(square, -7651 + Multiply(square, 8277 + Multiply(-626, square)));
    }

    // The logarithm of a tangent to the base 2, times 2048.
    private static int LogTangent(int sine, int cosine)
    {
        int sineLog = 32 - BitOperations.LeadingZeroCount((uint)sine), cosineLog = 32 - BitOperations.LeadingZeroCount((uint)cosine);
        sine <<= 15 - sineLog;
        cosine <<= 15 - cosineLog;
        return (sineLog - cosineLog) * 2048 + Curve(sine) - Curve(cosine);

        static int Curve(int value) => Multiply(value, Multiply(value, -2597) + 7932);
    }

    private static int Multiply(int a, int b) => (16384 + (short)a * (short)b) >> 15;
}
