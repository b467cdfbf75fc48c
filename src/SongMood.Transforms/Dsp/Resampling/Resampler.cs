namespace SongMood.Dsp;

/// <summary>
/// Band-limited change of sample rate, as librosa.resample with its default, soxr_hq. <see cref="RateConverter"/> does the same for many
/// signals without allocating.
/// </summary>
/// <example><code>
/// var song = AudioFile.Read("song.mp3");
/// float[] at16kHz = Resampler.Resample(song.ToMono(), song.SampleRate, 16000);
/// </code></example>
public static class Resampler
{
    private const int MostKept = 3; // files of a folder share two or three rates: 44.1 and 48 kHz, and what was made of either

    [ThreadStatic]
    private static List<RateConverter>? _kept; // the last one used at the end

    /// <summary>The signal at another rate: ceil(length x to / from) samples.</summary>
    /// <param name="samples">A mono signal; zeros are taken to lie before and after it.</param>
    /// <param name="fromHz">Its rate, 1000 to 768,000 Hz.</param>
    /// <param name="toHz">The wanted rate, 1000 to 768,000 Hz.</param>
    /// <param name="cancellationToken">Ends the work within a block of some thousand samples.</param>
    /// <exception cref="ArgumentException">
    /// A rate is out of range, or a sample is not finite or above 1e14 (its index is named).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static float[] Resample(ReadOnlySpan<float> samples, int fromHz, int toHz, CancellationToken cancellationToken = default)
    {
        var converter = Converter(fromHz, toHz);
        var result = GC.AllocateUninitializedArray<float>(converter.OutputLength(samples.Length));
        converter.Convert(samples, result, cancellationToken);
        return result;
    }

    /// <summary>
    /// A converter of this thread's last ones, if one has these rates, else a new one, which is kept if it is small: to make one takes up
    /// to 3 ms.
    /// </summary>
    internal static RateConverter Converter(int fromHz, int toHz)
    {
        var kept = _kept ??= [];
        var at = kept.FindIndex(each => each.FromHz == fromHz && each.ToHz == toHz);
        var converter = at >= 0 ? kept[at] : new RateConverter(fromHz, toHz);
        if (at < 0 && !converter.IsSmall)
            return converter;
        if (at >= 0 || kept.Count == MostKept)
            kept.RemoveAt(Math.Max(0, at));
        kept.Add(converter);
        return converter;
    }
}
