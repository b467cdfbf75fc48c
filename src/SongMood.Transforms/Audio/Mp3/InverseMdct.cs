using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>
/// IMDCT, windowing, overlap-add and frequency inversion (ISO/IEC 11172-3, 2.4.3.4.10.2 to 2.4.3.4.10.4), eight subbands at a
/// time: a vector's lanes are neighbouring subbands.
/// </summary>
/// <remarks>
/// The 36-point transform x[n] = sum X[k] cos((2k + 1) a), a = pi (2n + 19) / 72, is taken apart twice by
/// 2 cos(a) cos((2k + 1) a) = cos(2k a) + cos((2k + 2) a): neighbouring inputs are added, and the outputs divided by 2 cos(a).
/// What remains are two 9-point transforms, sum Z[m] cos(pi m (2j + 1) / 18), each of which splits into its even and odd m.
/// The last division is part of the window.
/// </remarks>
internal static class InverseMdct
{
    /// <summary>Time slots of a granule.</summary>
    public const int SlotCount = 18;

    private const int Subbands = 32;

    // cos(pi m (2j + 1) / 18) by j = 0 to 4, for m = 2, 4, 6, 8 and then 1, 3, 5, 7.
    private static readonly float[] Cosines9 = MakeCosines9();

    // 1 / (2 cos(pi (2j + 1) / 36)), j = 0 to 8: the inner division.
    private static readonly float[] InnerSecants =
        [.. Enumerable.Range(0, 9).Select(j => (float)(0.5 / Math.Cos(Math.PI * (2 * j + 1) / 36)))];

    // By block type (2.4.3.4.10.3): 36 window values over 2 cos(a), of the sample that each is computed from.
    private static readonly float[][] LongWindows = [MakeLongWindow(0), MakeLongWindow(1), [], MakeLongWindow(3)];

    // cos(pi (2n + 7)(2k + 1) / 24) times the short window, by n = 0 to 11, then k.
    private static readonly float[] ShortKernel = MakeShortKernel();

    /// <summary>
    /// Transforms 576 lines (18 a subband) into 18 slots of 32 subband samples. <paramref name="overlap"/> (18 x 32) carries the
    /// second halves from granule to granule. Lines from <paramref name="lineCount"/> on are zero. Only the lowest
    /// <paramref name="groupCount"/> of the four groups of eight subbands are looked at.
    /// </summary>
    public static void Apply(
        Span<float> lines, int lineCount, in GranuleChannel info, Span<float> overlap, Span<float> slots, int groupCount = 4)
    {
        Span<Vector256<float>> columns = stackalloc Vector256<float>[24];
        for (var group = 0; group < groupCount; group++)
        {
            var first = 8 * group;
            ref var groupOverlap = ref overlap[first];
            ref var groupSlots = ref slots[first];
            if (18 * first >= lineCount)
            {
                Drain(ref groupOverlap, ref groupSlots);
                continue;
            }

            ref var column = ref MemoryMarshal.GetReference(columns);
            ref var groupLines = ref lines[18 * first];
            Lanes.Transpose8X8(ref groupLines, 18, ref column);
            Lanes.Transpose8X8(ref Unsafe.Add(ref groupLines, 8), 18, ref Unsafe.Add(ref column, 8));
            Lanes.Transpose8X8(ref Unsafe.Add(ref groupLines, 10), 18, ref Unsafe.Add(ref column, 16)); // lines 10 to 17
            columns[16] = columns[22];
            columns[17] = columns[23];
            if (info.IsMixedFlagged && group == 0)
                Mixed(ref column, info.BlockType, ref groupOverlap, ref groupSlots);
            else
                Transform(ref column, info.BlockType, ref groupOverlap, ref groupSlots);
        }
    }

    private static void Transform(ref Vector256<float> x, int blockType, ref float overlap, ref float slots)
    {
        if (blockType == 2)
            Short(ref x, ref overlap, ref slots);
        else
            Long(ref x, ref LongWindows[blockType][0], ref overlap, ref slots);
    }

    // All lines are zero: only the overlap comes out.
    private static void Drain(ref float overlap, ref float slots)
    {
        for (nuint t = 0; t < SlotCount; t++)
        {
            var value = Vector256.LoadUnsafe(ref overlap, Subbands * t);
            (value ^ Inversion((int)t)).StoreUnsafe(ref slots, Subbands * t);
            Vector256<float>.Zero.StoreUnsafe(ref overlap, Subbands * t);
        }
    }

