using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Audio.Mp3;

/// <summary>
/// The kernels of <see cref="SynthesisFilterbank"/> for vectors of sixteen: half a row, A or B, is one. Six slots at a time, so that twelve
/// sums go on at once and each factor is loaded once for all six. Every sum has the same summands in the same order, and so the same bits.
/// </summary>
internal static class WideSynthesis
{
    /// <summary>Slots that go together.</summary>
    public const int SlotCount = 6;

    private const int Subbands = SynthesisFilterbank.Subbands;
    private const int RowLength = SynthesisFilterbank.RowLength;
    private const int B = SynthesisFilterbank.B;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    // S[0] + S[31], S[0] - S[31], S[1] + S[30] ..
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fold(ref float slot, ref float folded)
    {
        var reversed = Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        var low = Vector512.LoadUnsafe(ref slot);
        var high = Vector512.Shuffle(Vector512.LoadUnsafe(ref slot, 16), reversed);
        var (sum, difference) = (low + high, low - high);
        Avx512F.PermuteVar16x32x2(sum, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), difference)
            .StoreUnsafe(ref folded);
        Avx512F.PermuteVar16x32x2(sum, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), difference)
            .StoreUnsafe(ref folded, 16);
    }

    // Six rows.
    public static void ApplyMatrix(ref float matrix, ref float folded, ref float row)
    {
        var a0 = Vector512<float>.Zero;
        var (a1, a2, a3, a4, a5) = (a0, a0, a0, a0, a0);
        var (b0, b1, b2, b3, b4, b5) = (a0, a0, a0, a0, a0, a0);
        for (nuint k = 0; k < 16; k++)
        {
            var a = Vector512.LoadUnsafe(ref matrix, RowLength * k);
            var b = Vector512.LoadUnsafe(ref matrix, RowLength * k + B);
            ref var pairs = ref Unsafe.Add(ref folded, 2 * k);
            var pair = Pair(ref pairs, 0);
            (a0, b0) = (Lanes.MultiplyAdd(pair, a, a0), Lanes.MultiplyAdd(pair, b, b0));
            pair = Pair(ref pairs, 1);
            (a1, b1) = (Lanes.MultiplyAdd(pair, a, a1), Lanes.MultiplyAdd(pair, b, b1));
            pair = Pair(ref pairs, 2);
            (a2, b2) = (Lanes.MultiplyAdd(pair, a, a2), Lanes.MultiplyAdd(pair, b, b2));
            pair = Pair(ref pairs, 3);
            (a3, b3) = (Lanes.MultiplyAdd(pair, a, a3), Lanes.MultiplyAdd(pair, b, b3));
            pair = Pair(ref pairs, 4);
            (a4, b4) = (Lanes.MultiplyAdd(pair, a, a4), Lanes.MultiplyAdd(pair, b, b4));
            pair = Pair(ref pairs, 5);
            (a5, b5) = (Lanes.MultiplyAdd(pair, a, a5), Lanes.MultiplyAdd(pair, b, b5));
        }

        StoreRow(a0, b0, ref row, 0);
        StoreRow(a1, b1, ref row, 1);
        StoreRow(a2, b2, ref row, 2);
        StoreRow(a3, b3, ref row, 3);
        StoreRow(a4, b4, ref row, 4);
        StoreRow(a5, b5, ref row, 5);
    }

    // Outputs j and 32 - j of six slots for all sixteen j.
    public static void ApplyWindow(ref float window, ref float row, ref float output)
    {
        var below0 = Vector512<float>.Zero;
        var (below1, below2, below3, below4, below5) = (below0, below0, below0, below0, below0);
        var (above0, above1, above2, above3, above4, above5) = (below0, below0, below0, below0, below0, below0);
        for (nuint m = 0; m < 8; m++)
            for (nuint part = 0; part < 2; part++) // A, and B of the row before
            {
                var direct = Vector512.LoadUnsafe(ref window, 64 * m + B * part);
                var mirrored = Vector512.LoadUnsafe(ref window, 64 * m + B * part + 32);
                ref var v = ref Unsafe.Add(ref Unsafe.Subtract(ref row, RowLength * (2 * m + part)), B * part);
                var value = Vector512.LoadUnsafe(ref v);
                (below0, above0) = (Lanes.MultiplyAdd(value, direct, below0), Lanes.MultiplyAdd(value, mirrored, above0));
                value = Vector512.LoadUnsafe(ref v, RowLength);
                (below1, above1) = (Lanes.MultiplyAdd(value, direct, below1), Lanes.MultiplyAdd(value, mirrored, above1));
                value = Vector512.LoadUnsafe(ref v, 2 * RowLength);
                (below2, above2) = (Lanes.MultiplyAdd(value, direct, below2), Lanes.MultiplyAdd(value, mirrored, above2));
                value = Vector512.LoadUnsafe(ref v, 3 * RowLength);
                (below3, above3) = (Lanes.MultiplyAdd(value, direct, below3), Lanes.MultiplyAdd(value, mirrored, above3));
                value = Vector512.LoadUnsafe(ref v, 4 * RowLength);
                (below4, above4) = (Lanes.MultiplyAdd(value, direct, below4), Lanes.MultiplyAdd(value, mirrored, above4));
                value = Vector512.LoadUnsafe(ref v, 5 * RowLength);
                (below5, above5) = (Lanes.MultiplyAdd(value, direct, below5), Lanes.MultiplyAdd(value, mirrored, above5));
            }

        StoreOutput(below0, above0, ref output, 0);
        StoreOutput(below1, above1, ref output, 1);
        StoreOutput(below2, above2, ref output, 2);
        StoreOutput(below3, above3, ref output, 3);
        StoreOutput(below4, above4, ref output, 4);
        StoreOutput(below5, above5, ref output, 5);
    }

    // A slot's sum and difference, eight times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pair(ref float pairs, nuint slot) =>
        Vector512.Create(Unsafe.As<float, double>(ref Unsafe.Add(ref pairs, Subbands * slot))).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(Vector512<float> a, Vector512<float> b, ref float row, nuint slot)
    {
        a.StoreUnsafe(ref row, RowLength * slot);
        b.StoreUnsafe(ref row, RowLength * slot + B);
    }

    // Lane j of above is output 32 - j; lane 0 is output 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOutput(Vector512<float> below, Vector512<float> above, ref float output, nuint slot)
    {
        below.StoreUnsafe(ref output, Subbands * slot);
        Vector512.Shuffle(above, Vector512.Create(0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1))
            .StoreUnsafe(ref output, Subbands * slot + 16);
    }
}
