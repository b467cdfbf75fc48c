using System.Globalization;
using System.Numerics;

namespace SongMood.Dsp;

/// <summary>Checks that the kernels share.</summary>
internal static class Samples
{
    /// <summary>
    /// The largest magnitude of a sample (full scale is 1) of which the powers of every spectrum are still floats. Files may hold a
    /// hundredth of it, so that what a filter makes of them stays below.
    /// </summary>
    public const float LargestMagnitude = 1e14f;

    /// <summary>
    /// Refuses NaN, infinity and what would become infinite: one such sample would silently spoil every frame that it is in
    /// (librosa.util.valid_audio refuses the first two).
    /// </summary>
    public static void RequireFinite(ReadOnlySpan<float> samples)
    {
        if (FirstAbove(LargestMagnitude, samples) is >= 0 and var i)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Sample {i} of {samples.Length} is {samples[i]}; every sample must be a finite number, at most {LargestMagnitude} in "
                + $"magnitude. Find out where the waveform comes from, or replace such samples before this step."), nameof(samples));
    }

    /// <summary>The first sample that is NaN, infinite or larger than the limit; -1 where none is.</summary>
    public static int FirstAbove(float limit, ReadOnlySpan<float> samples)
    {
        var i = 0;
        for (var limits = new Vector<float>(limit); i + Vector<float>.Count <= samples.Length; i += Vector<float>.Count)
            if (!Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(samples[i..])), limits)) // NaN is not less than anything
                break;
        for (; i < samples.Length; i++)
            if (!(Math.Abs(samples[i]) <= limit))
                return i;
        return -1;
    }

    public static void RequireLength(int length, int rows, int columns, string name)
    {
        if (length != (long)rows * columns)
            throw new ArgumentException($"{length} values given, {rows} x {columns} = {(long)rows * columns} expected.", name);
    }
}
