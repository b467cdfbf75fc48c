using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Root mean square of each centred frame, as librosa.feature.rms gives it from samples: frame t covers
/// [t hop - length / 2, t hop + length / 2), zeros outside the signal. Unit: full scale = 1. Range: 0 and up.
/// </summary>
internal static class FrameLevel
{
    public static void Compute(ReadOnlySpan<float> samples, int frameLength, int hopLength, Span<float> rms)
    {
        for (var t = 0; t < rms.Length; t++)
        {
            var start = (long)t * hopLength - frameLength / 2;
            var from = (int)Math.Clamp(start, 0, samples.Length);
            var to = (int)Math.Clamp(start + frameLength, 0, samples.Length);
            rms[t] = MathF.Sqrt(TensorPrimitives.SumOfSquares(samples[from..to]) / frameLength);
        }
    }
}
