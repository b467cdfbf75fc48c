namespace SongMood.Dsp;

/// <summary>Frames of a signal, windowed and transformed one at a time, placed as librosa.stft places them. One a thread.</summary>
internal sealed unsafe class ShortTimeFourier
{
    private readonly RealFft _fft;
    private readonly float[] _edgeFrame; // a frame that reaches beyond the signal, with its padding
    private readonly int _hopLength, _padding, _samplesPerFrame;
    private readonly bool _center, _isMagnitude;
    private readonly PadMode _padMode;

    public ShortTimeFourier(SpectrogramOptions options)
    {
        options.Validate();
        _fft = new RealFft(Window.CreateInFrame(options.Window, options.WindowLength ?? options.FftLength, options.FftLength,
            options.KaiserBeta, options.WindowAtStart));
        _edgeFrame = new float[options.FftLength];
        _hopLength = options.HopLength;
        _center = options.Center;
        _samplesPerFrame = options.SamplesPerFrame;
        _padding = options.Center ? options.FftLength / 2 : 0;
        _padMode = options.PadMode;
        _isMagnitude = options.Power == 1;
    }

    public int FftLength => _fft.Length;

    public int BinCount => _fft.BinCount;

    /// <summary>The frames of a signal; an error where it is too short for one.</summary>
    public int FrameCount(int sampleCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sampleCount);
        var padded = sampleCount + 2L * _padding;
        if (padded < _samplesPerFrame)
            throw new ArgumentException(
                $"{Plural.Of(sampleCount, "sample")} {Plural.Word(sampleCount, "is", "are")} too few for a frame of {_samplesPerFrame}"
                + (_center ? "." : " without centring; pad the signal, choose a smaller FFT length, or set Center."));
        if (sampleCount == 0 && _padMode != PadMode.Constant)
            throw new ArgumentException($"An empty signal has nothing to pad with in mode {_padMode}; use {PadMode.Constant}.");
        return checked((int)(1 + (padded - _samplesPerFrame) / _hopLength));
    }

    /// <summary>The magnitudes or powers of one frame: <see cref="BinCount"/> values.</summary>
    public void Transform(ReadOnlySpan<float> samples, int frame, float* target)
    {
        var start = (long)frame * _hopLength - _padding;
        if (start >= 0 && start + FftLength <= samples.Length)
            fixed (float* inside = samples)
                _fft.Transform(inside + start);
        else
            fixed (float* edge = _edgeFrame)
            {
                FillEdgeFrame(samples, start);
                _fft.Transform(edge);
            }

        _fft.StorePower(target, _isMagnitude);
    }

    private void FillEdgeFrame(ReadOnlySpan<float> samples, long start)
    {
        var from = Math.Clamp(start, 0, samples.Length);
        var to = Math.Clamp(start + FftLength, 0, samples.Length);
        for (var i = start; i < from; i++)
            _edgeFrame[i - start] = Outside(samples, i);
        samples[(int)from..(int)to].CopyTo(_edgeFrame.AsSpan((int)(from - start)));
        for (var i = Math.Max(start, to); i < start + FftLength; i++)
            _edgeFrame[i - start] = Outside(samples, i);
    }

    private float Outside(ReadOnlySpan<float> samples, long index)
    {
        var last = samples.Length - 1;
        if (_padMode == PadMode.Constant)
            return 0;
        if (_padMode == PadMode.Edge || last == 0)
            return samples[index < 0 ? 0 : last];
        // Mirrored as often as it takes: a triangle wave of period 2 last.
        var phase = (int)(((index % (2L * last)) + 2L * last) % (2L * last));
        return samples[phase <= last ? phase : 2 * last - phase];
    }
}
