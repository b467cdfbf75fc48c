using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>The polyphase synthesis filterbank of one channel (ISO/IEC 11172-3, 2.4.3.2.2 and Figure A.2).</summary>
/// <remarks>
/// <para>The matrixing V[i] = sum S[k] cos((16 + i)(2k + 1) pi / 64) has two symmetries. Over k: V[even] needs only S[k] + S[31 - k],
/// V[odd] only S[k] - S[31 - k]. Over i: V[16] = 0, V[32 - i] = -V[i], V[32] = -V[0], V[96 - i] = V[i] (i in 33 to 63). So a slot
/// leaves a row of 32 values: A, V[0] to V[15], and B, V[48] and then V[33] to V[47].</para>
/// <para>Output j of a slot is the sum over m = 0 to 7 of D[64m + j] V[j] of 2m slots ago and D[64m + 32 + j] V[32 + j] of 2m + 1
/// slots ago; outputs j and 32 - j use the same V. Lane 0 gives outputs 0 and 16; the former's V[32] is -V[0].</para>
/// <para>Two slots at a time, so that each factor is loaded once for both, and eight sums go on at once; <see cref="WideSynthesis"/> takes
/// six.</para>
/// </remarks>
internal sealed class SynthesisFilterbank
{
    /// <summary>Slots before the present one that a window reaches over.</summary>
    internal const int History = 15;

    internal const int Subbands = 32;

    /// <summary>Values of V that a slot leaves, of which those from <see cref="B"/> on are B.</summary>
    internal const int RowLength = 32;
    internal const int B = 16;

    // Rows by k = 0 to 15: what S[k] + S[31 - k] (even V) or S[k] - S[31 - k] (odd V) adds to each kept V.
    private static readonly AlignedFloats Matrix = new(MakeMatrix());

    // Rows by m = 0 to 7 of 64: the factors of A and B in outputs j, then in outputs 32 - j.
    private static readonly AlignedFloats Window = new(MakeWindow());

    // D[64m + 32]: the factors of -V[0] in output 0.
    private static readonly float[] FirstFactors =
        [.. Enumerable.Range(0, 8).Select(m => (float)-SynthesisWindow.Coefficients[64 * m + 32])];

    private readonly AlignedFloats _rows = new((History + InverseMdct.SlotCount) * RowLength);

    public void Reset() => _rows.Span.Clear();

    /// <summary>From 18 slots of 32 subband samples to 576 audio samples.</summary>
    public void Apply(ReadOnlySpan<float> slots, Span<float> output) => Apply(slots, InverseMdct.SlotCount, output);

    /// <summary>From an even number of slots, at most 18, to 32 audio samples each.</summary>
    [SkipLocalsInit]
    public void Apply(ReadOnlySpan<float> slots, int slotCount, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotCount, InverseMdct.SlotCount);
        Span<float> folded = stackalloc float[WideSynthesis.SlotCount * Subbands];
        ref var fold = ref MemoryMarshal.GetReference(folded);
        ref var rows = ref _rows.First;
        ref var slot = ref MemoryMarshal.GetReference(slots[..(Subbands * slotCount)]);
        ref var samples = ref MemoryMarshal.GetReference(output[..(Subbands * slotCount)]);
        nuint t = 0;
        if (WideSynthesis.IsSupported)
            for (; t + WideSynthesis.SlotCount <= (nuint)slotCount; t += WideSynthesis.SlotCount)
            {
                for (nuint i = 0; i < WideSynthesis.SlotCount; i++)
                    WideSynthesis.Fold(ref Unsafe.Add(ref slot, Subbands * (t + i)), ref Unsafe.Add(ref fold, Subbands * i));
                ref var row = ref Unsafe.Add(ref rows, (History + t) * RowLength);
                WideSynthesis.ApplyMatrix(ref Matrix.First, ref fold, ref row);
                WideSynthesis.ApplyWindow(ref Window.First, ref row, ref Unsafe.Add(ref samples, Subbands * t));
            }

        for (; t < (nuint)slotCount; t += 2)
        {
            Fold(ref Unsafe.Add(ref slot, Subbands * t), ref fold);
            Fold(ref Unsafe.Add(ref slot, Subbands * (t + 1)), ref Unsafe.Add(ref fold, Subbands));
            ref var row = ref Unsafe.Add(ref rows, (History + t) * RowLength);
            ApplyMatrix(ref fold, ref row);
            ApplyWindow(ref row, ref Unsafe.Add(ref samples, Subbands * t));
        }

