namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// What is played where a frame is missing, or was not sent as there was silence: the last pitch goes on and fades. RFC 6716 leaves this
/// open (4.4); we do it as its reference does, as encoders count on that where they send nothing.
/// </summary>
internal sealed class SilkConcealment
{
    private const int Order = SilkIndices.MostOrder, Taps = SilkParameters.PitchTaps, NoiseLength = 128;

    private static readonly short[] PitchFades = [32440, 31130]; // 0.99 and 0.95, Q15: of the first frame and of those behind it

    private static readonly short[] VoicedNoiseFades = [31130, 26214];

    private static readonly short[] NoiseFades = [32440, 29491];

    private readonly int[] _pitch = new int[2 * SilkSynthesis.MostSamples];
    private readonly short[] _white = new short[SilkSynthesis.MostSamples], _excitation = new short[160];
    private readonly short[] _filter = new short[Order], _pitchFilter = new short[Taps];
    private readonly int[] _gains = new int[2];
    private int _lagQ8, _pitchScale, _seed, _rate;
    private SilkShape _shape;
    private int _energy, _energyShift;
    private bool _wasLost;

    /// <summary>How loud the noise is, Q14.</summary>
    public int NoiseScale { get; private set; }

    /// <summary>The last gain, Q16.</summary>
    public int LastGain => _gains[1];

    public void Reset()
    {
        (_seed, _rate, NoiseScale, _pitchScale, _wasLost, _energy, _energyShift) = (0, 0, 0, 0, false, 0, 0);
        Array.Clear(_filter);
        Array.Clear(_pitchFilter);
        Begin(new SilkShape(0, 0));
    }

    /// <summary>Keeps what a frame that is there tells.</summary>
    public void Update(SilkIndices indices, SilkParameters parameters, SilkShape shape)
    {
        const int LeastGain = 11469, MostGain = 15565; // 0.7 and 0.95, Q14
        Begin(shape);
        Array.Clear(_pitchFilter);
        if (indices.Signal == SilkSignal.Voiced)
        {
            var gain = 0; // of the subframes within the last lag, the one with the strongest pitch
            for (var j = 0; j < shape.SubframeCount && j * shape.SubframeLength < parameters.Lags[shape.SubframeCount - 1]; j++)
            {
                var k = shape.SubframeCount - 1 - j;
                var sum = 0;
                foreach (var tap in parameters.PitchFilters.AsSpan(k * Taps, Taps))
                    sum += tap;
                if (sum > gain)
                    (gain, _lagQ8) = (sum, parameters.Lags[k] << 8);
            }

            var middle = (int)(short)gain;
            if (gain < LeastGain)
                middle = (short)middle * (short)((LeastGain << 10) / Math.Max(gain, 1)) >> 10;
            else if (gain > MostGain)
                middle = (short)middle * (short)((MostGain << 14) / Math.Max(gain, 1)) >> 14;
            _pitchFilter[Taps / 2] = (short)middle;
        }
        else
            _lagQ8 = 18 * shape.Rate << 8;

        parameters.Filters[1].CopyTo(_filter, 0);
        _pitchScale = parameters.PitchScale;
        parameters.Gains.AsSpan(shape.SubframeCount - 2, 2).CopyTo(_gains);
        _shape = shape;
    }

    /// <summary>Plays a frame that is missing.</summary>
    /// <param name="synthesis">What was played.</param>
    /// <param name="signal">The last sound.</param>
    /// <param name="shape">How long the frame is.</param>
    /// <param name="lossCount">Frames that are missing before it.</param>
    /// <param name="isFirst">Whether there was no frame yet.</param>
    /// <param name="output">Its samples.</param>
    /// <returns>The lag at its end.</returns>
    public int Play(SilkSynthesis synthesis, SilkSignal signal, SilkShape shape, int lossCount, bool isFirst, Span<short> output)
    {
        Begin(shape);
        if (isFirst)
            Array.Clear(_filter);
        var noise = NoiseSource(synthesis.Excitation, shape);
        var fade = Math.Min(lossCount, 1);
        int pitchFade = PitchFades[fade], noiseFade = (signal == SilkSignal.Voiced ? VoicedNoiseFades : NoiseFades)[fade];
        var filter = _filter.AsSpan(0, shape.Order);
        LinearPredictor.Widen(filter, 64881); // 0.99
        if (lossCount == 0)
            noiseFade = BeginNoise(signal, filter, noiseFade);

        var pastLength = shape.PastLength;
        var lag = FixedPoint.Round(_lagQ8, 8);
        var start = pastLength - lag - shape.Order - Taps / 2;
        LinearPredictor.Whiten(synthesis.Past.AsSpan(start, pastLength - start), filter, _white.AsSpan(start, pastLength - start));
        var inverse = Math.Min(FixedPoint.Inverse(_gains[1], 46), int.MaxValue >> 1);
        for (var i = start + shape.Order; i < pastLength; i++)
            _pitch[i] = FixedPoint.ScaleShort(inverse, _white[i]);

        var at = pastLength;
        for (var k = 0; k < shape.SubframeCount; k++)
        {
            for (var i = 0; i < shape.SubframeLength; i++, at++)
            {
                var predicted = Taps / 2;
                for (var tap = 0; tap < Taps; tap++)
                    predicted += FixedPoint.ScaleShort(_pitch[at - lag + Taps / 2 - tap], _pitchFilter[tap]);
                _seed = FixedPoint.NextRandom(_seed);
                var excitation = synthesis.Excitation[noise + (_seed >> 25 & NoiseLength - 1)];
                _pitch[at] = unchecked((predicted + FixedPoint.ScaleShort(excitation, NoiseScale)) << 2);
            }

            foreach (ref var tap in _pitchFilter.AsSpan())
                tap = (short)(pitchFade * tap >> 15);
            if (signal != SilkSignal.Inactive) // what is behind the speech goes on
                NoiseScale = (short)((short)NoiseScale * (short)noiseFade >> 15);
            _lagQ8 = Math.Min(_lagQ8 + FixedPoint.ScaleShort(_lagQ8, 655), 18 * shape.Rate << 8); // 1 % a subframe
            lag = FixedPoint.Round(_lagQ8, 8);
        }

        Filter(synthesis, filter, pastLength, output);
        return lag;
    }

