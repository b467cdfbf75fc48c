using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// Reads the shape of a band of one channel (RFC 6716, 4.3.4): as pulses; or, where these would need more than 32 bits, as two halves and
/// the angle between them. Bits are in eighths.
/// </summary>
internal sealed class BandPartition
{
    private const int One = 1 << RangeDecoder.EighthBits;

    private readonly float[] _folded = new float[PulseVector.MostLines];

    public RangeDecoder Bits { get; set; } = null!;

    /// <summary>How far pulses are spread.</summary>
    public int Spread { get; set; }

    /// <summary>The first band whose channels differ in energy alone.</summary>
    public int IntensityStart { get; set; }

    /// <summary>The band.</summary>
    public int Band { get; set; }

    /// <summary>Its change of resolution.</summary>
    public int Resolution { get; set; }

    /// <summary>Bits that are left for it.</summary>
    public int Remaining { get; set; }

    /// <summary>Noise's seed.</summary>
    public uint Seed { get; set; }

    /// <summary>The next number of the generator that noise comes from.</summary>
    public static uint NextRandom(uint seed) => unchecked(1664525 * seed + 1013904223);

    /// <summary>Reads a band.</summary>
    /// <param name="lines">The band.</param>
    /// <param name="bits">What it may take.</param>
    /// <param name="blocks">Short blocks.</param>
    /// <param name="folding">Lower lines to fold where there are no pulses; empty for noise.</param>
    /// <param name="lengthLog">The frame's length.</param>
    /// <param name="kept">Where it is kept for folding, if anywhere.</param>
    /// <param name="gain">The length that it gets.</param>
    /// <param name="fill">A bit for each block of <paramref name="folding"/> that is not empty.</param>
    /// <returns>A bit for each block that is not empty.</returns>
    public uint ReadBand(
        Span<float> lines, int bits, int blocks, ReadOnlySpan<float> folding, int lengthLog, Span<float> kept, float gain, uint fill)
    {
        if (lines.Length == 1)
        {
            ReadSign(lines);
            if (kept.Length > 0)
                kept[0] = lines[0];
            return 1;
        }

        var isLong = blocks == 1;
        var recombined = Math.Max(Resolution, 0);
        var folded = _folded.AsSpan(0, folding.Length);
        folding.CopyTo(folded);
        for (var k = 0; k < recombined; k++)
        {
            BandReordering.Haar(folded, 1 << k);
            fill = Halve(fill);
        }

        blocks >>= recombined;
        var blockLength = lines.Length / blocks;
        var divided = 0;
        for (; (blockLength & 1) == 0 && divided < -Resolution; divided++)
        {
            BandReordering.Haar(folded, blocks);
            fill |= fill << blocks;
            blocks <<= 1;
            blockLength >>= 1;
        }

        var isReordered = blocks > 1;
        if (isReordered && folded.Length > 0)
            BandReordering.Separate(folded, blocks << recombined, isLong);
        var mask = ReadPart(lines, bits, blocks, folded, lengthLog, gain, fill);
        if (isReordered)
            BandReordering.Interleave(lines, blocks << recombined, isLong);
        for (var k = 0; k < divided; k++)
        {
            blocks >>= 1;
            mask |= mask >> blocks;
            BandReordering.Haar(lines, blocks);
        }

        for (var k = 0; k < recombined; k++)
        {
            mask = Double(mask);
            BandReordering.Haar(lines, 1 << k);
        }

        blocks <<= recombined;
        if (kept.Length > 0)
            TensorPrimitives.Multiply(lines, MathF.Sqrt(lines.Length), kept);
        return mask & ((1u << blocks) - 1);
    }

    /// <summary>A line alone has but a sign.</summary>
    public void ReadSign(Span<float> line)
    {
        line[0] = 1;
        if (Remaining < One)
            return;
        line[0] = Bits.RawBits(1) == 1 ? -1 : 1;
        Remaining -= One;
    }

    /// <summary>Reads the angle between two halves, or between middle and side (4.3.4.4).</summary>
    /// <param name="count">Lines of each.</param>
    /// <param name="bits">What both may take; less what the angle took afterwards.</param>
    /// <param name="blocks">Short blocks of the halves.</param>
    /// <param name="blocksBefore">Short blocks before they were halved.</param>
    /// <param name="lengthLog">The length of the halves.</param>
    /// <param name="isStereo">Whether they are middle and side.</param>
    /// <param name="fill">Which blocks are not empty; those that get nothing are cleared.</param>
    public BandAngle ReadAngle(int count, ref int bits, int blocks, int blocksBefore, int lengthLog, bool isStereo, ref uint fill)
    {
        var isIntensity = isStereo && Band >= IntensityStart;
        var angle = BandAngle.Read(Bits, Band, count, Math.Min(bits, Remaining), bits, lengthLog, blocksBefore > 1, isStereo, isIntensity);
        bits -= angle.UsedBits;
        var all = (1u << blocks) - 1;
        fill &= angle.Value switch { 0 => all, BandAngle.Right => all << blocks, _ => uint.MaxValue };
        return angle;
    }

