namespace SongMood.Formats.Opus.Silk;

/// <summary>SILK's part of an Opus stream (RFC 6716, 4.2): the frames of 10 or 20 ms in a packet's frame, to 48 kHz.</summary>
internal sealed class SilkDecoder
{
    /// <summary>Frames of 20 ms in the longest.</summary>
    public const int MostFrames = 3;

    private readonly SilkChannel[] _channels = [new(), new()];
    private readonly SilkStereo _stereo = new();
    private readonly short[][] _samples =
        [new short[SilkSynthesis.MostSamples + SilkStereo.Overlap], new short[SilkSynthesis.MostSamples + SilkStereo.Overlap]];

    private readonly int _outputCount;
    private SilkShape _shape = new(16, 4);
    private int _count = 1, _previousCount;
    private bool _wasMiddleOnly;

    /// <param name="outputCount">Channels to play: 1 or 2.</param>
    public SilkDecoder(int outputCount) => _outputCount = outputCount;

    /// <summary>As if nothing had been played.</summary>
    public void Reset()
    {
        foreach (var channel in _channels)
            channel.Reset();
        _stereo.Reset();
        _wasMiddleOnly = false;
    }

    /// <summary>Plays a frame of a packet.</summary>
    /// <param name="bits">The frame's.</param>
    /// <param name="rate">Samples a millisecond.</param>
    /// <param name="milliseconds">10, 20, 40 or 60.</param>
    /// <param name="isStereo">Whether it has two channels.</param>
    /// <param name="output">Interleaved samples.</param>
    public void Decode(RangeDecoder bits, int rate, int milliseconds, bool isStereo, Span<short> output)
    {
        _count = isStereo ? 2 : 1;
        _shape = new SilkShape(rate, milliseconds == 10 ? 2 : 4);
        var frames = Math.Max(1, milliseconds / 20);
        var isNowMono = Begin();
        ReadFlags(bits, frames);
        SkipCopies(bits, frames);
        for (var frame = 0; frame < frames; frame++)
        {
            var weights = default((int, int));
            var isMiddleOnly = false;
            if (_count == 2)
            {
                weights = SilkStereo.ReadWeights(bits);
                isMiddleOnly = !_channels[1].IsActive[frame] && bits.Symbol(SilkTables.MiddleOnly) == 1;
                if (!isMiddleOnly && _wasMiddleOnly)
                    _channels[1].BeginAnew();
            }

            for (var i = 0; i < _count; i++)
            {
                var samples = Samples(i);
                if (i == 0 || !isMiddleOnly)
                    _channels[i].Play(bits, frame, Coding(frame, i), samples[SilkStereo.Overlap..]);
                else
                    samples[SilkStereo.Overlap..].Clear();
            }

            var length = FrameSamples;
            Finish(weights, isNowMono, output.Slice(frame * length, length));
            isNowMono = false;
            _wasMiddleOnly = isMiddleOnly;
        }
    }

    /// <summary>Plays one that is missing.</summary>
    /// <param name="milliseconds">10 or 20.</param>
    /// <param name="output">Interleaved samples.</param>
    public void Conceal(int milliseconds, Span<short> output)
    {
        _shape = _shape with { SubframeCount = milliseconds == 10 ? 2 : 4 };
        var isNowMono = Begin();
        for (var i = 0; i < _count; i++)
        {
            var samples = Samples(i)[SilkStereo.Overlap..];
            if (i == 0 || !_wasMiddleOnly)
                _channels[i].Conceal(samples);
            else
                samples.Clear();
        }

        Finish(_stereo.Weights, isNowMono, output);
        for (var i = 0; i < _count; i++)
            _channels[i].ForgetGain();
    }

    private int FrameSamples => 48 * 5 * _shape.SubframeCount * _outputCount;

    private Span<short> Samples(int channel) => _samples[channel].AsSpan(0, _shape.FrameLength + SilkStereo.Overlap);

    // Whether two channels have become one; the other's resampler then runs out.
    private bool Begin()
    {
        if (_count > _previousCount)
            _channels[1].Reset();
        var isNowMono = _count == 1 && _previousCount == 2 && _shape.Rate == _channels[0].Shape.Rate;
        for (var i = 0; i < _count; i++)
            _channels[i].Begin(_shape);
        if (_count == 2 && _outputCount == 2 && _previousCount == 1)
        {
            _stereo.ForgetSide();
            _channels[1].Resampler.CopyFrom(_channels[0].Resampler);
        }

        _previousCount = _count;
        return isNowMono;
    }

    // 4.2.3 and 4.2.4
    private void ReadFlags(RangeDecoder bits, int frames)
    {
        Span<bool> hasCopies = stackalloc bool[2];
        for (var i = 0; i < _count; i++)
        {
            for (var frame = 0; frame < frames; frame++)
                _channels[i].IsActive[frame] = bits.Bit(1);
            hasCopies[i] = bits.Bit(1);
        }

        for (var i = 0; i < _count; i++)
        {
            var flags = !hasCopies[i] ? 0 : frames switch
            {
                1 => 1,
                2 => bits.Symbol(SilkTables.CopyFlags2) + 1,
                _ => bits.Symbol(SilkTables.CopyFlags3) + 1,
            };
            for (var frame = 0; frame < frames; frame++)
                _channels[i].HasCopy[frame] = (flags >> frame & 1) != 0;
        }
    }

    // 4.2.5: copies of the packet before, for those who have lost it.
    private void SkipCopies(RangeDecoder bits, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
            for (var i = 0; i < _count; i++)
            {
                if (!_channels[i].HasCopy[frame])
                    continue;
                if (_count == 2 && i == 0)
                {
                    _ = SilkStereo.ReadWeights(bits);
                    if (!_channels[1].HasCopy[frame])
                        _ = bits.Symbol(SilkTables.MiddleOnly);
                }

                var isConditional = frame > 0 && _channels[i].HasCopy[frame - 1];
                _channels[i].SkipCopy(bits, isConditional ? SilkCoding.Conditional : SilkCoding.Independent);
            }
    }

    private SilkCoding Coding(int frame, int channel) =>
        frame == 0 ? SilkCoding.Independent
        : channel > 0 && _wasMiddleOnly ? SilkCoding.IndependentWithoutScaling
        : SilkCoding.Conditional;

    private void Finish((int Smooth, int Direct) weights, bool isNowMono, Span<short> output)
    {
        if (_count == 2 && _outputCount == 2)
            _stereo.Unmix(Samples(0), Samples(1), weights, _shape.Rate);
        else
            _stereo.Delay(Samples(0));
        _channels[0].Resampler.Apply(Samples(0)[1..^1], output, _outputCount);
        if (_outputCount == 1)
            return;
        if (_count == 2 || isNowMono)
            _channels[1].Resampler.Apply(Samples(_count - 1)[1..^1], output[1..], _outputCount);
        else
            for (var i = 0; i < output.Length; i += 2)
                output[i + 1] = output[i];
    }
}
