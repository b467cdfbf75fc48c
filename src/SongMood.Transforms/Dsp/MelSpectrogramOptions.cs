namespace SongMood.Dsp;

/// <summary>What <see cref="MelSpectrogram"/> computes; the defaults are librosa.feature.melspectrogram's.</summary>
public sealed record MelSpectrogramOptions
{
    internal const int MaxBandCount = 1 << 16;

    /// <summary>The signal's sample rate in Hz. Default 22,050.</summary>
    public int SampleRate { get; init; } = 22050;

    /// <summary>
    /// Samples in a Fourier transform (librosa's n_fft). Any length from 2 to 2^20; powers of two are fastest. Default 2048.
    /// </summary>
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

    /// <summary>1 for bands of magnitudes, 2 for bands of powers. Default 2.</summary>
    public int Power { get; init; } = 2;

    /// <summary>Mel bands (librosa's n_mels), from 1 to 65,536. Default 128.</summary>
    public int BandCount { get; init; } = 128;

    /// <summary>The lower edge of the lowest band in Hz. Default 0.</summary>
    public double MinHz { get; init; }

    /// <summary>The upper edge of the highest band in Hz. Default null: half the sample rate. Bands above that are empty.</summary>
    public double? MaxHz { get; init; }

    /// <summary>Hz to mel. Default <see cref="MelScale.Slaney"/>.</summary>
    public MelScale MelScale { get; init; } = MelScale.Slaney;

    /// <summary>How bands are scaled. Default <see cref="MelNorm.Area"/>.</summary>
    public MelNorm MelNorm { get; init; } = MelNorm.Area;

    /// <summary>Over what the sides of a band's triangle are straight. Default <see cref="TriangleScale.Hz"/>.</summary>
    public TriangleScale TriangleScale { get; init; } = TriangleScale.Hz;

    internal double EffectiveMaxHz => MaxHz ?? SampleRate / 2.0;

    internal void Validate()
    {
        var faults = new OptionFaults();
        ToSpectrogramOptions().Check(faults);
        faults.Need(SampleRate >= 1, nameof(SampleRate), SampleRate, "at least 1");
        faults.Need(BandCount is >= 1 and <= MaxBandCount, nameof(BandCount), BandCount, $"from 1 to {MaxBandCount}");
        faults.Need(double.IsFinite(MinHz) && MinHz >= 0, nameof(MinHz), MinHz, "at least 0");
        faults.Need(double.IsFinite(EffectiveMaxHz) && EffectiveMaxHz > MinHz,
            nameof(MaxHz), EffectiveMaxHz, FormattableString.Invariant($"above {nameof(MinHz)} ({MinHz})"));
        faults.NeedDefined(MelScale, nameof(MelScale));
        faults.NeedDefined(MelNorm, nameof(MelNorm));
        faults.NeedDefined(TriangleScale, nameof(TriangleScale));
        faults.ThrowIfAny(nameof(MelSpectrogramOptions));
    }

    internal SpectrogramOptions ToSpectrogramOptions() => new()
    {
        FftLength = FftLength,
        HopLength = HopLength,
        WindowLength = WindowLength,
        WindowAtStart = WindowAtStart,
        Window = Window,
        KaiserBeta = KaiserBeta,
        Center = Center,
        PadMode = PadMode,
        Power = Power,
    };
}
