using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Audio.Mp3;

/// <summary>Vector helpers that the filter banks share.</summary>
internal static class Lanes
{
    /// <summary>
    /// Turns eight rows of eight floats, <paramref name="rowStride"/> floats apart, into eight columns:
    /// lane i of <paramref name="columns"/>[k] is element k of row i.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose8X8(ref float rows, nuint rowStride, ref Vector256<float> columns)
    {
        if (!Avx.IsSupported)
        {
            ref var column = ref Unsafe.As<Vector256<float>, float>(ref columns);
            for (nuint k = 0; k < 8; k++)
                for (nuint i = 0; i < 8; i++)
                    Unsafe.Add(ref column, 8 * k + i) = Unsafe.Add(ref rows, i * rowStride + k);
            return;
        }

        var r0 = Vector256.LoadUnsafe(ref rows);
        var r1 = Vector256.LoadUnsafe(ref rows, rowStride);
        var r2 = Vector256.LoadUnsafe(ref rows, 2 * rowStride);
        var r3 = Vector256.LoadUnsafe(ref rows, 3 * rowStride);
        var r4 = Vector256.LoadUnsafe(ref rows, 4 * rowStride);
        var r5 = Vector256.LoadUnsafe(ref rows, 5 * rowStride);
        var r6 = Vector256.LoadUnsafe(ref rows, 6 * rowStride);
        var r7 = Vector256.LoadUnsafe(ref rows, 7 * rowStride);

        // Pairs of rows, then fours, then the two halves.
        var a0 = Avx.UnpackLow(r0, r1);
        var a1 = Avx.UnpackHigh(r0, r1);
        var a2 = Avx.UnpackLow(r2, r3);
        var a3 = Avx.UnpackHigh(r2, r3);
        var a4 = Avx.UnpackLow(r4, r5);
        var a5 = Avx.UnpackHigh(r4, r5);
        var a6 = Avx.UnpackLow(r6, r7);
        var a7 = Avx.UnpackHigh(r6, r7);
        var b0 = Avx.Shuffle(a0, a2, 0x44);
        var b1 = Avx.Shuffle(a0, a2, 0xEE);
        var b2 = Avx.Shuffle(a1, a3, 0x44);
        var b3 = Avx.Shuffle(a1, a3, 0xEE);
        var b4 = Avx.Shuffle(a4, a6, 0x44);
        var b5 = Avx.Shuffle(a4, a6, 0xEE);
        var b6 = Avx.Shuffle(a5, a7, 0x44);
        var b7 = Avx.Shuffle(a5, a7, 0xEE);
        columns = Avx.Permute2x128(b0, b4, 0x20);
        Unsafe.Add(ref columns, 1) = Avx.Permute2x128(b1, b5, 0x20);
        Unsafe.Add(ref columns, 2) = Avx.Permute2x128(b2, b6, 0x20);
        Unsafe.Add(ref columns, 3) = Avx.Permute2x128(b3, b7, 0x20);
        Unsafe.Add(ref columns, 4) = Avx.Permute2x128(b0, b4, 0x31);
        Unsafe.Add(ref columns, 5) = Avx.Permute2x128(b1, b5, 0x31);
        Unsafe.Add(ref columns, 6) = Avx.Permute2x128(b2, b6, 0x31);
        Unsafe.Add(ref columns, 7) = Avx.Permute2x128(b3, b7, 0x31);
    }

    /// <summary>Stores a[0], b[0], a[1], b[1] .. b[7].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved(Vector256<float> a, Vector256<float> b, ref float target, nuint offset)
    {
        if (!Avx.IsSupported)
        {
            for (var i = 0; i < 8; i++)
            {
                Unsafe.Add(ref target, offset + (nuint)(2 * i)) = a[i];
                Unsafe.Add(ref target, offset + (nuint)(2 * i + 1)) = b[i];
            }

            return;
        }

        var low = Avx.UnpackLow(a, b); // lanes 0, 1 and 4, 5 of each
        var high = Avx.UnpackHigh(a, b);
        Avx.Permute2x128(low, high, 0x20).StoreUnsafe(ref target, offset);
        Avx.Permute2x128(low, high, 0x31).StoreUnsafe(ref target, offset + 8);
    }

    /// <summary>a b + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);

    /// <summary>a b + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
}