    private uint ReadPart(Span<float> lines, int bits, int blocks, Span<float> folding, int lengthLog, float gain, uint fill)
    {
        var table = CeltTables.PulseBitStarts[(lengthLog + 1) * CeltTables.BandCount + Band];
        if (lengthLog != -1 && lines.Length > 2)
        {
            var most = CeltTables.PulseBits[table + CeltTables.PulseBits[table]];
            if (bits > most + 12)
                return ReadHalves(lines, bits, blocks, folding, lengthLog - 1, gain, fill);
        }

        var pulses = PulsesFor(table, bits);
        var used = BitsFor(table, pulses);
        Remaining -= used;
        while (Remaining < 0 && pulses > 0)
        {
            Remaining += used;
            used = BitsFor(table, --pulses);
            Remaining -= used;
        }

        if (pulses == 0)
            return Fill(lines, blocks, folding, gain, fill);
        var count = pulses < 8 ? pulses : (8 + (pulses & 7)) << ((pulses >> 3) - 1);
        return PulseVector.Read(Bits, count, Spread, blocks, gain, lines);
    }

    private uint ReadHalves(Span<float> lines, int bits, int blocks, Span<float> folding, int lengthLog, float gain, uint fill)
    {
        const int Spare = 3 * One;
        var half = lines.Length / 2;
        var blocksBefore = blocks;
        if (blocks == 1)
            fill = fill & 1 | fill << 1;
        blocks = (blocks + 1) >> 1;
        var angle = ReadAngle(half, ref bits, blocks, blocksBefore, lengthLog, false, ref fill);
        var difference = angle.Difference;
        if (blocksBefore > 1 && (angle.Value & (BandAngle.Right - 1)) != 0)
            difference = angle.Value > BandAngle.Right / 2
                ? difference - (difference >> (4 - lengthLog)) // what is before a sound is heard more
                : Math.Min(0, difference + (half << RangeDecoder.EighthBits >> (5 - lengthLog)));
        var firstBits = Math.Clamp((bits - difference) / 2, 0, Math.Max(bits, 0));
        var secondBits = bits - firstBits;
        Remaining -= angle.UsedBits;
        Span<float> first = lines[..half], second = lines[half..];
        Span<float> firstFolding = folding.IsEmpty ? default : folding[..half], secondFolding = folding.IsEmpty ? default : folding[half..];
        float firstGain = gain * angle.Cosine / 32768, secondGain = gain * angle.Sine / 32768;
        var before = Remaining;
        uint mask;
        if (firstBits >= secondBits)
        {
            mask = ReadPart(first, firstBits, blocks, firstFolding, lengthLog, firstGain, fill);
            var rest = firstBits - (before - Remaining);
            if (rest > Spare && angle.Value != 0)
                secondBits += rest - Spare;
            return mask | ReadPart(second, secondBits, blocks, secondFolding, lengthLog, secondGain, fill >> blocks)
                << (blocksBefore >> 1);
        }
        else
        {
            mask = ReadPart(second, secondBits, blocks, secondFolding, lengthLog, secondGain, fill >> blocks) << (blocksBefore >> 1);
            var rest = secondBits - (before - Remaining);
            if (rest > Spare && angle.Value != BandAngle.Right)
                firstBits += rest - Spare;
            return mask | ReadPart(first, firstBits, blocks, firstFolding, lengthLog, firstGain, fill);
        }
    }

    // 4.3.4.2, end: without pulses, lower lines or noise.
    private uint Fill(Span<float> lines, int blocks, ReadOnlySpan<float> folding, float gain, uint fill)
    {
        const float Noise = 1 / 256f; // 48 dB below
        var all = (1u << blocks) - 1;
        fill &= all;
        if (fill == 0)
        {
            lines.Clear();
            return 0;
        }

        for (var i = 0; i < lines.Length; i++)
        {
            Seed = NextRandom(Seed);
            lines[i] = folding.IsEmpty ? (int)Seed >> 20 : folding[i] + ((Seed & 0x8000) != 0 ? Noise : -Noise);
        }

        PulseVector.Normalise(lines, gain);
        return folding.IsEmpty ? all : fill;
    }

    // The number of pulses whose bits are nearest.
    private static int PulsesFor(int table, int bits)
    {
        var costs = CeltTables.PulseBits[table..];
        var (low, high) = (0, (int)costs[0]);
        bits--;
        for (var i = 0; i < 6; i++)
        {
            var middle = (low + high + 1) >> 1;
            if (costs[middle] >= bits)
                high = middle;
            else
                low = middle;
        }

        return bits - (low == 0 ? -1 : costs[low]) <= costs[high] - bits ? low : high;
    }

    private static int BitsFor(int table, int pulses) => pulses == 0 ? 0 : CeltTables.PulseBits[table + pulses] + 1;

    // Each two blocks become one.
    private static uint Halve(uint mask)
    {
        ReadOnlySpan<byte> halves = [0, 1, 1, 1, 2, 3, 3, 3, 2, 3, 3, 3, 2, 3, 3, 3];
        return halves[(int)(mask & 15)] | (uint)halves[(int)(mask >> 4)] << 2;
    }

    // Each block becomes two.
    private static uint Double(uint mask)
    {
        uint doubled = 0;
        for (var i = 0; i < 4; i++)
            doubled |= (mask >> i & 1) * 3 << (2 * i);
        return doubled;
    }

}
