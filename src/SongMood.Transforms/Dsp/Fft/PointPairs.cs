using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// Transforms of 32 points, two of them side by side and a frame a lane: point m of transform c is at [m][c][lane], the imaginary parts
/// 64 vectors behind the real ones. All distances are constants.
/// </summary>
internal static unsafe class PointPairs<T> where T : unmanaged, ILane<T>
{
    /// <summary>
    /// The first pass, of radix 8, as in <see cref="Radix8Pass{T, TStore}"/>; but its sums and its differences are taken from memory one
    /// after the other: together they are more than AVX2 has registers. The twiddles are exp(-2 pi i p j / 32), [p][j - 1][real,
    /// imaginary].
    /// </summary>
    public static void FirstPass(double* x, double* y, double* twiddles)
    {
        StoreEven(x, y, twiddles);
        StoreOdd(x, y, twiddles);
    }

    /// <summary>A number times twiddles[of], to y[at].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTurned(T real, T imaginary, double* twiddles, nint of, double* y, nint at)
    {
        var (wr, wi) = (T.Broadcast(twiddles[of]), T.Broadcast(twiddles[of + 1]));
        T.NegatedMultiplyAdd(imaginary, wi, real * wr).Store(y + at);
        T.MultiplyAdd(real, wi, imaginary * wr).Store(y + at + 64 * T.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreEven(double* x, double* y, double* twiddles)
    {
        for (nint p = 0; p < 4; p++, y += 14 * T.Width, twiddles += 14)
            for (nint c = 0; c < 2; c++, x += T.Width, y += T.Width)
            {
                T s0r = T.Load(x) + T.Load(x + 32 * T.Width);
                T s0i = T.Load(x + 64 * T.Width) + T.Load(x + 96 * T.Width);
                T s2r = T.Load(x + 16 * T.Width) + T.Load(x + 48 * T.Width);
                T s2i = T.Load(x + 80 * T.Width) + T.Load(x + 112 * T.Width);
                T s1r = T.Load(x + 8 * T.Width) + T.Load(x + 40 * T.Width);
                T s1i = T.Load(x + 72 * T.Width) + T.Load(x + 104 * T.Width);
                T s3r = T.Load(x + 24 * T.Width) + T.Load(x + 56 * T.Width);
                T s3i = T.Load(x + 88 * T.Width) + T.Load(x + 120 * T.Width);
                T e0r = s0r + s2r, e0i = s0i + s2i, e2r = s0r - s2r, e2i = s0i - s2i;
                T e1r = s1r + s3r, e1i = s1i + s3i, e3r = s1r - s3r, e3i = s1i - s3i;
                (e0r + e1r).Store(y);
                (e0i + e1i).Store(y + 64 * T.Width);
                StoreTurned(e2r + e3i, e2i - e3r, twiddles, 2, y, 4 * T.Width);
                StoreTurned(e0r - e1r, e0i - e1i, twiddles, 6, y, 8 * T.Width);
                StoreTurned(e2r - e3i, e2i + e3r, twiddles, 10, y, 12 * T.Width);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreOdd(double* x, double* y, double* twiddles)
    {
        var half = T.Broadcast(0.70710678118654752440);
        for (nint p = 0; p < 4; p++, y += 14 * T.Width, twiddles += 14)
            for (nint c = 0; c < 2; c++, x += T.Width, y += T.Width)
            {
                T d1r = T.Load(x + 8 * T.Width) - T.Load(x + 40 * T.Width);
                T d1i = T.Load(x + 72 * T.Width) - T.Load(x + 104 * T.Width);
                T d3r = T.Load(x + 24 * T.Width) - T.Load(x + 56 * T.Width);
                T d3i = T.Load(x + 88 * T.Width) - T.Load(x + 120 * T.Width);
                // d1 by (1 - i) / sqrt 2, d3 by (-1 - i) / sqrt 2: their sum and difference, times sqrt 2.
                T ar = d1r + d1i, ai = d1i - d1r, br = d3i - d3r, bi = d3r + d3i;
                T sr = ar + br, si = ai - bi, tr = ar - br, ti = ai + bi;
                T d0r = T.Load(x) - T.Load(x + 32 * T.Width);
                T d0i = T.Load(x + 64 * T.Width) - T.Load(x + 96 * T.Width);
                T d2r = T.Load(x + 16 * T.Width) - T.Load(x + 48 * T.Width);
                T d2i = T.Load(x + 80 * T.Width) - T.Load(x + 112 * T.Width);
                T o0r = d0r + d2i, o0i = d0i - d2r, o2r = d0r - d2i, o2i = d0i + d2r;
                StoreTurned(T.MultiplyAdd(half, sr, o0r), T.MultiplyAdd(half, si, o0i), twiddles, 0, y, 2 * T.Width);
                StoreTurned(T.MultiplyAdd(half, ti, o2r), T.NegatedMultiplyAdd(half, tr, o2i), twiddles, 4, y, 6 * T.Width);
                StoreTurned(T.NegatedMultiplyAdd(half, sr, o0r), T.NegatedMultiplyAdd(half, si, o0i), twiddles, 8, y, 10 * T.Width);
                StoreTurned(T.NegatedMultiplyAdd(half, ti, o2r), T.MultiplyAdd(half, tr, o2i), twiddles, 12, y, 14 * T.Width);
            }
    }
}
