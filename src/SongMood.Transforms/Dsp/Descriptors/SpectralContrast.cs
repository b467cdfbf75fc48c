using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Peaks and valleys of a magnitude spectrum in seven bands, 0-200 Hz and the six octaves above, as librosa.feature.spectral_contrast
/// (quantile 0.02, after Jiang et al., "Music type classification by spectral contrast feature", ICME 2002): in each band the mean of
/// the largest and of the smallest 2 % of the bins, at least one. The contrast is their difference in decibels (<see cref="Finish"/>).
/// Owns a buffer: one a thread.
/// </summary>
internal sealed unsafe class SpectralContrast
{
    public const int BandCount = 7;
    private const int Lanes = 8;
    private const int KeptAtOnce = 3;
    private const double LowestEdgeHz = 200;
    private const double Quantile = 0.02;
    private readonly (int From, int To, int Extremes)[] _bands = new (int, int, int)[BandCount];
    private readonly float[] _rest; // of a band, without its extremes so far

    public SpectralContrast(int binCount, double binHz)
    {
        for (var band = 0; band < BandCount; band++)
        {
            // Edges belong to both neighbours; then every band but the first takes the bin below it, the last takes all above it, and
            // the others give up their highest bin after the 2 % have been counted. So does librosa.
            var low = band == 0 ? 0 : LowestEdgeHz * (1 << (band - 1));
            var from = (int)Math.Ceiling(low / binHz) - (band == 0 ? 0 : 1);
            var to = band == BandCount - 1 ? binCount : (int)Math.Floor(LowestEdgeHz * (1 << band) / binHz) + 1;
            var extremes = Math.Max(1, (int)Math.Round(Quantile * (to - from), MidpointRounding.ToEven));
            _bands[band] = (from, band == BandCount - 1 ? to : to - 1, extremes);
        }
        _rest = new float[binCount * Lanes];
    }

    /// <summary>
    /// Reads power[bin x 16 + frame] of sixteen frames (<see cref="FrameTranspose"/>) and writes mean magnitudes of the first
    /// <paramref name="frameCount"/> of them: peaks[band x stride + frame] and valleys[band x stride + frame].
    /// </summary>
    public void Apply(float* power, Span<float> peaks, Span<float> valleys, int stride, int frameCount)
    {
        var means = stackalloc float[16];
        for (var band = 0; band < BandCount; band++)
            for (var side = 0; side < 2; side++)
            {
                for (var half = 0; half < 16; half += Lanes)
                    MeanOfExtremes(power + half, _bands[band], isSmallest: side == 1, means + half);
                new Span<float>(means, frameCount).CopyTo((side == 0 ? peaks : valleys).Slice(band * stride, frameCount));
            }
    }

    /// <summary>
    /// In place from magnitudes to decibels, each matrix at most 80 dB below its own maximum; contrast = peaks - valleys.
    /// </summary>
    public static void Finish(Span<float> peaks, Span<float> valleys, Span<float> contrast)
    {
        LevelDecibels.FromPower(peaks, peaks); // of magnitudes, as librosa does: the decibels are half of what they could be
        LevelDecibels.FromPower(valleys, valleys);
        TensorPrimitives.Subtract(peaks, valleys, contrast);
    }

    /// <summary>The mean magnitude of the largest or smallest bins of eight frames.</summary>
    private void MeanOfExtremes(float* power, (int From, int To, int Extremes) band, bool isSmallest, float* mean)
    {
        // The smallest are the largest with their signs turned.
        var sign = Vector256.Create(isSmallest ? -0f : 0f);
        var largest = stackalloc Vector256<float>[KeptAtOnce];
        var sum = Vector256<float>.Zero;
        fixed (float* rest = _rest)
            for (var taken = 0; taken < band.Extremes; taken += KeptAtOnce)
            {
                var isFirst = taken == 0;
                TakeLargest(isFirst ? power + band.From * 16 : rest, isFirst ? 16 : Lanes, band.To - band.From, isFirst ? sign : default,
                    rest, largest);
                for (var i = 0; i < Math.Min(KeptAtOnce, band.Extremes - taken); i++)
                    sum += Vector256.Sqrt(largest[i] ^ sign);
            }
        (sum / band.Extremes).Store(mean);
    }

    /// <summary>
    /// The three largest of each lane, in order, and all others as they come (with three that are less than any number), without a branch:
    /// whether a bin is among the largest cannot be foretold. The rest may take the source's place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeLargest(float* source, int stride, int count, Vector256<float> sign, float* rest, Vector256<float>* largest)
    {
        var none = Vector256.Create(float.NegativeInfinity);
        var (first, second, third) = (none, none, none);
        for (var i = 0; i < count; i++)
        {
            var value = Vector256.Load(source + i * stride) ^ sign;
            (first, value) = (Vector256.MaxNative(first, value), Vector256.MinNative(first, value));
            (second, value) = (Vector256.MaxNative(second, value), Vector256.MinNative(second, value));
            (third, value) = (Vector256.MaxNative(third, value), Vector256.MinNative(third, value));
            value.Store(rest + i * Lanes);
        }
        (largest[0], largest[1], largest[2]) = (first, second, third);
    }
}
