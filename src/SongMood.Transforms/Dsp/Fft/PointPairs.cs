using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// Transforms of 32 points, two of them side by side and a frame a lane: point m of transform c is at [m][c][lane], the imaginary parts
/// 64 vectors behind the real ones (<see cref="PairPlaces"/>), but for what is read from the square of <see cref="FramePowers"/>. All
/// distances are constants.
/// </summary>
internal static unsafe class PointPairs<T> where T : unmanaged, ILane<T>
{
    /// <summary>
    /// The first pass, of radix 8, as in <see cref="Radix8Pass{T, TStore}"/>; but its sums and its differences are taken from memory one
    /// after the other: together they are more than AVX2 has registers. The twiddles are exp(-2 pi i p j / 32), [p][j - 1][real,
    /// imaginary].
    /// </summary>
    public static void FirstPass<TFrom>(double* x, double* y, double* twiddles) where TFrom : struct, IPointPlaces
    {
        StoreEven<TFrom>(x, y, twiddles);
        StoreOdd<TFrom>(x, y, twiddles);
    }

    /// <summary>A number times twiddles[of], to y[at].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTurned<TTo>(T real, T imaginary, double* twiddles, nint of, double* y, nint at) where TTo : struct, IPointPlaces
    {
        var (wr, wi) = (T.Broadcast(twiddles[of]), T.Broadcast(twiddles[of + 1]));
        T.NegatedMultiplyAdd(imaginary, wi, real * wr).Store(y + at);
        T.MultiplyAdd(real, wi, imaginary * wr).Store(y + at + TTo.Imaginary * T.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T real, T imaginary, double* twiddles, nint of, double* y, nint at) =>
        StoreTurned<PairPlaces>(real, imaginary, twiddles, of, y, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Real<TFrom>(double* x, nint point) where TFrom : struct, IPointPlaces => T.Load(x + point * TFrom.Step * T.Width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Imaginary<TFrom>(double* x, nint point) where TFrom : struct, IPointPlaces =>
        T.Load(x + (point * TFrom.Step + TFrom.Imaginary) * T.Width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreEven<TFrom>(double* x, double* y, double* twiddles) where TFrom : struct, IPointPlaces
    {
        for (nint p = 0; p < 4; p++, x += (TFrom.Step - 2) * T.Width, y += 14 * T.Width, twiddles += 14)
            for (nint c = 0; c < 2; c++, x += T.Width, y += T.Width)
            {
                T s0r = Real<TFrom>(x, 0) + Real<TFrom>(x, 16);
                T s0i = Imaginary<TFrom>(x, 0) + Imaginary<TFrom>(x, 16);
                T s2r = Real<TFrom>(x, 8) + Real<TFrom>(x, 24);
                T s2i = Imaginary<TFrom>(x, 8) + Imaginary<TFrom>(x, 24);
                T s1r = Real<TFrom>(x, 4) + Real<TFrom>(x, 20);
                T s1i = Imaginary<TFrom>(x, 4) + Imaginary<TFrom>(x, 20);
                T s3r = Real<TFrom>(x, 12) + Real<TFrom>(x, 28);
                T s3i = Imaginary<TFrom>(x, 12) + Imaginary<TFrom>(x, 28);
                T e0r = s0r + s2r, e0i = s0i + s2i, e2r = s0r - s2r, e2i = s0i - s2i;
                T e1r = s1r + s3r, e1i = s1i + s3i, e3r = s1r - s3r, e3i = s1i - s3i;
                (e0r + e1r).Store(y);
                (e0i + e1i).Store(y + 64 * T.Width);
                Store(e2r + e3i, e2i - e3r, twiddles, 2, y, 4 * T.Width);
                Store(e0r - e1r, e0i - e1i, twiddles, 6, y, 8 * T.Width);
                Store(e2r - e3i, e2i + e3r, twiddles, 10, y, 12 * T.Width);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreOdd<TFrom>(double* x, double* y, double* twiddles) where TFrom : struct, IPointPlaces
    {
        var half = T.Broadcast(0.70710678118654752440);
        for (nint p = 0; p < 4; p++, x += (TFrom.Step - 2) * T.Width, y += 14 * T.Width, twiddles += 14)
            for (nint c = 0; c < 2; c++, x += T.Width, y += T.Width)
            {
                T d1r = Real<TFrom>(x, 4) - Real<TFrom>(x, 20);
                T d1i = Imaginary<TFrom>(x, 4) - Imaginary<TFrom>(x, 20);
                T d3r = Real<TFrom>(x, 12) - Real<TFrom>(x, 28);
                T d3i = Imaginary<TFrom>(x, 12) - Imaginary<TFrom>(x, 28);
                // d1 by (1 - i) / sqrt 2, d3 by (-1 - i) / sqrt 2: their sum and difference, times sqrt 2.
                T ar = d1r + d1i, ai = d1i - d1r, br = d3i - d3r, bi = d3r + d3i;
                T sr = ar + br, si = ai - bi, tr = ar - br, ti = ai + bi;
                T d0r = Real<TFrom>(x, 0) - Real<TFrom>(x, 16);
                T d0i = Imaginary<TFrom>(x, 0) - Imaginary<TFrom>(x, 16);
                T d2r = Real<TFrom>(x, 8) - Real<TFrom>(x, 24);
                T d2i = Imaginary<TFrom>(x, 8) - Imaginary<TFrom>(x, 24);
                T o0r = d0r + d2i, o0i = d0i - d2r, o2r = d0r - d2i, o2i = d0i + d2r;
                Store(T.MultiplyAdd(half, sr, o0r), T.MultiplyAdd(half, si, o0i), twiddles, 0, y, 2 * T.Width);
                Store(T.MultiplyAdd(half, ti, o2r), T.NegatedMultiplyAdd(half, tr, o2i), twiddles, 4, y, 6 * T.Width);
                Store(T.NegatedMultiplyAdd(half, sr, o0r), T.NegatedMultiplyAdd(half, si, o0i), twiddles, 8, y, 10 * T.Width);
                Store(T.NegatedMultiplyAdd(half, ti, o2r), T.MultiplyAdd(half, tr, o2i), twiddles, 12, y, 14 * T.Width);
            }
    }
}
