using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Spectral flux: how much the mel bands' levels rise from one frame to the next, in decibels, falls counted as 0; placed where
/// librosa.onset.onset_strength places it (three frames after the difference, which makes up for the frames' width).
/// Averaged over bands (librosa's default) or their median (what librosa.beat.beat_track follows).
/// </summary>
internal static class OnsetStrength
{
    private const int Lanes = 8; // of Vector256<float>
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
            AddRises(row, target);
        }
        TensorPrimitives.Divide(target, (float)(to - from), target);
    }

    public static void Median(ReadOnlySpan<float> melDecibels, int bandCount, Span<float> strength)
    {
        var frameCount = strength.Length;
        strength.Clear();
        Span<float> rises = stackalloc float[bandCount * Lanes], medians = stackalloc float[Lanes];
        for (var t = 0; t + Shift < frameCount; t += Lanes)
        {
            var count = Math.Min(Lanes, frameCount - Shift - t);
            for (var band = 0; band < bandCount; band++)
            {
                var row = melDecibels.Slice(band * frameCount + t, count + 1);
                var target = rises.Slice(band * Lanes, Lanes);
                if (count == Lanes)
                    Vector256.MaxNative(Vector256.Create(row[1..]) - Vector256.Create(row), Vector256<float>.Zero).CopyTo(target);
                else
                    for (var i = 0; i < count; i++)
                        target[i] = Math.Max(0, row[i + 1] - row[i]);
            }
            MediansOfLanes(rises, bandCount, medians);
            medians[..count].CopyTo(strength[(t + Shift)..]);
        }
    }

    /// <summary>Adds the rises of a row of decibels, one value longer than the target.</summary>
    private static void AddRises(ReadOnlySpan<float> row, Span<float> target)
    {
        var t = 0;
        for (; t + Lanes < row.Length && t + Lanes <= target.Length; t += Lanes)
        {
            var rise = Vector256.MaxNative(Vector256.Create(row[(t + 1)..]) - Vector256.Create(row[t..]), Vector256<float>.Zero);
            (Vector256.Create<float>(target[t..]) + rise).CopyTo(target[t..]);
        }
        for (; t < target.Length; t++)
            target[t] += Math.Max(0, row[t + 1] - row[t]);
    }

    /// <summary>
    /// The median of each of eight columns of numbers that are not negative. Bit by bit from the highest, each column's lower middle is
    /// the largest number that more than half of the column reaches (<see cref="OrderStatistic"/> says why bits will do).
    /// </summary>
    private static void MediansOfLanes(ReadOnlySpan<float> columns, int count, Span<float> medians)
    {
        var bits = MemoryMarshal.Cast<float, int>(columns);
        var (lower, behindLower) = (Vector256<int>.Zero, Vector256.Create(count - (count - 1) / 2 - 1));
        for (var bit = 1 << 30; bit > 0; bit >>= 1)
        {
            var (tried, reaching) = (lower | Vector256.Create(bit), Vector256<int>.Zero);
            for (var row = 0; row < bits.Length; row += Lanes)
                reaching -= Vector256.GreaterThanOrEqual(Vector256.Create(bits[row..]), tried);
            lower = Vector256.ConditionalSelect(Vector256.GreaterThan(reaching, behindLower), tried, lower);
        }

        // The upper middle is the next number above, unless the lower one comes more than once.
        var (next, above) = (Vector256.Create(int.MaxValue), Vector256<int>.Zero);
        for (var row = 0; row < bits.Length; row += Lanes)
        {
            var value = Vector256.Create(bits[row..]);
            var isAbove = Vector256.GreaterThan(value, lower);
            above -= isAbove;
            next = Vector256.ConditionalSelect(isAbove, Vector256.MinNative(next, value), next);
        }
        var isNext = Vector256.Equals(above, Vector256.Create(count - count / 2));
        var upper = Vector256.ConditionalSelect(isNext, next, lower);
        ((lower.AsSingle() + upper.AsSingle()) * 0.5f).CopyTo(medians);
    }
}
