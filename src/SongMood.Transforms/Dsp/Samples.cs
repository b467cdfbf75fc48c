using System.Numerics.Tensors;

namespace SongMood.Dsp;

/// <summary>Checks that the kernels share.</summary>
internal static class Samples
{
    /// <summary>
    /// Refuses NaN and infinity: one such sample would silently spoil every frame that it is in (librosa.util.valid_audio refuses too).
    /// </summary>
    public static void RequireFinite(ReadOnlySpan<float> samples)
    {
        // NaN and infinity both show in the largest magnitude; the search for the index is for the error alone.
        if (samples.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(samples)))
            return;
        for (var i = 0; i < samples.Length; i++)
            if (!float.IsFinite(samples[i]))
                throw new ArgumentException(
                    $"Sample {i} of {samples.Length} is {samples[i]}; every sample must be a finite number. " +
                    "Find out where the waveform comes from, or replace such samples before this step.", nameof(samples));
    }

    public static void RequireLength(int length, int rows, int columns, string name)
    {
        if (length != (long)rows * columns)
            throw new ArgumentException($"{length} values given, {rows} x {columns} = {(long)rows * columns} expected.", name);
    }
}
