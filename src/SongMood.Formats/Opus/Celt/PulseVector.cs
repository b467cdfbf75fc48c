using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// The shape of a part of a band: so many pulses on so many lines, as one number (RFC 6716, 4.3.4.2), of length 1, spread (4.3.4.3).
/// </summary>
internal static class PulseVector
{
    /// <summary>Lines of the widest part.</summary>
    public const int MostLines = 176;

    private const int MostPulses = 128, Rows = 15, Columns = MostLines + MostPulses;

    // How many vectors there are whose first line has no pulse or a positive one: U(lines, pulses), the same with both exchanged. One of
    // both is below 15 wherever a number of 32 bits tells the vector; others wrap round and are not used.
    private static readonly uint[] Counts = FindCounts();

    /// <summary>Reads a part.</summary>
    /// <param name="bits">The frame's.</param>
    /// <param name="pulses">How many.</param>
    /// <param name="spread">How far they are spread: 0 to 3.</param>
    /// <param name="blocks">Short blocks, one behind the other.</param>
    /// <param name="gain">The length that it gets.</param>
    /// <param name="lines">The part.</param>
    /// <returns>A bit for each block that has pulses.</returns>
    public static uint Read(RangeDecoder bits, int pulses, int spread, int blocks, float gain, Span<float> lines)
    {
        var square = Place(bits.Uniform(Count(lines.Length, pulses) + Count(lines.Length, pulses + 1)), pulses, lines);
        var mask = Mask(lines, blocks);
        TensorPrimitives.Multiply(lines, gain / MathF.Sqrt(square), lines);
        Spread(lines, blocks, pulses, spread);
        return mask;
    }

    /// <summary>Makes a part so long.</summary>
    public static void Normalise(Span<float> lines, float length) =>
        TensorPrimitives.Multiply(lines, length / MathF.Sqrt(1e-15f + TensorPrimitives.SumOfSquares<float>(lines)), lines);

    /// <summary>U(<paramref name="lines"/>, <paramref name="pulses"/>).</summary>
    public static uint Count(int lines, int pulses) => Counts[Math.Min(lines, pulses) * Columns + Math.Max(lines, pulses)];

    /// <summary>Puts the pulses where a number says; gives the sum of their squares.</summary>
    public static float Place(uint number, int pulses, Span<float> lines)
    {
        long square = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (pulses == 0)
            {
                lines[i..].Clear();
                break;
            }

            var rest = lines.Length - i;
            var above = Count(rest, pulses + 1);
            var isNegative = number >= above;
            if (isNegative)
                number -= above;
            var left = pulses;
            uint count;
            while ((count = Count(rest, left)) > number)
                left--;
            number -= count;
            var size = pulses - left;
            pulses = left;
            square += (long)size * size;
            lines[i] = isNegative ? -size : size;
        }

        return square;
    }

    private static uint Mask(ReadOnlySpan<float> lines, int blocks)
    {
        if (blocks <= 1)
            return 1;
        var length = lines.Length / blocks;
        uint mask = 0;
        for (var i = 0; i < blocks; i++)
            if (lines.Slice(i * length, length).ContainsAnyExcept(0f))
                mask |= 1u << i;
        return mask;
    }

    // 4.3.4.3: neighbours are turned round one another; the fewer the pulses, the further.
    private static void Spread(Span<float> lines, int blocks, int pulses, int spread)
    {
        if (2 * pulses >= lines.Length || spread == 0)
            return;
        var factor = spread switch { 1 => 15, 2 => 10, _ => 5 };
        var gain = lines.Length / (float)(lines.Length + factor * pulses);
        var angle = MathF.PI / 4 * gain * gain;
        var (sine, cosine) = MathF.SinCos(angle);
        var stride = 0;
        if (lines.Length >= 8 * blocks)
        {
            stride = 1;
            while ((stride * stride + stride) * blocks + (blocks >> 2) < lines.Length)
                stride++;
        }

        var length = lines.Length / blocks;
        for (var block = 0; block < blocks; block++)
        {
            var part = lines.Slice(block * length, length);
            if (stride > 0)
                Turn(part, stride, sine, cosine);
            Turn(part, 1, cosine, sine);
        }
    }

    private static void Turn(Span<float> part, int stride, float cosine, float sine)
    {
        for (var i = 0; i < part.Length - stride; i++)
            TurnPair(ref part[i], ref part[i + stride], cosine, sine);
        for (var i = part.Length - 2 * stride - 1; i >= 0; i--)
            TurnPair(ref part[i], ref part[i + stride], cosine, sine);
    }

    private static void TurnPair(ref float first, ref float second, float cosine, float sine) =>
        (first, second) = (cosine * first - sine * second, cosine * second + sine * first);

    private static uint[] FindCounts()
    {
        var counts = new uint[Rows * Columns];
        counts[0] = 1; // no lines and no pulses: one vector
        for (var row = 1; row < Rows; row++)
            for (var column = row; column < Columns; column++)
            {
                var before = column == row ? At(row - 1, row) : At(row, column - 1); // symmetric
                counts[row * Columns + column] = unchecked(At(row - 1, column) + before + At(row - 1, column - 1));
            }

        return counts;

        uint At(int row, int column) => counts[Math.Min(row, column) * Columns + Math.Max(row, column)];
    }
}
