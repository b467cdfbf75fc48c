using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// A pass of radix 8; how its results are turned by the twiddles and stored is the business of <typeparamref name="TStore"/>.
/// </summary>
internal static unsafe class Radix8Pass<T, TStore>
    where T : unmanaged, ILane<T>
    where TStore : struct, IRadix8Store<T>
{
    /// <summary>
    /// For p below <paramref name="outer"/> and q below <paramref name="inner"/> (at least a vector's width; a last vector that would
    /// overrun is moved back): the transform of x[inner p + q + k outer inner], k = 0 ... 7.
    /// </summary>
    /// <remarks>
    /// Written out in one method: the runtime does not inline one with so many locals, and calls would put them all into memory.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* xr, double* xi, double* yr, double* yi, nint outer, nint inner, double* twiddles)
    {
        var step = outer * inner;
        var half = T.Broadcast(0.70710678118654752440);
        for (nint p = 0; p < outer; p++)
            for (nint q = 0; q < inner; q += T.Width)
            {
                if (q + T.Width > inner)
                    q = inner - T.Width;
                var r = xr + inner * p + q;
                var i = xi + inner * p + q;
                T x0r = T.Load(r), x0i = T.Load(i), x4r = T.Load(r + 4 * step), x4i = T.Load(i + 4 * step);
                T s0r = x0r + x4r, s0i = x0i + x4i, d0r = x0r - x4r, d0i = x0i - x4i;
                T x2r = T.Load(r + 2 * step), x2i = T.Load(i + 2 * step), x6r = T.Load(r + 6 * step), x6i = T.Load(i + 6 * step);
                T s2r = x2r + x6r, s2i = x2i + x6i, d2r = x2r - x6r, d2i = x2i - x6i;
                T x1r = T.Load(r + step), x1i = T.Load(i + step), x5r = T.Load(r + 5 * step), x5i = T.Load(i + 5 * step);
                T s1r = x1r + x5r, s1i = x1i + x5i, d1r = x1r - x5r, d1i = x1i - x5i;
                T x3r = T.Load(r + 3 * step), x3i = T.Load(i + 3 * step), x7r = T.Load(r + 7 * step), x7i = T.Load(i + 7 * step);
                T s3r = x3r + x7r, s3i = x3i + x7i, d3r = x3r - x7r, d3i = x3i - x7i;

                // Even outputs: length 4 of the sums.
                T e0r = s0r + s2r, e0i = s0i + s2i, e2r = s0r - s2r, e2i = s0i - s2i;
                T e1r = s1r + s3r, e1i = s1i + s3i, e3r = s1r - s3r, e3i = s1i - s3i;

                // Odd outputs: length 4 of the differences turned by k eighths: d2 by -i, d1 by (1-i)/sqrt 2, d3 by (-1-i)/sqrt 2.
                T c1r = half * (d1r + d1i), c1i = half * (d1i - d1r);
                T c3r = half * (d3i - d3r), c3i = half * (d3r + d3i); // c3i with its sign turned
                T o0r = d0r + d2i, o0i = d0i - d2r, o2r = d0r - d2i, o2i = d0i + d2r;
                T o1r = c1r + c3r, o1i = c1i - c3i, o3r = c1r - c3r, o3i = c1i + c3i;

                TStore.Store(yr, yi, outer, inner, p, q, twiddles,
                    e0r + e1r, e0i + e1i, o0r + o1r, o0i + o1i, e2r + e3i, e2i - e3r, o2r + o3i, o2i - o3r,
                    e0r - e1r, e0i - e1i, o0r - o1r, o0i - o1i, e2r - e3i, e2i + e3r, o2r - o3i, o2i + o3r);
            }
    }
}

/// <summary>The end of a pass of radix 8: results 0 to 7 of place (p, q), real and imaginary parts.</summary>
internal unsafe interface IRadix8Store<T> where T : unmanaged, ILane<T>
{
    static abstract void Store(double* yr, double* yi, nint outer, nint inner, nint p, nint q, double* twiddles,
        T r0, T i0, T r1, T i1, T r2, T i2, T r3, T i3, T r4, T i4, T r5, T i5, T r6, T i6, T r7, T i7);
}