        AddFirsts(ref rows, RowLength, slotCount, ref samples, Subbands);
        _rows.Span.Slice(slotCount * RowLength, History * RowLength).CopyTo(_rows.Span);
    }

    // S[0] + S[31], S[0] - S[31], S[1] + S[30] ..: the pairs that the even and odd V of a row take in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold(ref float slot, ref float folded)
    {
        var reversed = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        for (nuint k = 0; k < 16; k += 8)
        {
            var low = Vector256.LoadUnsafe(ref slot, k);
            var high = Vector256.Shuffle(Vector256.LoadUnsafe(ref slot, 24 - k), reversed);
            Lanes.StoreInterleaved(low + high, low - high, ref folded, 2 * k);
        }
    }

    // Two rows.
    private static void ApplyMatrix(ref float folded, ref float row)
    {
        ref var matrix = ref Matrix.First;
        var a0 = Vector256<float>.Zero;
        var (a1, b0, b1) = (a0, a0, a0);
        var (c0, c1, d0, d1) = (a0, a0, a0, a0); // of the second row
        for (nuint k = 0; k < 16; k++)
        {
            ref var factors = ref Unsafe.Add(ref matrix, RowLength * k);
            var first = Vector256.Create(Unsafe.As<float, double>(ref Unsafe.Add(ref folded, 2 * k))).AsSingle();
            var second = Vector256.Create(Unsafe.As<float, double>(ref Unsafe.Add(ref folded, Subbands + 2 * k))).AsSingle();
            var factor = Vector256.LoadUnsafe(ref factors);
            a0 = Lanes.MultiplyAdd(first, factor, a0);
            c0 = Lanes.MultiplyAdd(second, factor, c0);
            factor = Vector256.LoadUnsafe(ref factors, 8);
            a1 = Lanes.MultiplyAdd(first, factor, a1);
            c1 = Lanes.MultiplyAdd(second, factor, c1);
            factor = Vector256.LoadUnsafe(ref factors, B);
            b0 = Lanes.MultiplyAdd(first, factor, b0);
            d0 = Lanes.MultiplyAdd(second, factor, d0);
            factor = Vector256.LoadUnsafe(ref factors, B + 8);
            b1 = Lanes.MultiplyAdd(first, factor, b1);
            d1 = Lanes.MultiplyAdd(second, factor, d1);
        }

        a0.StoreUnsafe(ref row);
        a1.StoreUnsafe(ref row, 8);
        b0.StoreUnsafe(ref row, B);
        b1.StoreUnsafe(ref row, B + 8);
        c0.StoreUnsafe(ref row, RowLength);
        c1.StoreUnsafe(ref row, RowLength + 8);
        d0.StoreUnsafe(ref row, RowLength + B);
        d1.StoreUnsafe(ref row, RowLength + B + 8);
    }

    // Outputs j and 32 - j of two slots for all sixteen j, in eight sums.
    private static void ApplyWindow(ref float row, ref float output)
    {
        ref var window = ref Window.First;
        var below0 = Vector256<float>.Zero;
        var (below1, above0, above1) = (below0, below0, below0);
        var (nextBelow0, nextBelow1, nextAbove0, nextAbove1) = (below0, below0, below0, below0);
        for (nuint m = 0; m < 8; m++)
            for (nuint part = 0; part < 2; part++) // A, and B of the row before
            {
                ref var factors = ref Unsafe.Add(ref window, 64 * m + B * part);
                ref var v = ref Unsafe.Add(ref Unsafe.Subtract(ref row, RowLength * (2 * m + part)), B * part);
                var direct = Vector256.LoadUnsafe(ref factors);
                var mirrored = Vector256.LoadUnsafe(ref factors, 32);
                var value = Vector256.LoadUnsafe(ref v);
                below0 = Lanes.MultiplyAdd(value, direct, below0);
                above0 = Lanes.MultiplyAdd(value, mirrored, above0);
                value = Vector256.LoadUnsafe(ref v, RowLength);
                nextBelow0 = Lanes.MultiplyAdd(value, direct, nextBelow0);
                nextAbove0 = Lanes.MultiplyAdd(value, mirrored, nextAbove0);
                direct = Vector256.LoadUnsafe(ref factors, 8);
                mirrored = Vector256.LoadUnsafe(ref factors, 32 + 8);
                value = Vector256.LoadUnsafe(ref v, 8);
                below1 = Lanes.MultiplyAdd(value, direct, below1);
                above1 = Lanes.MultiplyAdd(value, mirrored, above1);
                value = Vector256.LoadUnsafe(ref v, RowLength + 8);
                nextBelow1 = Lanes.MultiplyAdd(value, direct, nextBelow1);
                nextAbove1 = Lanes.MultiplyAdd(value, mirrored, nextAbove1);
            }

        Store(below0, above0, ref output, 0);
        Store(below1, above1, ref output, 8);
        Store(nextBelow0, nextAbove0, ref Unsafe.Add(ref output, Subbands), 0);
        Store(nextBelow1, nextAbove1, ref Unsafe.Add(ref output, Subbands), 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> below, Vector256<float> above, ref float output, nuint lane)
    {
        below.StoreUnsafe(ref output, lane);
        var reversed = Vector256.Shuffle(above, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));
        if (lane != 0)
        {
            reversed.StoreUnsafe(ref output, 17); // outputs 24 to 17, that is 32 - 8 to 32 - 15
            return;
        }

        // Output 16 in lane 0, then 31 to 25: what is stored at 32 belongs to the next slot, so lane 0 goes elsewhere.
        Vector128.StoreUnsafe(reversed.GetLower(), ref output, 25);
        Unsafe.Add(ref output, 29) = reversed[4];
        Unsafe.Add(ref output, 30) = reversed[5];
        Unsafe.Add(ref output, 31) = reversed[6];
        Unsafe.Add(ref output, 16) = above[0];
    }

    /// <summary>
    /// Adds to each slot's output 0 what it has of V[32] = -V[0] of the odd slots before; V[0] is the first of each row.
    /// </summary>
    [SkipLocalsInit]
    internal static void AddFirsts(ref float rows, nuint rowLength, int slotCount, ref float output, nuint slotLength)
    {
        const int Padded = InverseMdct.SlotCount + 6; // to whole vectors; what is beyond counts for nothing
        Span<float> firsts = stackalloc float[History + Padded];
        Span<float> sums = stackalloc float[Padded];
        firsts[(History + slotCount)..].Clear();
        for (var i = 0; i < History + slotCount; i++)
            firsts[i] = Unsafe.Add(ref rows, (nuint)i * rowLength);
        for (var t = 0; t < slotCount; t += 8)
        {
            var (sum, other) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var m = 0; m < 8; m += 2)
            {
                sum += FirstFactors[m] * Vector256.Create<float>(firsts[(History + t - 2 * m - 1)..]);
                other += FirstFactors[m + 1] * Vector256.Create<float>(firsts[(History + t - 2 * m - 3)..]);
            }

            (sum + other).CopyTo(sums[t..]);
        }

        for (var t = 0; t < slotCount; t++)
            Unsafe.Add(ref output, (nuint)t * slotLength) += sums[t];
    }

    /// <summary>Which V a lane of a row holds.</summary>
    private static int KeptIndex(int lane) => lane < B ? lane : lane == B ? 48 : 32 + lane - B;

    /// <summary>The factor of S[k] (with that of S[31 - k]) in a lane of a row.</summary>
    internal static float MatrixAt(int k, int lane) => (float)Math.Cos((16 + KeptIndex(lane)) * (2 * k + 1) * Math.PI / 64);

    /// <summary>The factors of a lane of a row in output j, and in output 32 - j.</summary>
    internal static (float Direct, float Mirrored) WindowAt(int m, int lane)
    {
        // V[j] serves output j with D[64m + j] and, as V[32 - j] = -V[j], output 32 - j with -D[64m + 32 - j];
        // V[32 + j] serves j with D[64m + 32 + j] and, as V[64 - j] = V[32 + j], 32 - j with D[64m + 64 - j].
        var d = SynthesisWindow.Coefficients;
        var kept = KeptIndex(lane);
        var (direct, mirrored) = lane switch
        {
            0 => (d[64 * m], 0.0),
            B => (0.0, d[64 * m + 48]),
            < B => (d[64 * m + kept], -d[64 * m + 32 - kept]),
            _ => (d[64 * m + kept], d[64 * m + 96 - kept]),
        };
        return ((float)direct, (float)mirrored);
    }

    private static float[] MakeMatrix() =>
        [.. from k in Enumerable.Range(0, 16) from lane in Enumerable.Range(0, RowLength) select MatrixAt(k, lane)];

    private static float[] MakeWindow()
    {
        var window = new float[8 * 64];
        for (var m = 0; m < 8; m++)
            for (var lane = 0; lane < RowLength; lane++)
                (window[64 * m + lane], window[64 * m + 32 + lane]) = WindowAt(m, lane);
        return window;
    }
}
