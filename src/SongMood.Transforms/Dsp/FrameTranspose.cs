using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Dsp;

/// <summary>Turns frames in rows into bins in rows, and back.</summary>
internal static unsafe class FrameTranspose
{
    /// <summary>Both sides must have room for rows and columns rounded up to a multiple of this.</summary>
    public const int Granularity = 16;

    /// <summary>target[c x targetStride + r] = source[r x sourceStride + c].</summary>
    public static void Run(float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns)
    {
        for (nint r = 0; r < rows; r += Granularity)
            for (nint c = 0; c < columns; c += Granularity)
                Block16(source + r * sourceStride + c, sourceStride, target + c * targetStride + r, targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block16(float* source, nint sourceStride, float* target, nint targetStride)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            Vectors16(source, sourceStride, target, targetStride);
        else if (Avx.IsSupported)
            for (nint half = 0; half < 16; half += 8)
            {
                Vectors8(source + half * sourceStride, sourceStride, target + half, targetStride);
                Vectors8(source + half * sourceStride + 8, sourceStride, target + half + 8 * targetStride, targetStride);
            }
        else
            for (nint r = 0; r < 16; r++)
                for (nint c = 0; c < 16; c++)
                    target[c * targetStride + r] = source[r * sourceStride + c];
    }

    /// <summary>16 x 16 with AVX-512: four rows at a time within each 128 bits, then the 128-bit quarters as a 4 x 4 matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectors16(float* source, nint stride, float* target, nint targetStride)
    {
        Unsafe.SkipInit(out Quads q0);
        Unsafe.SkipInit(out Quads q1);
        Unsafe.SkipInit(out Quads q2);
        Unsafe.SkipInit(out Quads q3);
        q0.Load(source, stride);
        q1.Load(source + 4 * stride, stride);
        q2.Load(source + 8 * stride, stride);
        q3.Load(source + 12 * stride, stride);
        StoreQuarters(target, targetStride, q0.C0, q1.C0, q2.C0, q3.C0);
        StoreQuarters(target + targetStride, targetStride, q0.C1, q1.C1, q2.C1, q3.C1);
        StoreQuarters(target + 2 * targetStride, targetStride, q0.C2, q1.C2, q2.C2, q3.C2);
        StoreQuarters(target + 3 * targetStride, targetStride, q0.C3, q1.C3, q2.C3, q3.C3);
    }

    /// <summary>Four rows; column c has in its quarter k the four rows' values of bin 4 k + c.</summary>
    private struct Quads
    {
        public Vector512<float> C0, C1, C2, C3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(float* source, nint stride)
        {
            var (a, b) = (Vector512.Load(source), Vector512.Load(source + stride));
            var (c, d) = (Vector512.Load(source + 2 * stride), Vector512.Load(source + 3 * stride));
            var (ab01, ab23) = (Avx512F.UnpackLow(a, b).AsDouble(), Avx512F.UnpackHigh(a, b).AsDouble());
            var (cd01, cd23) = (Avx512F.UnpackLow(c, d).AsDouble(), Avx512F.UnpackHigh(c, d).AsDouble());
            C0 = Avx512F.UnpackLow(ab01, cd01).AsSingle();
            C1 = Avx512F.UnpackHigh(ab01, cd01).AsSingle();
            C2 = Avx512F.UnpackLow(ab23, cd23).AsSingle();
            C3 = Avx512F.UnpackHigh(ab23, cd23).AsSingle();
        }
    }

    /// <summary>Quarter k of the four goes to row 4 k of the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(
        float* target, nint stride, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var (ab02, ab13) = (Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), Avx512F.Shuffle4x128(a, b, 0b11_01_11_01));
        var (cd02, cd13) = (Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), Avx512F.Shuffle4x128(c, d, 0b11_01_11_01));
        Avx512F.Shuffle4x128(ab02, cd02, 0b10_00_10_00).Store(target);
        Avx512F.Shuffle4x128(ab13, cd13, 0b10_00_10_00).Store(target + 4 * stride);
        Avx512F.Shuffle4x128(ab02, cd02, 0b11_01_11_01).Store(target + 8 * stride);
        Avx512F.Shuffle4x128(ab13, cd13, 0b11_01_11_01).Store(target + 12 * stride);
    }

    /// <summary>8 x 8 with AVX, the same way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectors8(float* source, nint stride, float* target, nint targetStride)
    {
        for (nint half = 0; half < 8; half += 4, source += 4, target += 4 * targetStride)
        {
            var (a, b) = (Rows(source, stride, 0), Rows(source, stride, 1));
            var (c, d) = (Rows(source, stride, 2), Rows(source, stride, 3));
            var (ab01, ab23) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackHigh(a, b).AsDouble());
            var (cd01, cd23) = (Avx.UnpackLow(c, d).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
            Avx.UnpackLow(ab01, cd01).AsSingle().Store(target);
            Avx.UnpackHigh(ab01, cd01).AsSingle().Store(target + targetStride);
            Avx.UnpackLow(ab23, cd23).AsSingle().Store(target + 2 * targetStride);
            Avx.UnpackHigh(ab23, cd23).AsSingle().Store(target + 3 * targetStride);
        }
    }

    /// <summary>Four values of a row, and of the row four further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rows(float* source, nint stride, nint row) =>
        Vector256.Create(Vector128.Load(source + row * stride), Vector128.Load(source + (row + 4) * stride));
}
