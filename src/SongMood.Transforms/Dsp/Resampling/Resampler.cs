namespace SongMood.Dsp;

/// <summary>
/// Band-limited change of sample rate, as librosa.resample with its default, soxr_hq. <see cref="RateConverter"/> does the same for many
/// signals without allocating.
/// </summary>
public static class Resampler
{
    [ThreadStatic]
    private static RateConverter? _last; // files of a folder mostly share a rate

    /// <summary>The signal at another rate: ceil(length x to / from) samples.</summary>
    /// <param name="samples">A mono signal; zeros are taken to lie before and after it.</param>
    /// <param name="fromHz">Its rate, 1 to 1,000,000 Hz.</param>
    /// <param name="toHz">The wanted rate, 1 to 1,000,000 Hz.</param>
    /// <exception cref="ArgumentException">A rate is out of range, or a sample is not finite (its index is named).</exception>
    public static float[] Resample(ReadOnlySpan<float> samples, int fromHz, int toHz)
    {
        var converter = _last;
        if (converter is null || converter.FromHz != fromHz || converter.ToHz != toHz)
            _last = converter = new RateConverter(fromHz, toHz);
        var result = GC.AllocateUninitializedArray<float>(converter.OutputLength(samples.Length));
        converter.Convert(samples, result);
        return result;
    }
}
