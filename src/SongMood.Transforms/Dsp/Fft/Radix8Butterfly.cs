using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>Eight complex vectors: a transform of length 8, a lane at a time. A struct so that the passes share it and it stays in registers.</summary>
internal unsafe struct Radix8Butterfly<T> where T : unmanaged, ILane<T>
{
    public T R0, I0, R1, I1, R2, I2, R3, I3, R4, I4, R5, I5, R6, I6, R7, I7;

    /// <summary>The transform of x[0], x[step], ... x[7 step].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Transform(double* xr, double* xi, nint step)
    {
        var (x0r, x0i) = (T.Load(xr), T.Load(xi));
        var (x4r, x4i) = (T.Load(xr + 4 * step), T.Load(xi + 4 * step));
        var (s0r, s0i, d0r, d0i) = (x0r + x4r, x0i + x4i, x0r - x4r, x0i - x4i);
        var (x2r, x2i) = (T.Load(xr + 2 * step), T.Load(xi + 2 * step));
        var (x6r, x6i) = (T.Load(xr + 6 * step), T.Load(xi + 6 * step));
        var (s2r, s2i, d2r, d2i) = (x2r + x6r, x2i + x6i, x2r - x6r, x2i - x6i);
        var (x1r, x1i) = (T.Load(xr + step), T.Load(xi + step));
        var (x5r, x5i) = (T.Load(xr + 5 * step), T.Load(xi + 5 * step));
        var (s1r, s1i, d1r, d1i) = (x1r + x5r, x1i + x5i, x1r - x5r, x1i - x5i);
        var (x3r, x3i) = (T.Load(xr + 3 * step), T.Load(xi + 3 * step));
        var (x7r, x7i) = (T.Load(xr + 7 * step), T.Load(xi + 7 * step));
        var (s3r, s3i, d3r, d3i) = (x3r + x7r, x3i + x7i, x3r - x7r, x3i - x7i);

        // Even outputs: length 4 of the sums.
        var (e0r, e0i, e2r, e2i) = (s0r + s2r, s0i + s2i, s0r - s2r, s0i - s2i);
        var (e1r, e1i, e3r, e3i) = (s1r + s3r, s1i + s3i, s1r - s3r, s1i - s3i);
        (R0, I0, R4, I4) = (e0r + e1r, e0i + e1i, e0r - e1r, e0i - e1i);
        (R2, I2, R6, I6) = (e2r + e3i, e2i - e3r, e2r - e3i, e2i + e3r);

        // Odd outputs: length 4 of the differences turned by k eighths: d2 by -i, d1 by (1-i)/sqrt 2, d3 by (-1-i)/sqrt 2.
        var half = T.Broadcast(0.70710678118654752440);
        var (c1r, c1i) = (half * (d1r + d1i), half * (d1i - d1r));
        var (c3r, c3i) = (half * (d3i - d3r), half * (d3r + d3i)); // c3i with its sign turned
        var (o0r, o0i, o2r, o2i) = (d0r + d2i, d0i - d2r, d0r - d2i, d0i + d2r);
        var (o1r, o1i, o3r, o3i) = (c1r + c3r, c1i - c3i, c1r - c3r, c1i + c3i);
        (R1, I1, R5, I5) = (o0r + o1r, o0i + o1i, o0r - o1r, o0i - o1i);
        (R3, I3, R7, I7) = (o2r + o3i, o2i - o3r, o2r - o3i, o2i + o3r);
    }
}
