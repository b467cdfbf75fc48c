using System.Numerics;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Share of neighbouring samples in each centred frame between which the sign changes, as librosa.feature.zero_crossing_rate
/// counts it: samples within 1e-10 of zero count as +0, frames at the edges are filled with the edge's own value (which never
/// crosses), and the count is divided by the frame's length. Unit: crossings a sample. Range: 0 to 1.
/// </summary>
internal static class ZeroCrossings
{
    private const float Silent = 1e-10f; // librosa's threshold

    public static void Compute(ReadOnlySpan<float> samples, int frameLength, int hopLength, Span<float> rate)
    {
        // A crossing belongs to its later sample n, 1 <= n; a frame [from, to) holds those with from < n < to. Frames only move
        // to the right, so the count slides: add what enters, take off what leaves.
        int counted = 1, left = 1, crossings = 0;
        for (var t = 0; t < rate.Length; t++)
        {
            var start = (long)t * hopLength - frameLength / 2;
            var from = (int)Math.Clamp(start, 0, samples.Length);
            var to = (int)Math.Clamp(start + frameLength, 0, samples.Length);
            if (counted < to)
            {
                crossings += Count(samples, counted, to);
                counted = to;
            }
            var first = Math.Min(from + 1, counted);
            if (left < first)
            {
                crossings -= Count(samples, left, first);
                left = first;
            }
            rate[t] = (float)crossings / frameLength;
        }
    }

    /// <summary>Sign changes between samples n - 1 and n, for n in [from, to).</summary>
    private static int Count(ReadOnlySpan<float> samples, int from, int to)
    {
        var (count, n, silent) = (0, from, Vector256.Create(-Silent));
        for (; n + Vector256<float>.Count <= to; n += Vector256<float>.Count)
        {
            var before = Vector256.LessThan(Vector256.Create(samples[(n - 1)..]), silent).ExtractMostSignificantBits();
            var after = Vector256.LessThan(Vector256.Create(samples[n..]), silent).ExtractMostSignificantBits();
            count += BitOperations.PopCount(before ^ after);
        }
        for (; n < to; n++)
            count += samples[n - 1] < -Silent != samples[n] < -Silent ? 1 : 0;
        return count;
    }
}
