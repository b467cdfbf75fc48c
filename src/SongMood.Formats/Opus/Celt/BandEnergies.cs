namespace SongMood.Formats.Opus.Celt;

/// <summary>How loud each band is, a logarithm to the base 2 (RFC 6716, 4.3.2): steps of 6 dB, then finer and finer ones.</summary>
internal static class BandEnergies
{
    /// <summary>The energy of a band without sound.</summary>
    public const float Silence = -28;

    /// <summary>Bits of the finest steps.</summary>
    public const int MostFineBits = 8;

    private const float LeastPast = -9, WithoutPastBeta = 4915 / 32768f;

    // How much of the last frame's energy is counted on, and of the band's below (4.3.2.1).
    private static readonly float[] Alphas = [29440 / 32768f, 26112 / 32768f, 21248 / 32768f, 16384 / 32768f];

    private static readonly float[] Betas = [30147 / 32768f, 22282 / 32768f, 12124 / 32768f, 6554 / 32768f];

    /// <summary>Reads the coarse steps (4.3.2.1).</summary>
    /// <param name="bits">The frame's.</param>
    /// <param name="shape">Its layout.</param>
    /// <param name="isAlone">Whether the last frame is not counted on.</param>
    /// <param name="energies">The last frame's, a row of bands a channel; then this one's.</param>
    public static void ReadCoarse(RangeDecoder bits, CeltShape shape, bool isAlone, Span<float> energies)
    {
        var models = CeltTables.EnergyModels.Slice((2 * shape.LengthLog + (isAlone ? 1 : 0)) * 2 * CeltTables.BandCount);
        var alpha = isAlone ? 0 : Alphas[shape.LengthLog];
        var beta = isAlone ? WithoutPastBeta : Betas[shape.LengthLog];
        Span<float> below = stackalloc float[2];
        below.Clear();
        for (var band = shape.StartBand; band < shape.EndBand; band++)
            for (var channel = 0; channel < shape.ChannelCount; channel++)
            {
                var step = ReadStep(bits, models[2 * band], models[2 * band + 1]);
                ref var energy = ref energies[channel * CeltTables.BandCount + band];
                energy = alpha * Math.Max(LeastPast, energy) + below[channel] + step;
                below[channel] += step - beta * step;
            }
    }

    /// <summary>Reads as many bits more as each band was given (4.3.2.2).</summary>
    public static void ReadFine(RangeDecoder bits, CeltShape shape, ReadOnlySpan<int> fineBits, Span<float> energies)
    {
        for (var band = shape.StartBand; band < shape.EndBand; band++)
            for (var channel = 0; channel < shape.ChannelCount && fineBits[band] > 0; channel++)
                energies[channel * CeltTables.BandCount + band] +=
                    (bits.RawBits(fineBits[band]) + 0.5f) / (1 << fineBits[band]) - 0.5f;
    }

    /// <summary>Spends what is left, a bit a band, first for those where it was rounded down.</summary>
    public static void ReadRest(RangeDecoder bits, CeltShape shape, BitAllocation allocation, Span<float> energies)
    {
        var left = bits.BitLength - bits.Tell;
        for (var isLater = 0; isLater < 2; isLater++)
            for (var band = shape.StartBand; band < shape.EndBand && left >= shape.ChannelCount; band++)
            {
                var fine = allocation.FineBits[band];
                if (fine >= MostFineBits || allocation.IsFineLater[band] != (isLater == 1))
                    continue;
                for (var channel = 0; channel < shape.ChannelCount; channel++)
                    energies[channel * CeltTables.BandCount + band] += (bits.RawBits(1) - 0.5f) / (2 << fine);
                left -= shape.ChannelCount;
            }
    }

    private static int ReadStep(RangeDecoder bits, int zero, int decay)
    {
        var left = bits.BitLength - bits.Tell;
        if (left >= 15)
            return bits.Laplace((uint)zero << 7, (uint)decay << 6);
        if (left < 2)
            return left < 1 || bits.Bit(1) ? -1 : 0;
        var symbol = bits.Symbol(CeltTables.FewEnergies, 2);
        return (symbol >> 1) ^ -(symbol & 1);
    }
}
