using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>A pass of radix 2; the stride is at least a vector's width, and a last vector that would overrun is moved back.</summary>
internal static unsafe class Radix2Pass<T> where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* xr, double* xi, double* yr, double* yi, int m, int s, double* twiddles)
    {
        var read = (nint)m * s;
        for (nint p = 0; p < m; p++, twiddles += 2)
            for (nint q = 0; q < s; q += T.Width)
            {
                if (q + T.Width > s)
                    q = s - T.Width;
                var from = s * p + q;
                var to = 2 * s * p + q;
                var (x0r, x0i) = (T.Load(xr + from), T.Load(xi + from));
                var (x1r, x1i) = (T.Load(xr + from + read), T.Load(xi + from + read));
                (x0r + x1r).Store(yr + to);
                (x0i + x1i).Store(yi + to);
                Turned.Store(x0r - x1r, x0i - x1i, twiddles, yr + to + s, yi + to + s);
            }
    }
}
