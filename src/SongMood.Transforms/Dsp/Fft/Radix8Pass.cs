using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>A pass of radix 8. The stride is at least a vector's width; a last vector that would overrun is moved back.</summary>
internal static unsafe class Radix8Pass<T> where T : unmanaged, ILane<T>
{
    public static void Run(double* xr, double* xi, double* yr, double* yi, int m, int s, double* twiddles)
    {
        var read = (nint)m * s;
        Unsafe.SkipInit(out Radix8Butterfly<T> b);
        for (nint p = 0; p < m; p++, twiddles += 14)
            for (nint q = 0; q < s; q += T.Width)
            {
                if (q + T.Width > s)
                    q = s - T.Width;
                var from = s * p + q;
                var to = 8 * s * p + q;
                b.Transform(xr + from, xi + from, read);
                b.R0.Store(yr + to);
                b.I0.Store(yi + to);
                if (p == 0) // every twiddle is one
                {
                    Store(b.R1, b.I1, yr + to + s, yi + to + s);
                    Store(b.R2, b.I2, yr + to + 2 * s, yi + to + 2 * s);
                    Store(b.R3, b.I3, yr + to + 3 * s, yi + to + 3 * s);
                    Store(b.R4, b.I4, yr + to + 4 * s, yi + to + 4 * s);
                    Store(b.R5, b.I5, yr + to + 5 * s, yi + to + 5 * s);
                    Store(b.R6, b.I6, yr + to + 6 * s, yi + to + 6 * s);
                    Store(b.R7, b.I7, yr + to + 7 * s, yi + to + 7 * s);
                    continue;
                }

                StoreTurned(b.R1, b.I1, twiddles, yr + to + s, yi + to + s);
                StoreTurned(b.R2, b.I2, twiddles + 2, yr + to + 2 * s, yi + to + 2 * s);
                StoreTurned(b.R3, b.I3, twiddles + 4, yr + to + 3 * s, yi + to + 3 * s);
                StoreTurned(b.R4, b.I4, twiddles + 6, yr + to + 4 * s, yi + to + 4 * s);
                StoreTurned(b.R5, b.I5, twiddles + 8, yr + to + 5 * s, yi + to + 5 * s);
                StoreTurned(b.R6, b.I6, twiddles + 10, yr + to + 6 * s, yi + to + 6 * s);
                StoreTurned(b.R7, b.I7, twiddles + 12, yr + to + 7 * s, yi + to + 7 * s);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T real, T imaginary, double* yr, double* yi)
    {
        real.Store(yr);
        imaginary.Store(yi);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreTurned(T real, T imaginary, double* twiddle, double* yr, double* yi)
    {
        var (wr, wi) = (T.Broadcast(twiddle[0]), T.Broadcast(twiddle[1]));
        T.NegatedMultiplyAdd(imaginary, wi, real * wr).Store(yr);
        T.MultiplyAdd(real, wi, imaginary * wr).Store(yi);
    }
}