    // 2.4.3.4.10.4: odd samples of odd subbands change their sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Inversion(int slot) =>
        (slot & 1) == 0 ? Vector256<float>.Zero : Vector256.Create(0f, -0f, 0f, -0f, 0f, -0f, 0f, -0f);

    [SkipLocalsInit]
    private static void Long(ref Vector256<float> x, ref float window, ref float overlap, ref float slots)
    {
        // Z[2m] in x, Z[2m + 1] in x: first neighbours are added, then the neighbours among the odd ones.
        for (var k = 17; k > 0; k--)
            Unsafe.Add(ref x, k) += Unsafe.Add(ref x, k - 1);
        for (var k = 17; k > 2; k -= 2)
            Unsafe.Add(ref x, k) += Unsafe.Add(ref x, k - 2);
        Span<Vector256<float>> evenSums = stackalloc Vector256<float>[9];
        Span<Vector256<float>> oddSums = stackalloc Vector256<float>[9];
        Transform9(ref x, evenSums);
        Transform9(ref Unsafe.Add(ref x, 1), oddSums);
        for (var j = 0; j < 9; j++)
        {
            var odd = oddSums[j] * InnerSecants[j];
            var low = evenSums[j] - odd; // samples 9 + j and, mirrored, 8 - j
            var high = evenSums[j] + odd; // samples 26 - j and, mirrored, 27 + j
            Emit(9 + j, low, ref window, ref overlap, ref slots);
            Emit(8 - j, low, ref window, ref overlap, ref slots);
            (high * Unsafe.Add(ref window, 26 - j)).StoreUnsafe(ref overlap, (nuint)(Subbands * (8 - j)));
            (high * Unsafe.Add(ref window, 27 + j)).StoreUnsafe(ref overlap, (nuint)(Subbands * (9 + j)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Emit(int slot, Vector256<float> value, ref float window, ref float overlap, ref float slots)
    {
        var offset = (nuint)(Subbands * slot);
        var sum = Lanes.MultiplyAdd(value, Vector256.Create(Unsafe.Add(ref window, slot)), Vector256.LoadUnsafe(ref overlap, offset));
        (sum ^ Inversion(slot)).StoreUnsafe(ref slots, offset);
    }

    // sums[j] = sum over m of z[2m] cos(pi m (2j + 1) / 18), m = 0 to 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform9(ref Vector256<float> z, Span<Vector256<float>> sums)
    {
        ref var cosine = ref MemoryMarshal.GetArrayDataReference(Cosines9);
        for (var j = 0; j < 5; j++)
        {
            var even = z;
            even = Lanes.MultiplyAdd(Unsafe.Add(ref z, 4), Vector256.Create(Unsafe.Add(ref cosine, 8 * j)), even);
            even = Lanes.MultiplyAdd(Unsafe.Add(ref z, 8), Vector256.Create(Unsafe.Add(ref cosine, 8 * j + 1)), even);
            even = Lanes.MultiplyAdd(Unsafe.Add(ref z, 12), Vector256.Create(Unsafe.Add(ref cosine, 8 * j + 2)), even);
            even = Lanes.MultiplyAdd(Unsafe.Add(ref z, 16), Vector256.Create(Unsafe.Add(ref cosine, 8 * j + 3)), even);
            var odd = Unsafe.Add(ref z, 2) * Unsafe.Add(ref cosine, 8 * j + 4);
            odd = Lanes.MultiplyAdd(Unsafe.Add(ref z, 6), Vector256.Create(Unsafe.Add(ref cosine, 8 * j + 5)), odd);
            odd = Lanes.MultiplyAdd(Unsafe.Add(ref z, 10), Vector256.Create(Unsafe.Add(ref cosine, 8 * j + 6)), odd);
            odd = Lanes.MultiplyAdd(Unsafe.Add(ref z, 14), Vector256.Create(Unsafe.Add(ref cosine, 8 * j + 7)), odd);
            sums[j] = even + odd;
            sums[8 - j] = even - odd; // j = 4: odd is zero but for rounding, and the sum is written last
        }

        sums[4] = z - Unsafe.Add(ref z, 4) + Unsafe.Add(ref z, 8) - Unsafe.Add(ref z, 12) + Unsafe.Add(ref z, 16);
    }

    private static void Short(ref Vector256<float> x, ref float overlap, ref float slots)
    {
        // The three windows' samples, 12 each, begin at 6, 12 and 18 of the 36 (2.4.3.4.10.3).
        Span<Vector256<float>> samples = stackalloc Vector256<float>[36];
        samples.Clear();
        for (var window = 0; window < 3; window++)
            for (var n = 0; n < 12; n++)
            {
                var sum = samples[6 + 6 * window + n];
                for (var k = 0; k < 6; k++)
                    sum = Lanes.MultiplyAdd(Unsafe.Add(ref x, 3 * k + window), Vector256.Create(ShortKernel[6 * n + k]), sum);
                samples[6 + 6 * window + n] = sum;
            }

        for (var t = 0; t < SlotCount; t++)
        {
            var offset = (nuint)(Subbands * t);
            var sum = samples[t] + Vector256.LoadUnsafe(ref overlap, offset);
            (sum ^ Inversion(t)).StoreUnsafe(ref slots, offset);
            samples[SlotCount + t].StoreUnsafe(ref overlap, offset);
        }
    }

    // mixed_block_flag (2.4.2.7): subbands 0 and 1 have the normal window, whatever the block type of the others.
    private static void Mixed(ref Vector256<float> x, int blockType, ref float overlap, ref float slots)
    {
        const int Span = Subbands * (SlotCount - 1) + 8; // this group's part of the slots reaches so far
        Span<Vector256<float>> normalColumns = stackalloc Vector256<float>[SlotCount];
        Span<float> normalSlots = stackalloc float[Span];
        Span<float> normalOverlap = stackalloc float[Span];
        MemoryMarshal.CreateSpan(ref x, SlotCount).CopyTo(normalColumns);
        MemoryMarshal.CreateSpan(ref overlap, Span).CopyTo(normalOverlap);
        Transform(ref normalColumns[0], 0, ref normalOverlap[0], ref normalSlots[0]);
        Transform(ref x, blockType, ref overlap, ref slots);
        for (var t = 0; t < SlotCount; t++)
            for (var subband = 0; subband < 2; subband++)
            {
                Unsafe.Add(ref slots, Subbands * t + subband) = normalSlots[Subbands * t + subband];
                Unsafe.Add(ref overlap, Subbands * t + subband) = normalOverlap[Subbands * t + subband];
            }
    }

    private static float[] MakeCosines9()
    {
        int[] multiples = [2, 4, 6, 8, 1, 3, 5, 7];
        return [.. from j in Enumerable.Range(0, 5) from m in multiples select (float)Math.Cos(Math.PI * m * (2 * j + 1) / 18)];
    }

    private static float[] MakeLongWindow(int blockType)
    {
        var window = new float[36];
        for (var n = 0; n < 36; n++)
        {
            // The transform is odd about 8.5 and even about 26.5: samples 0 to 8 and 27 to 35 come from their mirror images.
            var (source, sign) = n < 9 ? (17 - n, -1) : n < 27 ? (n, 1) : (53 - n, 1);
            var angle = Math.PI * (2 * source + 19) / 72;
            window[n] = (float)(sign * LongWindow(blockType, n) / (2 * Math.Cos(angle)));
        }

        return window;
    }

    private static double LongWindow(int blockType, int n) => (blockType, n) switch
    {
        (1, >= 30) or (3, < 6) => 0,
        (1, >= 24) => Math.Sin(Math.PI / 12 * (n - 18 + 0.5)),
        (3, < 12) => Math.Sin(Math.PI / 12 * (n - 6 + 0.5)),
        (1, >= 18) or (3, < 18) => 1,
        _ => Math.Sin(Math.PI / 36 * (n + 0.5)),
    };

    private static float[] MakeShortKernel() =>
    [
        .. from n in Enumerable.Range(0, 12)
           from k in Enumerable.Range(0, 6)
           select (float)(Math.Sin(Math.PI / 12 * (n + 0.5)) * Math.Cos(Math.PI / 24 * (2 * n + 7) * (2 * k + 1))),
    ];
}
