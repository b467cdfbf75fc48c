using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Peaks and valleys of a magnitude spectrum in seven bands, 0-200 Hz and the six octaves above, as librosa.feature.spectral_contrast
/// (quantile 0.02, after Jiang et al., "Music type classification by spectral contrast feature", ICME 2002): in each band the mean of
/// the largest and of the smallest 2 % of the bins, at least one. The contrast is their difference in decibels (<see cref="Finish"/>).
/// </summary>
internal sealed class SpectralContrast
{
    public const int BandCount = 7;
    private const double LowestEdgeHz = 200;
    private const double Quantile = 0.02;
    private readonly (int From, int To, int Extremes)[] _bands = new (int, int, int)[BandCount];
    private readonly float[] _largest, _smallest;

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
        var most = _bands.Max(band => band.Extremes);
        (_largest, _smallest) = (new float[most], new float[most]);
    }

    /// <summary>Writes mean magnitudes: peaks[band x stride] and valleys[band x stride].</summary>
    public void Compute(ReadOnlySpan<float> magnitudes, Span<float> peaks, Span<float> valleys, int stride)
    {
        for (var band = 0; band < BandCount; band++)
        {
            var (from, to, extremes) = _bands[band];
            var bins = magnitudes[from..to];
            (peaks[band * stride], valleys[band * stride]) = extremes == 1
                ? (TensorPrimitives.Max(bins), TensorPrimitives.Min(bins))
                : MeanOfExtremes(bins, _largest.AsSpan(0, extremes), _smallest.AsSpan(0, extremes));
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

    private static (float Largest, float Smallest) MeanOfExtremes(ReadOnlySpan<float> bins, Span<float> largest, Span<float> smallest)
    {
        // Both lists stay sorted, their innermost element first: most bins fail the two comparisons and cost nothing more.
        largest.Fill(float.NegativeInfinity);
        smallest.Fill(float.PositiveInfinity);
        foreach (var bin in bins)
        {
            if (bin > largest[0])
            {
                var i = 0;
                for (; i + 1 < largest.Length && largest[i + 1] < bin; i++)
                    largest[i] = largest[i + 1];
                largest[i] = bin;
            }
            if (bin < smallest[0])
            {
                var i = 0;
                for (; i + 1 < smallest.Length && smallest[i + 1] > bin; i++)
                    smallest[i] = smallest[i + 1];
                smallest[i] = bin;
            }
        }
        return (TensorPrimitives.Sum<float>(largest) / largest.Length, TensorPrimitives.Sum<float>(smallest) / smallest.Length);
    }
}
