using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp;

/// <summary>The logarithms of <see cref="Decibels"/>, in one walk through memory.</summary>
internal static class DecibelKernel
{
    private const float DecibelsPerOctave = 3.01029995663981195f; // 10 log10(2)

    /// <summary>
    /// decibels = 10 log10(max(power, minPower)) - offset; returns their maximum. Off by at most 4 units in
    /// the last place of the larger of the two terms (2e-5 dB at 100 dB).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Run(ReadOnlySpan<float> power, Span<float> decibels, float minPower, float offset)
    {
        ref var from = ref MemoryMarshal.GetReference(power);
        ref var to = ref MemoryMarshal.GetReference(decibels);
        nuint i = 0;
        var length = (nuint)power.Length;
        var max = float.NegativeInfinity;
        if (Vector512.IsHardwareAccelerated && length >= 16)
        {
            var (floor, shift, maxima) = (Vector512.Create(minPower), Vector512.Create(-offset), Vector512.Create(max));
            for (; i + 16 <= length; i += 16)
            {
                var level = Vector512.Log2(Vector512.Max(Vector512.LoadUnsafe(ref from, i), floor));
                level = Vector512.MultiplyAddEstimate(level, Vector512.Create(DecibelsPerOctave), shift);
                maxima = Vector512.Max(maxima, level);
                level.StoreUnsafe(ref to, i);
            }

            for (var lane = 0; lane < 16; lane++)
                max = Math.Max(max, maxima[lane]);
        }
        else if (Vector256.IsHardwareAccelerated && length >= 8)
        {
            var (floor, shift, maxima) = (Vector256.Create(minPower), Vector256.Create(-offset), Vector256.Create(max));
            for (; i + 8 <= length; i += 8)
            {
                var level = Vector256.Log2(Vector256.Max(Vector256.LoadUnsafe(ref from, i), floor));
                level = Vector256.MultiplyAddEstimate(level, Vector256.Create(DecibelsPerOctave), shift);
                maxima = Vector256.Max(maxima, level);
                level.StoreUnsafe(ref to, i);
            }

            for (var lane = 0; lane < 8; lane++)
                max = Math.Max(max, maxima[lane]);
        }
        else if (Vector128.IsHardwareAccelerated && length >= 4)
        {
            var (floor, shift, maxima) = (Vector128.Create(minPower), Vector128.Create(-offset), Vector128.Create(max));
            for (; i + 4 <= length; i += 4)
            {
                var level = Vector128.Log2(Vector128.Max(Vector128.LoadUnsafe(ref from, i), floor));
                level = Vector128.MultiplyAddEstimate(level, Vector128.Create(DecibelsPerOctave), shift);
                maxima = Vector128.Max(maxima, level);
                level.StoreUnsafe(ref to, i);
            }

            for (var lane = 0; lane < 4; lane++)
                max = Math.Max(max, maxima[lane]);
        }

        for (; i < length; i++)
        {
            var level = MathF.Log2(Math.Max(power[(int)i], minPower)) * DecibelsPerOctave - offset;
            max = Math.Max(max, level);
            decibels[(int)i] = level;
        }

        return max;
    }
}
