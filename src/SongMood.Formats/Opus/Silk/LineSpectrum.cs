using System.Numerics;

namespace SongMood.Formats.Opus.Silk;

/// <summary>A frame's line spectral frequencies: 0 to 32767 stand for 0 to half the sample rate (RFC 6716, 4.2.7.5).</summary>
internal static class LineSpectrum
{
    /// <summary>Frequencies from their two stages (4.2.7.5.3), in order and apart (4.2.7.5.4).</summary>
    public static void Decode(SilkIndices indices, LineSpectrumCodebook codebook, Span<short> frequencies)
    {
        const int LevelAdjustment = 102; // 0.1 in Q10: a level lies nearer to 0 than its number says
        var order = codebook.Order;
        Span<int> residual = stackalloc int[order];
        var next = 0;
        for (var i = order - 1; i >= 0; i--)
        {
            var predicted = i + 1 < order ? next * codebook.Prediction(indices.Codeword, i) >> 8 : 0;
            var index = indices.LineSpectrum[i];
            var level = (index << 10) - Math.Sign(index) * LevelAdjustment;
            next = predicted + FixedPoint.Scale(level, codebook.StepQ16);
            residual[i] = next;
        }

        var codeword = codebook.Codeword(indices.Codeword);
        for (var i = 0; i < order; i++)
        {
            var frequency = (codeword[i] << 7) + (residual[i] << 14) / Weight(codeword, i);
            frequencies[i] = (short)Math.Clamp(frequency, 0, short.MaxValue);
        }

        Stabilise(frequencies, codebook.LeastDistances);
    }

    // Where frequencies are near one another they are told more exactly: the square root of a sum of the inverse distances, Q9.
    private static int Weight(ReadOnlySpan<byte> codeword, int i)
    {
        int below = i > 0 ? codeword[i - 1] : 0, above = i + 1 < codeword.Length ? codeword[i + 1] : 256;
        var square = (1024 / (codeword[i] - below) + 1024 / (above - codeword[i])) << 16;
        var log = 32 - BitOperations.LeadingZeroCount((uint)square);
        var fraction = square >> (log - 8) & 127;
        var root = ((log & 1) != 0 ? 32768 : 46214) >> ((32 - log) >> 1);
        return root + (213 * fraction * root >> 16);
    }

    /// <summary>Moves frequencies apart that are nearer than the least distance, the nearest first.</summary>
    public static void Stabilise(Span<short> frequencies, ReadOnlySpan<short> least)
    {
        const int Tries = 20;
        var order = frequencies.Length;
        for (var tries = 0; tries < Tries; tries++)
        {
            var (smallest, at) = (int.MaxValue, 0);
            for (var i = 0; i <= order; i++)
            {
                int below = i > 0 ? frequencies[i - 1] : 0, above = i < order ? frequencies[i] : 1 << 15;
                var spare = above - below - least[i];
                if (spare < smallest)
                    (smallest, at) = (spare, i);
            }

            if (smallest >= 0)
                return;
            if (at == 0)
                frequencies[0] = least[0];
            else if (at == order)
                frequencies[order - 1] = (short)((1 << 15) - least[order]);
            else
                MoveApart(frequencies, least, at);
        }

        frequencies.Sort();
        frequencies[0] = Math.Max(frequencies[0], least[0]);
        for (var i = 1; i < order; i++)
            frequencies[i] = Math.Max(frequencies[i], FixedPoint.Saturate16(frequencies[i - 1] + least[i])); // RFC 8251, 7
        frequencies[order - 1] = (short)Math.Min(frequencies[order - 1], (1 << 15) - least[order]);
        for (var i = order - 2; i >= 0; i--)
            frequencies[i] = (short)Math.Min(frequencies[i], frequencies[i + 1] - least[i + 1]);
    }

    // The two keep their middle, as far as those below and above leave room.
    private static void MoveApart(Span<short> frequencies, ReadOnlySpan<short> least, int at)
    {
        int lowest = least[at] >> 1, highest = (1 << 15) - (least[at] >> 1);
        for (var i = 0; i < at; i++)
            lowest += least[i];
        for (var i = frequencies.Length; i > at; i--)
            highest -= least[i];
        var middle = FixedPoint.Round(frequencies[at - 1] + frequencies[at], 1);
        middle = lowest > highest ? Math.Clamp(middle, highest, lowest) : Math.Clamp(middle, lowest, highest);
        frequencies[at - 1] = (short)(middle - (least[at] >> 1));
        frequencies[at] = (short)(frequencies[at - 1] + least[at]);
    }
}
