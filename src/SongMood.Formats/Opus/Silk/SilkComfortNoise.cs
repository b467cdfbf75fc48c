namespace SongMood.Formats.Opus.Silk;

/// <summary>The noise behind the speech, which goes on where frames are missing (as RFC 6716's reference has it).</summary>
internal sealed class SilkComfortNoise
{
    private const int Order = SilkIndices.MostOrder, FirstSeed = 3176576, SpectrumStepQ16 = 16348, GainStepQ16 = 4634, MostMask = 255;

    private readonly int[] _excitation = new int[SilkSynthesis.MostSamples], _state = new int[Order + SilkSynthesis.MostSamples];
    private readonly short[] _frequencies = new short[Order], _filter = new short[Order];
    private int _gain, _seed, _rate;

    public void Reset()
    {
        Array.Clear(_excitation);
        Array.Clear(_state);
        _rate = 0;
        (_gain, _seed) = (0, FirstSeed);
    }

    /// <summary>Learns from a frame without speech.</summary>
    public void Update(SilkShape shape, SilkSignal signal, SilkParameters parameters, ReadOnlySpan<int> excitation)
    {
        Begin(shape);
        _state.AsSpan(0, shape.Order).Clear();
        if (signal != SilkSignal.Inactive)
            return;
        for (var i = 0; i < shape.Order; i++)
            _frequencies[i] += (short)FixedPoint.ScaleShort(parameters.PreviousFrequencies[i] - _frequencies[i], SpectrumStepQ16);
        var (loudest, at) = (0, 0);
        for (var k = 0; k < shape.SubframeCount; k++)
            if (parameters.Gains[k] > loudest)
                (loudest, at) = (parameters.Gains[k], k);
        var length = shape.SubframeLength;
        _excitation.AsSpan(0, (shape.SubframeCount - 1) * length).CopyTo(_excitation.AsSpan(length));
        excitation.Slice(at * length, length).CopyTo(_excitation);
        for (var k = 0; k < shape.SubframeCount; k++)
            _gain += FixedPoint.ScaleShort(parameters.Gains[k] - _gain, GainStepQ16);
    }

    /// <summary>Adds noise to a frame that is missing.</summary>
    public void Add(SilkShape shape, SilkConcealment concealment, Span<short> frame)
    {
        Begin(shape);
        var gain = Gain(FixedPoint.Scale(concealment.NoiseScale, concealment.LastGain)) >> 6;
        var mask = MostMask;
        while (mask > frame.Length)
            mask >>= 1;
        var state = _state.AsSpan(0, Order + frame.Length);
        for (var i = 0; i < frame.Length; i++)
        {
            _seed = FixedPoint.NextRandom(_seed);
            state[Order + i] = _excitation[_seed >> 24 & mask];
        }

        var filter = _filter.AsSpan(0, shape.Order);
        LinearPredictor.Find(_frequencies.AsSpan(0, shape.Order), filter);
        var predictor = new ShortPredictor(filter);
        for (var i = 0; i < frame.Length; i++)
        {
            state[Order + i] = predictor.Next(state.Slice(i, Order), state[Order + i]);
            var noise = FixedPoint.Saturate16(FixedPoint.Round(FixedPoint.Scale(state[Order + i], gain), 8));
            frame[i] = FixedPoint.Saturate16(frame[i] + noise);
        }

        state[frame.Length..].CopyTo(state);
    }

    // The noise that is learned, less what concealment plays already: powers are subtracted.
    private int Gain(int played)
    {
        if (played >= 1 << 21 || _gain > 1 << 23)
        {
            var rest = (_gain >> 16) * (_gain >> 16) - ((played >> 16) * (played >> 16) << 5);
            return FixedPoint.SquareRoot(rest) << 16;
        }
        else
        {
            var rest = FixedPoint.Scale(_gain, _gain) - (FixedPoint.Scale(played, played) << 5);
            return FixedPoint.SquareRoot(rest) << 8;
        }
    }

    private void Begin(SilkShape shape)
    {
        if (shape.Rate == _rate)
            return;
        var step = short.MaxValue / (shape.Order + 1);
        for (var i = 0; i < shape.Order; i++)
            _frequencies[i] = (short)((i + 1) * step);
        (_gain, _seed, _rate) = (0, FirstSeed, shape.Rate);
    }
}