    /// <summary>A frame behind missing ones may begin no louder than they ended; it grows to what it is.</summary>
    public void Join(bool isLost, Span<short> frame)
    {
        if (isLost)
        {
            (_energy, _energyShift) = FixedPoint.Energy(frame);
            _wasLost = true;
            return;
        }

        if (_wasLost)
            Grow(frame);
        _wasLost = false;
    }

    private void Grow(Span<short> frame)
    {
        var (energy, shift) = FixedPoint.Energy(frame);
        if (shift > _energyShift)
            _energy >>= shift - _energyShift;
        else
            energy >>= _energyShift - shift;
        if (energy <= _energy)
            return;
        var zeros = System.Numerics.BitOperations.LeadingZeroCount((uint)_energy) - 1;
        _energy <<= zeros;
        energy >>= Math.Max(24 - zeros, 0);
        var gain = FixedPoint.SquareRoot(_energy / Math.Max(energy, 1)) << 4;
        var slope = ((1 << 16) - gain) / frame.Length << 2;
        foreach (ref var sample in frame)
        {
            sample = (short)FixedPoint.ScaleShort(gain, sample);
            gain += slope;
            if (gain > 1 << 16)
                break;
        }
    }

    private void Begin(SilkShape shape)
    {
        if (shape.Rate == _rate && shape.Rate != 0)
            return;
        _lagQ8 = shape.FrameLength << 7;
        _gains.AsSpan().Fill(1 << 16);
        _shape = new SilkShape(4, 2); // subframes of 20 samples, until there are any
        _rate = shape.Rate;
    }

    // The quieter of the last two subframes gives the noise.
    private int NoiseSource(ReadOnlySpan<int> excitation, SilkShape shape)
    {
        Span<(int Energy, int Shift)> energies = stackalloc (int, int)[2];
        for (var k = 0; k < 2; k++)
        {
            var part = excitation.Slice((k + shape.SubframeCount - 2) * shape.SubframeLength, shape.SubframeLength);
            for (var i = 0; i < part.Length; i++)
                _excitation[i] = FixedPoint.Saturate16(FixedPoint.Scale(part[i], _gains[k] >> 6) >> 8);
            energies[k] = FixedPoint.Energy(_excitation.AsSpan(0, part.Length));
        }

        var isFirst = energies[0].Energy >> energies[1].Shift < energies[1].Energy >> energies[0].Shift;
        return Math.Max(0, (_shape.SubframeCount - (isFirst ? 1 : 0)) * _shape.SubframeLength - NoiseLength);
    }

    private int BeginNoise(SilkSignal signal, ReadOnlySpan<short> filter, int noiseFade)
    {
        NoiseScale = 1 << 14;
        if (signal == SilkSignal.Voiced)
        {
            foreach (var tap in _pitchFilter)
                NoiseScale = (short)(NoiseScale - tap);
            NoiseScale = (short)(Math.Max(3277, NoiseScale) * _pitchScale >> 14);
            return noiseFade;
        }

        // the more the filter makes of it, the less noise: between 1/8 and 1/256 of its gain
        var inverse = Math.Clamp(LinearPredictor.InverseGain(filter), 1 << 22, 1 << 27) << 3;
        return FixedPoint.ScaleShort(inverse, noiseFade) >> 14;
    }

    private void Filter(SilkSynthesis synthesis, ReadOnlySpan<short> filter, int pastLength, Span<short> output)
    {
        var state = _pitch.AsSpan(pastLength - Order, Order + output.Length);
        synthesis.FilterState.CopyTo(state);
        var gain = _gains[1] >> 6;
        var predictor = new ShortPredictor(filter);
        for (var i = 0; i < output.Length; i++)
        {
            state[Order + i] = predictor.Next(state.Slice(i, Order), state[Order + i]);
            output[i] = FixedPoint.Saturate16(FixedPoint.Round(FixedPoint.Scale(state[Order + i], gain), 8));
        }

        state[output.Length..].CopyTo(synthesis.FilterState);
    }
}
