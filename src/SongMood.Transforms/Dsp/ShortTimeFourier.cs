namespace SongMood.Dsp;

/// <summary>Frames of a signal, windowed and transformed, placed as librosa.stft places them. One a thread.</summary>
internal sealed unsafe class ShortTimeFourier
{
    /// <summary>The frames that <see cref="Transform"/> works on at once: side by side they are a cache line of each bin's row.</summary>
    public const int FrameBlock = 16;

    private readonly FramePowers? _side; // where the length is the one that it knows
    private readonly RealFft? _fft; // where it is another
    private readonly float[] _rows = []; // FrameBlock rows of bins on the way to rows of frames
    private readonly float[] _edgeFrames; // frames that reach beyond the signal, with their padding
    private readonly int _hopLength, _padding, _samplesPerFrame;
    private readonly bool _center, _isMagnitude;
    private readonly PadMode _padMode;

    public ShortTimeFourier(SpectrogramOptions options)
    {
        options.Validate();
        var window = Window.CreateInFrame(options.Window, options.WindowLength ?? options.FftLength, options.FftLength,
            options.KaiserBeta, options.WindowAtStart);
        FftLength = window.Length;
        BinCount = FftLength / 2 + 1;
        if (FftLength == FramePowers.FrameLength)
            _side = new FramePowers(window);
        else
        {
            _fft = new RealFft(window);
            _rows = new float[FrameBlock * RowLength];
        }
        _edgeFrames = new float[(_side is null ? 1 : FramePowers.LaneCount) * FftLength];
        _hopLength = options.HopLength;
        _center = options.Center;
        _samplesPerFrame = options.SamplesPerFrame;
        _padding = options.Center ? options.FftLength / 2 : 0;
        _padMode = options.PadMode;
        _isMagnitude = options.Power == 1;
    }

    public int FftLength { get; }

    public int BinCount { get; }

    /// <summary>The room that <see cref="Transform"/> wants.</summary>
    public int BlockLength => FrameBlock * RowLength;

    private int RowLength => BinCount + FrameTranspose.Granularity;

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

    /// <summary>
    /// The magnitudes or powers of at most <see cref="FrameBlock"/> frames: bin k of frame <paramref name="first"/> + i goes to
    /// <paramref name="target"/>[k x FrameBlock + i]. What is beside them in the <see cref="BlockLength"/> values means nothing.
    /// </summary>
    public void Transform(ReadOnlySpan<float> samples, int first, int count, float* target)
    {
        fixed (float* signal = samples, edges = _edgeFrames, rows = _rows)
            if (_side is { } side)
            {
                var lanes = FramePowers.LaneCount;
                var frames = stackalloc float*[lanes];
                for (var i = 0; i < count; i += lanes)
                {
                    for (var lane = 0; lane < lanes; lane++) // behind the last frame that frame again
                        frames[lane] = i + lane < count
                            ? Frame(samples, signal, first + i + lane, edges + lane * FftLength)
                            : frames[lane - 1];
                    side.Compute(frames, target + i, FrameBlock, _isMagnitude);
                }
            }
            else
            {
                for (var i = 0; i < count; i++)
                {
                    _fft!.Transform(Frame(samples, signal, first + i, edges));
                    _fft.StorePower(rows + i * RowLength, _isMagnitude);
                }
                FrameTranspose.Run(rows, RowLength, target, FrameBlock, FrameBlock, BinCount);
            }
    }

    /// <summary>Where a frame's samples are: in the signal, or, where it reaches beyond that, put together in the room for it.</summary>
    private float* Frame(ReadOnlySpan<float> samples, float* signal, int frame, float* room)
    {
        var start = (long)frame * _hopLength - _padding;
        if (start >= 0 && start + FftLength <= samples.Length)
            return signal + start;
        var from = Math.Clamp(start, 0, samples.Length);
        var to = Math.Clamp(start + FftLength, 0, samples.Length);
        for (var i = start; i < from; i++)
            room[i - start] = Outside(samples, i);
        samples[(int)from..(int)to].CopyTo(new Span<float>(room + (from - start), (int)(to - from)));
        for (var i = Math.Max(start, to); i < start + FftLength; i++)
            room[i - start] = Outside(samples, i);
        return room;
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
