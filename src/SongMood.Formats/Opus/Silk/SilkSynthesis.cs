namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// From pulses to samples (RFC 6716, 4.2.7.9): the excitation, what the pitch's filter predicts of it, and what the short filter predicts.
/// </summary>
internal sealed class SilkSynthesis
{
    /// <summary>Samples of 20 ms at 16 kHz, the longest frame; as many are kept of the past.</summary>
    public const int MostSamples = 320;

    private const int Order = SilkIndices.MostOrder, Taps = SilkParameters.PitchTaps, MostSubframe = 80;

    private readonly int[] _pitchPast = new int[2 * MostSamples]; // Q15, over the gain
    private readonly int[] _residual = new int[MostSubframe]; // Q14, over the gain
    private readonly int[] _filtered = new int[Order + MostSubframe]; // Q14, over the gain
    private readonly short[] _white = new short[MostSamples];

    /// <summary>The frame's excitation, Q14.</summary>
    public readonly int[] Excitation = new int[MostSamples];

    /// <summary>The short filter's state, Q14.</summary>
    public readonly int[] FilterState = new int[Order];

    /// <summary>The last samples; room behind them for a half of the frame.</summary>
    public readonly short[] Past = new short[MostSamples + MostSamples / 2];

    private int _previousGain = 1 << 16;

    public void Reset()
    {
        Clear();
        Array.Clear(Excitation);
        _previousGain = 1 << 16;
    }

    /// <summary>Forgets what was played.</summary>
    public void Clear()
    {
        Array.Clear(FilterState);
        Array.Clear(Past);
    }

    /// <summary>Plays a frame.</summary>
    /// <param name="indices">Its side information.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="pulses">Its pulses.</param>
    /// <param name="shape">Its rate and subframes.</param>
    /// <param name="voicedLoss">The pitch's lag, where frames are lost before this one whose sound was voiced; otherwise 0.</param>
    /// <param name="output">Its samples.</param>
    public void Play(
        SilkIndices indices, SilkParameters parameters, ReadOnlySpan<short> pulses, SilkShape shape, int voicedLoss, Span<short> output)
    {
        Excite(indices, pulses[..shape.FrameLength]);
        FilterState.CopyTo(_filtered, 0);
        var (length, pastLength) = (shape.SubframeLength, shape.PastLength);
        var isInterpolated = indices.Interpolation < SilkIndices.NoInterpolation;
        var end = pastLength; // of what the pitch's filter knows
        for (var k = 0; k < shape.SubframeCount; k++)
        {
            var filter = parameters.Filters[k >> 1].AsSpan(0, shape.Order);
            var pitchFilter = parameters.PitchFilters.AsSpan(k * Taps, Taps);
            var gain = parameters.Gains[k];
            var change = ChangeGain(gain);
            var isVoiced = indices.Signal == SilkSignal.Voiced;
            if (voicedLoss > 0 && !isVoiced && k < SilkIndices.MostSubframes / 2)
            {
                pitchFilter.Clear(); // sound that was voiced does not end at once
                pitchFilter[Taps / 2] = 1 << 12;
                parameters.Lags[k] = voicedLoss;
                isVoiced = true;
            }

            ReadOnlySpan<int> residual = Excitation.AsSpan(k * length, length);
            if (isVoiced)
            {
                var lag = parameters.Lags[k];
                var inverse = FixedPoint.Inverse(gain, 47);
                if (k == 0 || (k == 2 && isInterpolated))
                {
                    if (k == 0)
                        inverse = FixedPoint.ScaleShort(inverse, parameters.PitchScale) << 2;
                    else
                        output[..(2 * length)].CopyTo(Past.AsSpan(pastLength));
                    Whiten(filter, k * length, pastLength, lag, inverse, end);
                }
                else if (change != 1 << 16)
                    for (var i = end - lag - Taps / 2; i < end; i++)
                        _pitchPast[i] = FixedPoint.Scale(change, _pitchPast[i]);
                AddPitch(residual, pitchFilter, lag, end);
                residual = _residual.AsSpan(0, length);
                end += length;
            }

            Filter(residual, filter, gain >> 6, output.Slice(k * length, length));
        }

        _filtered.AsSpan(0, Order).CopyTo(FilterState);
    }

    /// <summary>Keeps a frame as the past.</summary>
    public void Keep(ReadOnlySpan<short> frame, int pastLength)
    {
        var kept = pastLength - frame.Length;
        Past.AsSpan(frame.Length, kept).CopyTo(Past);
        frame.CopyTo(Past.AsSpan(kept));
    }

    // 4.2.7.8.6
    private void Excite(SilkIndices indices, ReadOnlySpan<short> pulses)
    {
        const int LevelAdjustment = 80 << 4; // a level lies nearer to 0 than its number says
        var offset = SilkTables.ExcitationOffset(indices.Signal, indices.OffsetType) << 4;
        var seed = indices.Seed;
        for (var i = 0; i < pulses.Length; i++)
        {
            int pulse = pulses[i];
            seed = FixedPoint.NextRandom(seed);
            var value = (pulse << 14) - Math.Sign(pulse) * LevelAdjustment + offset;
            Excitation[i] = seed < 0 ? -value : value;
            seed = unchecked(seed + pulse);
        }
    }

    // States are kept over the gain.
    private int ChangeGain(int gain)
    {
        if (gain == _previousGain)
            return 1 << 16;
        var change = FixedPoint.Quotient(_previousGain, gain, 16);
        foreach (ref var state in _filtered.AsSpan(0, Order))
            state = FixedPoint.Scale(change, state);
        _previousGain = gain;
        return change;
    }

    // 4.2.7.9.1: the past goes backwards through the new filter.
    private void Whiten(ReadOnlySpan<short> filter, int from, int pastLength, int lag, int inverse, int end)
    {
        var start = pastLength - lag - filter.Length - Taps / 2;
        LinearPredictor.Whiten(Past.AsSpan(start + from, pastLength - start), filter, _white.AsSpan(start, pastLength - start));
        for (var i = 1; i <= lag + Taps / 2; i++)
            _pitchPast[end - i] = FixedPoint.ScaleShort(inverse, _white[pastLength - i]);
    }

    private void AddPitch(ReadOnlySpan<int> excitation, ReadOnlySpan<short> filter, int lag, int end)
    {
        for (var i = 0; i < excitation.Length; i++)
        {
            var predicted = Taps / 2; // as each product is rounded down
            var past = _pitchPast.AsSpan(end + i - lag - Taps / 2, Taps);
            for (var tap = 0; tap < Taps; tap++)
                predicted += (int)((long)past[Taps - 1 - tap] * filter[tap] >> 16);
            var value = unchecked(excitation[i] + (predicted << 1));
            _residual[i] = value;
            _pitchPast[end + i] = unchecked(value << 1);
        }
    }

    // 4.2.7.9.2
    private void Filter(ReadOnlySpan<int> residual, ReadOnlySpan<short> filter, int gainQ10, Span<short> output)
    {
        var state = _filtered.AsSpan(0, Order + residual.Length);
        var predictor = new ShortPredictor(filter);
        for (var i = 0; i < residual.Length; i++)
        {
            var value = predictor.Next(state.Slice(i, Order), residual[i]);
            state[Order + i] = value;
            output[i] = FixedPoint.Saturate16(FixedPoint.Round(FixedPoint.Scale(value, gainQ10), 8));
        }

        state[residual.Length..].CopyTo(state);
    }
}
