namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Everything that descriptors need of a signal's frames, from one Fourier transform a frame (22,050 Hz, 2048 samples, hop 512,
/// centred, zeros outside: librosa's defaults). Matrices are row-major, (rows, frames). Owns its buffers, which grow with the longest
/// signal seen; <see cref="Run"/> allocates nothing otherwise. One a thread.
/// </summary>
internal sealed unsafe class FrameAnalysis
{
    public const int SampleRate = 22050, FftLength = 2048, HopLength = 512, BandCount = 128, CoefficientCount = 20;
    public const int BinCount = FftLength / 2 + 1;
    public const double BinHz = (double)SampleRate / FftLength;
    public const double FramesPerSecond = (double)SampleRate / HopLength;
    private const int Block = MelFilterBank.FrameBlock;
    private const DescriptorGroups OfPartials = DescriptorGroups.Roughness | DescriptorGroups.Tonality | DescriptorGroups.Chroma;

    private static readonly SpectrogramOptions StftOptions = new();
    private readonly ShortTimeFourier _stft = new(StftOptions);
    private readonly MelFilterBank _melBank = new(
        SampleRate, FftLength, BandCount, 0, SampleRate / 2.0, MelScale.Slaney, MelNorm.Area, TriangleScale.Hz);
    private readonly ChromaBank _chromaBank = new(SampleRate, FftLength);
    private readonly SpectralShape _shape = new(BinCount, BinHz);
    private readonly SpectralContrast _contrast = new(BinCount, BinHz);
    private readonly MelCepstrum _cepstrum = new(BandCount, CoefficientCount);
    private readonly float[] _rows; // of the bins among which partials are, a row a frame
    private readonly float[] _bins; // bins in rows of Block
    private readonly Matrix _mel = new(BandCount), _melDecibels = new(BandCount), _mfcc = new(CoefficientCount);
    private readonly Matrix _chromaEnergy = new(ChromaBank.ClassCount), _chroma = new(ChromaBank.ClassCount);
    private readonly Matrix _peaks = new(SpectralContrast.BandCount), _valleys = new(SpectralContrast.BandCount);
    private readonly Matrix _contrasts = new(SpectralContrast.BandCount);
    private readonly Matrix _level = new(1), _crossings = new(1), _centroid = new(1), _bandwidth = new(1), _rollOff = new(1);
    private readonly Matrix _flatness = new(1), _roughness = new(1);
    private readonly Matrix[] _all;

    public FrameAnalysis()
    {
        _rows = GC.AllocateArray<float>(Block * Partials.PowerCount, pinned: true);
        _bins = GC.AllocateArray<float>(_stft.BlockLength, pinned: true);
        _all =
        [
            _mel, _melDecibels, _mfcc, _chromaEnergy, _chroma, _peaks, _valleys, _contrasts, _level, _crossings, _centroid, _bandwidth,
            _rollOff, _flatness, _roughness,
        ];
    }

    public int FrameCount { get; private set; }

    /// <summary>Mel powers, as <see cref="MelSpectrogram"/> with its default options.</summary>
    public ReadOnlySpan<float> Mel => _mel.Values;

    /// <summary>The mel powers in decibels, at most 80 below the largest.</summary>
    public ReadOnlySpan<float> MelDecibels => _melDecibels.Values;

    public Matrix Mfcc => _mfcc;

    /// <summary>Energies of the pitch classes.</summary>
    public ReadOnlySpan<float> ChromaEnergy => _chromaEnergy.Values;

    /// <summary>The same, each frame's largest 1.</summary>
    public Matrix Chroma => _chroma;

    public Matrix Contrast => _contrasts;

    /// <summary>Decibels (of magnitudes, as powers).</summary>
    public Matrix Valleys => _valleys;

    public ReadOnlySpan<float> Level => _level.Values;

    public ReadOnlySpan<float> ZeroCrossingRate => _crossings.Values;

    public ReadOnlySpan<float> CentroidHz => _centroid.Values;

    public ReadOnlySpan<float> BandwidthHz => _bandwidth.Values;

    public ReadOnlySpan<float> RollOffHz => _rollOff.Values;

    public ReadOnlySpan<float> Flatness => _flatness.Values;

    public ReadOnlySpan<float> Roughness => _roughness.Values;

    /// <summary>The partials of every frame.</summary>
    public SpectralPeaks Partials { get; } = new(BinCount, BinHz);

    public static int FramesOf(int sampleCount) => 1 + sampleCount / HopLength;

    /// <param name="samples">At <see cref="SampleRate"/>, finite.</param>
    /// <param name="groups">What else than the level and the mel spectrogram is wanted.</param>
    public void Run(ReadOnlySpan<float> samples, DescriptorGroups groups)
    {
        FrameCount = FramesOf(samples.Length);
        foreach (var matrix in _all)
            matrix.Resize(FrameCount);
        Partials.Reserve(FrameCount);
        FrameLevel.Compute(samples, FftLength, HopLength, _level.Values);
        if (Any(groups, DescriptorGroups.ZeroCrossings))
            ZeroCrossings.Compute(samples, FftLength, HopLength, _crossings.Values);
        fixed (float* rows = _rows, bins = _bins)
            for (var first = 0; first < FrameCount; first += Block)
                RunBlock(samples, groups, first, Math.Min(Block, FrameCount - first), rows, bins);

        LevelDecibels.FromPower(_mel.Values, _melDecibels.Values);
        if (Any(groups, DescriptorGroups.Mfcc))
            _cepstrum.Compute(_melDecibels.Values, _mfcc.Values, FrameCount);
        if (Any(groups, DescriptorGroups.Contrast))
            SpectralContrast.Finish(_peaks.Values, _valleys.Values, _contrasts.Values);
        if (Any(groups, DescriptorGroups.Chroma | DescriptorGroups.HarmonicChange))
            ChromaBank.NormaliseByMax(_chromaEnergy.Values, _chroma.Values, FrameCount);
    }

    private void RunBlock(ReadOnlySpan<float> samples, DescriptorGroups groups, int first, int count, float* rows, float* bins)
    {
        _stft.Transform(samples, first, count, bins);
        if (Any(groups, OfPartials))
        {
            FrameTranspose.Run(bins, Block, rows, Partials.PowerCount, Partials.PowerCount, Block);
            for (var i = 0; i < count; i++)
                Partials.Find(new ReadOnlySpan<float>(rows + i * Partials.PowerCount, Partials.PowerCount), first + i);
        }
        for (var i = 0; i < count && Any(groups, DescriptorGroups.Roughness); i++)
            _roughness.Values[first + i] = Descriptors.Roughness.Compute(Partials.Hz(first + i), Partials.Height(first + i));
        fixed (float* mel = _mel.Values)
            _melBank.Apply(bins, mel + first, FrameCount, count);
        if (Any(groups, DescriptorGroups.Chroma | DescriptorGroups.HarmonicChange))
            _chromaBank.Apply(bins, _chromaEnergy.Values[first..], FrameCount, count);
        if (Any(groups, DescriptorGroups.Spectrum))
            _shape.Apply(bins, _centroid.Values.Slice(first, count), _bandwidth.Values.Slice(first, count),
                _rollOff.Values.Slice(first, count), _flatness.Values.Slice(first, count));
        if (Any(groups, DescriptorGroups.Contrast))
            _contrast.Apply(bins, _peaks.Values[first..], _valleys.Values[first..], FrameCount, count);
    }

    private static bool Any(DescriptorGroups groups, DescriptorGroups wanted) => (groups & wanted) != 0;
}
