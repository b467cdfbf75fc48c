namespace SongMood.Formats.Opus.Silk;

/// <summary>A frame's parameters in the units that synthesis needs (RFC 6716, 4.2.7.4 to 4.2.7.6).</summary>
internal sealed class SilkParameters
{
    /// <summary>Taps of the filter of the pitch.</summary>
    public const int PitchTaps = 5;

    /// <summary>The gain's index after a reset.</summary>
    public const int FirstGain = 10;

    private const int AfterLossQ16 = 63570; // 0.97

    private readonly short[] _frequencies = new short[SilkIndices.MostOrder], _between = new short[SilkIndices.MostOrder];

    /// <summary>Each subframe's gain, Q16.</summary>
    public readonly int[] Gains = new int[SilkIndices.MostSubframes];

    /// <summary>The filters of the first and the second half, Q12.</summary>
    public readonly short[][] Filters = [new short[SilkIndices.MostOrder], new short[SilkIndices.MostOrder]];

    /// <summary>Samples back to the pitch's last pulse, of each subframe.</summary>
    public readonly int[] Lags = new int[SilkIndices.MostSubframes];

    /// <summary>Each subframe's filter of the pitch, Q14.</summary>
    public readonly short[] PitchFilters = new short[SilkIndices.MostSubframes * PitchTaps];

    /// <summary>The line spectrum of the frame before.</summary>
    public readonly short[] PreviousFrequencies = new short[SilkIndices.MostOrder];

    /// <summary>The gain that the next is told from.</summary>
    public int GainIndex { get; set; } = FirstGain;

    /// <summary>By how much the pitch's past is made smaller, Q14.</summary>
    public int PitchScale { get; private set; }

    /// <summary>Finds a frame's.</summary>
    /// <param name="indices">Its side information.</param>
    /// <param name="rate">Samples a millisecond.</param>
    /// <param name="subframeCount">2 or 4.</param>
    /// <param name="coding">How the first gain is told.</param>
    /// <param name="isFirst">Whether there is no frame before it.</param>
    /// <param name="isAfterLoss">Whether the frame before it is lost.</param>
    public void Decode(SilkIndices indices, int rate, int subframeCount, SilkCoding coding, bool isFirst, bool isAfterLoss)
    {
        DecodeGains(indices, subframeCount, coding);
        DecodeFilters(indices, LineSpectrumCodebook.Of(rate), isFirst, isAfterLoss);
        if (indices.Signal == SilkSignal.Voiced)
            DecodePitch(indices, rate, subframeCount);
        else
        {
            Array.Clear(Lags);
            Array.Clear(PitchFilters);
            PitchScale = 0;
        }
    }

    // 4.2.7.4
    private void DecodeGains(SilkIndices indices, int subframeCount, SilkCoding coding)
    {
        const int Levels = 64, LeastDelta = -4, MostDelta = 36, MostLogQ7 = 3967, LogOffset = 2090, LogStepQ16 = 0x1D1C71;
        for (var i = 0; i < subframeCount; i++)
        {
            if (i == 0 && coding != SilkCoding.Conditional)
                GainIndex = Math.Max(indices.Gains[0], GainIndex - 16);
            else
            {
                var delta = indices.Gains[i] + LeastDelta;
                var doubled = 2 * MostDelta - Levels + GainIndex;
                GainIndex += delta > doubled ? 2 * delta - doubled : delta;
            }

            GainIndex = Math.Clamp(GainIndex, 0, Levels - 1);
            Gains[i] = FixedPoint.Power(Math.Min(FixedPoint.Scale(LogStepQ16, GainIndex) + LogOffset, MostLogQ7));
        }
    }

    // 4.2.7.5.5: the first half's spectrum lies between the last frame's and the second half's.
    private void DecodeFilters(SilkIndices indices, LineSpectrumCodebook codebook, bool isFirst, bool isAfterLoss)
    {
        var order = codebook.Order;
        var now = _frequencies.AsSpan(0, order);
        LineSpectrum.Decode(indices, codebook, now);
        LinearPredictor.Find(now, Filters[1].AsSpan(0, order));
        if (isFirst)
            indices.Interpolation = SilkIndices.NoInterpolation;
        if (indices.Interpolation < SilkIndices.NoInterpolation)
        {
            for (var i = 0; i < order; i++)
                _between[i] = (short)(PreviousFrequencies[i] + (indices.Interpolation * (now[i] - PreviousFrequencies[i]) >> 2));
            LinearPredictor.Find(_between.AsSpan(0, order), Filters[0].AsSpan(0, order));
        }
        else
            Filters[1].CopyTo(Filters[0], 0);

        now.CopyTo(PreviousFrequencies);
        if (!isAfterLoss)
            return;
        foreach (var filter in Filters)
            LinearPredictor.Widen(filter.AsSpan(0, order), AfterLossQ16);
    }

    // 4.2.7.6
    private void DecodePitch(SilkIndices indices, int rate, int subframeCount)
    {
        const int LeastMilliseconds = 2, MostMilliseconds = 18;
        for (var i = 0; i < subframeCount; i++)
        {
            var lag = LeastMilliseconds * rate + indices.Lag + SilkTables.LagOffset(rate, subframeCount, i, indices.Contour);
            Lags[i] = Math.Clamp(lag, LeastMilliseconds * rate, MostMilliseconds * rate);
            var taps = SilkTables.PitchTaps(indices.Periodicity, indices.Filters[i]);
            for (var tap = 0; tap < PitchTaps; tap++)
                PitchFilters[i * PitchTaps + tap] = (short)(taps[tap] << 7);
        }

        PitchScale = SilkTables.FilterScales[indices.FilterScale];
    }
}
