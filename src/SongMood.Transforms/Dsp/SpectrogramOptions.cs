namespace SongMood.Dsp;

/// <summary>What <see cref="Spectrogram"/> computes; the defaults are librosa.stft's, with squared magnitudes.</summary>
public sealed record SpectrogramOptions
{
    internal const int MaxFftLength = 1 << 20;
    private const int MaxOverlap = 2048;

    /// <summary>Samples in a Fourier transform (librosa's n_fft). Any length from 2 to 2^20; powers of two are
    /// fastest. Default 2048.</summary>
    public int FftLength { get; init; } = 2048;

    /// <summary>Samples from one frame to the next, at least a 2048th of <see cref="FftLength"/>. Default 512.</summary>
    public int HopLength { get; init; } = 512;

    /// <summary>
    /// Samples under the window, at most <see cref="FftLength"/>; zeros around them fill the frame. Default null: as many.
    /// </summary>
    public int? WindowLength { get; init; }

    /// <summary>
    /// Whether a shorter window stands at the frame's start, with all zeros behind it (TensorFlow's tf.signal.stft), instead of in the
    /// middle (librosa). Without centring, a frame then takes no more of the signal than its window. Default false.
    /// </summary>
    public bool WindowAtStart { get; init; }

    /// <summary>The window's shape. Default <see cref="WindowKind.Hann"/>.</summary>
    public WindowKind Window { get; init; } = WindowKind.Hann;

    /// <summary>The shape parameter of <see cref="WindowKind.Kaiser"/>, 0 to 700; not used by the others. Default 12.</summary>
    public double KaiserBeta { get; init; } = 12;

    /// <summary>Whether frame t is centred on sample t x hop, with padding at both ends, or starts there. Default true.</summary>
    public bool Center { get; init; } = true;

    /// <summary>What is beyond the ends of a centred signal. Default <see cref="PadMode.Constant"/> (zeros).</summary>
    public PadMode PadMode { get; init; } = PadMode.Constant;

    /// <summary>1 for magnitudes, 2 for powers. Default 2.</summary>
    public int Power { get; init; } = 2;

    /// <summary>Samples that a frame takes of the signal, zeros beyond its ends among them where it is centred.</summary>
    internal int SamplesPerFrame => WindowAtStart && !Center ? WindowLength ?? FftLength : FftLength;

    /// <summary>
    /// The work on a sample is that of as many transforms as frames hold it: options may come from a stranger's model.
    /// </summary>
    internal static int LeastHop(int fftLength) => Math.Max(1, fftLength / MaxOverlap);

    internal void Validate()
    {
        var faults = new OptionFaults();
        Check(faults);
        faults.ThrowIfAny(nameof(SpectrogramOptions));
    }

    internal void Check(OptionFaults faults)
    {
        var hasLength = FftLength is >= 2 and <= MaxFftLength;
        faults.Need(hasLength, nameof(FftLength), FftLength, $"from 2 to {MaxFftLength}");
        var leastHop = hasLength ? LeastHop(FftLength) : 1;
        faults.Need(HopLength >= leastHop, nameof(HopLength), HopLength, $"at least {leastHop}");
        faults.Need(WindowLength is null || (WindowLength >= 1 && WindowLength <= FftLength),
            nameof(WindowLength), WindowLength, $"from 1 to {nameof(FftLength)} ({FftLength}), or null");
        faults.NeedDefined(Window, nameof(Window));
        faults.Need(KaiserBeta is >= 0 and <= 700, nameof(KaiserBeta), KaiserBeta, "from 0 to 700");
        faults.NeedDefined(PadMode, nameof(PadMode));
        faults.Need(Power is 1 or 2, nameof(Power), Power, "1 (magnitude) or 2 (power)");
    }
}
