using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// The first pass (stride 1): vectors run over p, so their eight outputs a lane are transposed on the way out. Needs m of at least a
/// vector's width; a last vector that would overrun is moved back and repeats some lanes.
/// </summary>
internal static unsafe class FirstPass<T> where T : unmanaged, ILane<T>
{
    public static void Radix8(double* xr, double* xi, double* yr, double* yi, int m, double* twiddles)
    {
        Unsafe.SkipInit(out Radix8Butterfly<T> b);
        for (var p = 0; p < m; p += T.Width)
        {
            if (p + T.Width > m)
                p = m - T.Width;
            b.Transform(xr + p, xi + p, m);
            var t = twiddles + p;
            Turn(ref b.R1, ref b.I1, t, m);
            Turn(ref b.R2, ref b.I2, t + 2 * m, m);
            Turn(ref b.R3, ref b.I3, t + 4 * m, m);
            Turn(ref b.R4, ref b.I4, t + 6 * m, m);
            Turn(ref b.R5, ref b.I5, t + 8 * m, m);
            Turn(ref b.R6, ref b.I6, t + 10 * m, m);
            Turn(ref b.R7, ref b.I7, t + 12 * m, m);
            T.StoreTransposed8(yr + 8 * p, b.R0, b.R1, b.R2, b.R3, b.R4, b.R5, b.R6, b.R7);
            T.StoreTransposed8(yi + 8 * p, b.I0, b.I1, b.I2, b.I3, b.I4, b.I5, b.I6, b.I7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref T real, ref T imaginary, double* twiddle, int m)
    {
        var (r, i, wr, wi) = (real, imaginary, T.Load(twiddle), T.Load(twiddle + m));
        real = T.NegatedMultiplyAdd(i, wi, r * wr);
        imaginary = T.MultiplyAdd(r, wi, i * wr);
    }
}
