namespace SongMood.Formats.Opus.Silk;

/// <summary>One channel: what it remembers, and its frames in turn.</summary>
internal sealed class SilkChannel
{
    private readonly SilkExcitation _excitation = new();
    private readonly SilkIndices _indices = new();
    private readonly SilkParameters _parameters = new();
    private readonly SilkSynthesis _synthesis = new();
    private readonly SilkConcealment _concealment = new();
    private readonly SilkComfortNoise _comfortNoise = new();
    private readonly short[] _pulses = new short[SilkSynthesis.MostSamples];
    private SilkSignal _previousSignal;
    private int _previousLag, _lossCount;
    private bool _isFirst;

    public SilkChannel() => Reset();

    public SilkShape Shape { get; private set; }

    public SilkResampler Resampler { get; } = new();

    /// <summary>Whether each of the packet's frames is sound (RFC 6716, 4.2.3).</summary>
    public bool[] IsActive { get; } = new bool[SilkDecoder.MostFrames];

    /// <summary>Whether the packet has a copy of each frame of the packet before (4.2.4).</summary>
    public bool[] HasCopy { get; } = new bool[SilkDecoder.MostFrames];

    /// <summary>As if nothing had been played.</summary>
    public void Reset()
    {
        _indices.Reset();
        _synthesis.Reset();
        _concealment.Reset();
        _comfortNoise.Reset();
        Resampler.Reset(0);
        Array.Clear(_parameters.PreviousFrequencies);
        Shape = default;
        (_previousSignal, _previousLag, _lossCount, _isFirst) = (SilkSignal.Inactive, 0, 0, true);
        _parameters.GainIndex = 0;
    }

    /// <summary>Takes a packet's rate and length of frames (4.2.2): another rate begins anew.</summary>
    public void Begin(SilkShape shape)
    {
        if (shape.Rate != Shape.Rate)
        {
            Resampler.Reset(shape.Rate);
            BeginAnew();
        }

        Shape = shape;
    }

    /// <summary>Forgets what predicts the next frame, as this channel was left out for a while (4.2.7.1).</summary>
    public void BeginAnew()
    {
        const int FirstLag = 100;
        _synthesis.Clear();
        (_previousSignal, _previousLag, _isFirst) = (SilkSignal.Inactive, FirstLag, true);
        ForgetGain();
    }

    /// <summary>The next gain may be anything.</summary>
    public void ForgetGain() => _parameters.GainIndex = SilkParameters.FirstGain;

    /// <summary>Passes over the copy of a frame of the packet before.</summary>
    public void SkipCopy(RangeDecoder bits, SilkCoding coding) => ReadCoded(bits, true, coding);

    /// <summary>Plays a frame.</summary>
    /// <param name="bits">The packet's.</param>
    /// <param name="frame">Its place in the packet.</param>
    /// <param name="coding">Whether the frame before is needed.</param>
    /// <param name="output">Its samples.</param>
    public void Play(RangeDecoder bits, int frame, SilkCoding coding, Span<short> output)
    {
        ReadCoded(bits, IsActive[frame], coding);
        _parameters.Decode(_indices, Shape.Rate, Shape.SubframeCount, coding, _isFirst, _lossCount > 0);
        var voicedLoss = _lossCount > 0 && _previousSignal == SilkSignal.Voiced ? _previousLag : 0;
        _synthesis.Play(_indices, _parameters, _pulses, Shape, voicedLoss, output);
        _concealment.Update(_indices, _parameters, Shape);
        (_lossCount, _previousSignal, _isFirst) = (0, _indices.Signal, false);
        _synthesis.Keep(output, Shape.PastLength);
        _comfortNoise.Update(Shape, _previousSignal, _parameters, _synthesis.Excitation);
        _concealment.Join(false, output);
        _previousLag = _parameters.Lags[Shape.SubframeCount - 1];
    }

    /// <summary>Plays a frame that is missing.</summary>
    public void Conceal(Span<short> output)
    {
        _previousLag = _concealment.Play(_synthesis, _previousSignal, Shape, _lossCount, _isFirst, output);
        _lossCount++;
        _synthesis.Keep(output, Shape.PastLength);
        _comfortNoise.Add(Shape, _concealment, output);
        _concealment.Join(true, output);
    }

    private void ReadCoded(RangeDecoder bits, bool isActive, SilkCoding coding)
    {
        _indices.Read(bits, Shape.Rate, Shape.SubframeCount, isActive, coding);
        _excitation.Read(bits, _indices, _pulses.AsSpan(0, Shape.PulseCount));
    }
}
