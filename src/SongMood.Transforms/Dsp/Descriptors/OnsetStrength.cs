using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Spectral flux: how much the mel bands' levels rise from one frame to the next, in decibels, falls counted as 0; placed where
/// librosa.onset.onset_strength places it (three frames after the difference, which makes up for the frames' width).
/// Averaged over bands (librosa's default) or their median (what librosa.beat.beat_track follows).
/// </summary>
internal static class OnsetStrength
{
    private const int Shift = 1 + FrameAnalysis.FftLength / (2 * FrameAnalysis.HopLength);

    /// <param name="melDecibels">(bands, frames).</param>
    /// <param name="from">The first band.</param>
    /// <param name="to">One past the last band.</param>
    /// <param name="strength">One value a frame.</param>
    public static void Mean(ReadOnlySpan<float> melDecibels, int from, int to, Span<float> strength)
    {
        var frameCount = strength.Length;
        strength.Clear();
        if (frameCount <= Shift)
            return;
        var target = strength[Shift..];
        for (var band = from; band < to; band++)
        {
            var row = melDecibels.Slice(band * frameCount, frameCount);
            for (var t = 0; t < target.Length; t++)
                target[t] += Math.Max(0, row[t + 1] - row[t]);
        }
        TensorPrimitives.Divide(target, (float)(to - from), target);
    }

    public static void Median(ReadOnlySpan<float> melDecibels, int bandCount, Span<float> strength)
    {
        var frameCount = strength.Length;
        strength.Clear();
        Span<float> rises = stackalloc float[bandCount];
        for (var t = 0; t + Shift < frameCount; t++)
        {
            var rising = 0;
            for (var band = 0; band < bandCount; band++)
            {
                var rise = melDecibels[band * frameCount + t + 1] - melDecibels[band * frameCount + t];
                if (rise > 0)
                    rises[rising++] = rise;
            }
            if (2 * rising < bandCount)
                continue; // more than half are 0, and so is the median
            rises[rising..].Clear();
            rises.Sort();
            strength[t + Shift] = (rises[(bandCount - 1) / 2] + rises[bandCount / 2]) / 2;
        }
    }
}
