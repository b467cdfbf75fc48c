using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>A pass of radix 4; the stride is at least a vector's width, and a last vector that would overrun is moved back.</summary>
internal static unsafe class Radix4Pass<T> where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* xr, double* xi, double* yr, double* yi, int m, int s, double* twiddles)
    {
        var read = (nint)m * s;
        for (nint p = 0; p < m; p++, twiddles += 6)
            for (nint q = 0; q < s; q += T.Width)
            {
                if (q + T.Width > s)
                    q = s - T.Width;
                var from = s * p + q;
                var to = 4 * s * p + q;
                var (x0r, x0i) = (T.Load(xr + from), T.Load(xi + from));
                var (x1r, x1i) = (T.Load(xr + from + read), T.Load(xi + from + read));
                var (x2r, x2i) = (T.Load(xr + from + 2 * read), T.Load(xi + from + 2 * read));
                var (x3r, x3i) = (T.Load(xr + from + 3 * read), T.Load(xi + from + 3 * read));
                var (s0r, s0i, d0r, d0i) = (x0r + x2r, x0i + x2i, x0r - x2r, x0i - x2i);
                var (s1r, s1i, d1r, d1i) = (x1r + x3r, x1i + x3i, x1r - x3r, x1i - x3i);
                (s0r + s1r).Store(yr + to);
                (s0i + s1i).Store(yi + to);
                if (p == 0) // every twiddle is one
                {
                    (d0r + d1i).Store(yr + to + s);
                    (d0i - d1r).Store(yi + to + s);
                    (s0r - s1r).Store(yr + to + 2 * s);
                    (s0i - s1i).Store(yi + to + 2 * s);
                    (d0r - d1i).Store(yr + to + 3 * s);
                    (d0i + d1r).Store(yi + to + 3 * s);
                    continue;
                }

                Turned.Store(d0r + d1i, d0i - d1r, twiddles, yr + to + s, yi + to + s);
                Turned.Store(s0r - s1r, s0i - s1i, twiddles + 2, yr + to + 2 * s, yi + to + 2 * s);
                Turned.Store(d0r - d1i, d0i + d1r, twiddles + 4, yr + to + 3 * s, yi + to + 3 * s);
            }
    }
}
