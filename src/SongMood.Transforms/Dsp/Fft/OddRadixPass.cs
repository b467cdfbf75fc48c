using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// A pass of a small odd radix r; the stride is at least a vector's width, and a last vector that would overrun is moved back. The
/// inputs are folded into sums and differences of k and r - k, which halves the products: output j is x0 + sum over k of
/// (sum_k cos - i difference_k sin), and r - j the same with the sign turned.
/// </summary>
internal static unsafe class OddRadixPass<T> where T : unmanaged, ILane<T>
{
    private const int LargestHalf = 15; // radix 31

    /// <summary>What <see cref="FillRoots"/> needs room for.</summary>
    public static int RootCount(int radix) => (radix - 1) / 2 * ((radix - 1) / 2) * 2;

    /// <summary>cos and then sin of 2 pi j k / radix, for j and k from 1 to half the radix.</summary>
    public static void FillRoots(double* roots, int radix)
    {
        var half = (radix - 1) / 2;
        for (var j = 1; j <= half; j++)
            for (var k = 1; k <= half; k++)
            {
                var (real, imaginary) = ComplexFft.RootOfUnity(j * k, radix);
                roots[(j - 1) * half + k - 1] = real;
                roots[half * half + (j - 1) * half + k - 1] = -imaginary;
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* xr, double* xi, double* yr, double* yi, int radix, int m, int s, double* twiddles,
        double* roots)
    {
        var read = (nint)m * s;
        var half = (radix - 1) / 2;
        var cos = roots;
        var sin = roots + half * half;
        var folded = stackalloc T[4 * LargestHalf];
        for (nint p = 0; p < m; p++, twiddles += 2 * (radix - 1))
            for (nint q = 0; q < s; q += T.Width)
            {
                if (q + T.Width > s)
                    q = s - T.Width;
                Butterfly(xr + s * p + q, xi + s * p + q, yr + radix * s * p + q, yi + radix * s * p + q,
                    half, read, s, twiddles, cos, sin, folded);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(double* xr, double* xi, double* yr, double* yi, int half, nint read, nint write,
        double* twiddles, double* cos, double* sin, T* folded)
    {
        var radix = 2 * half + 1;
        var (x0r, x0i) = (T.Load(xr), T.Load(xi));
        var (totalReal, totalImaginary) = (x0r, x0i);
        for (var k = 1; k <= half; k++)
        {
            var (ar, ai) = (T.Load(xr + k * read), T.Load(xi + k * read));
            var (br, bi) = (T.Load(xr + (radix - k) * read), T.Load(xi + (radix - k) * read));
            var at = folded + 4 * (k - 1);
            (at[0], at[1], at[2], at[3]) = (ar + br, ai + bi, ar - br, ai - bi);
            (totalReal, totalImaginary) = (totalReal + at[0], totalImaginary + at[1]);
        }

        totalReal.Store(yr);
        totalImaginary.Store(yi);
        for (var j = 1; j <= half; j++, cos += half, sin += half)
        {
            var (sumReal, sumImaginary) = (x0r, x0i);
            var (turnReal, turnImaginary) = (T.Broadcast(0), T.Broadcast(0));
            for (var k = 0; k < half; k++)
            {
                var (c, d) = (T.Broadcast(cos[k]), T.Broadcast(sin[k]));
                var at = folded + 4 * k;
                sumReal = T.MultiplyAdd(at[0], c, sumReal);
                sumImaginary = T.MultiplyAdd(at[1], c, sumImaginary);
                turnReal = T.MultiplyAdd(at[3], d, turnReal);
                turnImaginary = T.NegatedMultiplyAdd(at[2], d, turnImaginary);
            }

            var (to, back) = (j * write, (radix - j) * write);
            Turned.Store(sumReal + turnReal, sumImaginary + turnImaginary, twiddles + 2 * (j - 1), yr + to, yi + to);
            Turned.Store(
                sumReal - turnReal, sumImaginary - turnImaginary, twiddles + 2 * (radix - j - 1), yr + back, yi + back);
        }
    }
}
