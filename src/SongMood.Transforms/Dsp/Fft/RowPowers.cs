using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// The end of <see cref="FramePowers"/>: the second pass, of radix 4, over two rows whose bins mirror each other, and what the bins come
/// to, as in <see cref="RealFft"/>. The pass leaves point k of a row: bin row + 32 k.
/// </summary>
internal static unsafe class RowPowers<T> where T : unmanaged, ILane<T>
{
    private const int Side = FramePowers.Side, Points = Side * Side;

    /// <summary>
    /// A row from 1 to 15 and its mirror row: bins row + 32 k and, backwards, 1024 - row - 32 k. Points q + 8 j of the one belong to
    /// points 7 - q + 8 (3 - j) of the other, so that nothing goes through memory in between. The turns are exp(-2 pi i (row + 32 k) /
    /// 2048), [k][real, imaginary]; low and high are the first frame's places of bins row and 1024 - row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(double* x, double* turns, float* low, float* high, nint stride, bool magnitude)
    {
        var mirror = x + 15 * T.Width;
        var step = 8 * Side * stride;
        for (nint q = 0; q < 8; q++, x += 2 * T.Width, mirror -= 2 * T.Width, turns += 2, low += Side * stride, high -= Side * stride)
        {
            T ax0r = T.Load(x), ax0i = T.Load(x + 64 * T.Width);
            T ax1r = T.Load(x + 16 * T.Width), ax1i = T.Load(x + 80 * T.Width);
            T ax2r = T.Load(x + 32 * T.Width), ax2i = T.Load(x + 96 * T.Width);
            T ax3r = T.Load(x + 48 * T.Width), ax3i = T.Load(x + 112 * T.Width);
            T as0r = ax0r + ax2r, as0i = ax0i + ax2i, ad0r = ax0r - ax2r, ad0i = ax0i - ax2i;
            T as1r = ax1r + ax3r, as1i = ax1i + ax3i, ad1r = ax1r - ax3r, ad1i = ax1i - ax3i;
            T bx0r = T.Load(mirror), bx0i = T.Load(mirror + 64 * T.Width);
            T bx1r = T.Load(mirror + 16 * T.Width), bx1i = T.Load(mirror + 80 * T.Width);
            T bx2r = T.Load(mirror + 32 * T.Width), bx2i = T.Load(mirror + 96 * T.Width);
            T bx3r = T.Load(mirror + 48 * T.Width), bx3i = T.Load(mirror + 112 * T.Width);
            T bs0r = bx0r + bx2r, bs0i = bx0i + bx2i, bd0r = bx0r - bx2r, bd0i = bx0i - bx2i;
            T bs1r = bx1r + bx3r, bs1i = bx1i + bx3i, bd1r = bx1r - bx3r, bd1i = bx1i - bx3i;
            Untangle(as0r + as1r, as0i + as1i, bd0r - bd1i, bd0i + bd1r, turns, low, high, magnitude);
            Untangle(ad0r + ad1i, ad0i - ad1r, bs0r - bs1r, bs0i - bs1i, turns + 16, low + step, high - step, magnitude);
            Untangle(as0r - as1r, as0i - as1i, bd0r + bd1i, bd0i - bd1r, turns + 32, low + 2 * step, high - 2 * step, magnitude);
            Untangle(ad0r - ad1i, ad0i + ad1r, bs0r + bs1r, bs0i + bs1i, turns + 48, low + 3 * step, high - 3 * step, magnitude);
        }
    }

    /// <summary>
    /// Rows 0 and 16, each of which mirrors itself; with the first and the last bin. y is room for the two; the turns are those of rows
    /// 0 to 16.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreOuter(double* x, double* y, double* turns, float* power, nint stride, bool magnitude)
    {
        FinishOuter(x, y);
        var (two, re, im) = (T.Broadcast(2), T.Load(y), T.Load(y + 64 * T.Width));
        StorePower(two * (re + im), T.Broadcast(0), power, magnitude);
        StorePower(two * (re - im), T.Broadcast(0), power + Points * stride, magnitude);
        for (nint k = 1; k <= Side / 2; k++)
        {
            var (a, b) = (2 * k * T.Width, 2 * (Side - k) * T.Width);
            Untangle(T.Load(y + a), T.Load(y + 64 * T.Width + a), T.Load(y + b), T.Load(y + 64 * T.Width + b), turns + 2 * k,
                power + Side * k * stride, power + Side * (Side - k) * stride, magnitude);
        }

        const int Middle = Side / 2;
        var turn = turns + 2 * Side * Middle;
        for (nint k = 0; k < Middle; k++)
        {
            var (a, b) = ((2 * k + 1) * T.Width, (2 * (Side - 1 - k) + 1) * T.Width);
            Untangle(T.Load(y + a), T.Load(y + 64 * T.Width + a), T.Load(y + b), T.Load(y + 64 * T.Width + b), turn + 2 * k,
                power + (Middle + Side * k) * stride, power + (Middle + Side * (Side - 1 - k)) * stride, magnitude);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FinishOuter(double* x, double* y)
    {
        for (nint q = 0; q < 16; q++, x += T.Width, y += T.Width)
        {
            T x0r = T.Load(x), x0i = T.Load(x + 64 * T.Width);
            T x1r = T.Load(x + 16 * T.Width), x1i = T.Load(x + 80 * T.Width);
            T x2r = T.Load(x + 32 * T.Width), x2i = T.Load(x + 96 * T.Width);
            T x3r = T.Load(x + 48 * T.Width), x3i = T.Load(x + 112 * T.Width);
            T s0r = x0r + x2r, s0i = x0i + x2i, d0r = x0r - x2r, d0i = x0i - x2i;
            T s1r = x1r + x3r, s1i = x1i + x3i, d1r = x1r - x3r, d1i = x1i - x3i;
            (s0r + s1r).Store(y);
            (s0i + s1i).Store(y + 64 * T.Width);
            (d0r + d1i).Store(y + 16 * T.Width);
            (d0i - d1r).Store(y + 80 * T.Width);
            (s0r - s1r).Store(y + 32 * T.Width);
            (s0i - s1i).Store(y + 96 * T.Width);
            (d0r - d1i).Store(y + 48 * T.Width);
            (d0i + d1r).Store(y + 112 * T.Width);
        }
    }

    /// <summary>As in <see cref="RealFft"/>, of points k and 1024 - k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Untangle(T ar, T ai, T br, T bi, double* turn, float* low, float* high, bool magnitude)
    {
        var (er, ei, or, oi) = (ar + br, ai - bi, ai + bi, br - ar);
        var (cr, ci) = (T.Broadcast(turn[0]), T.Broadcast(turn[1]));
        var turnedReal = T.NegatedMultiplyAdd(oi, ci, or * cr);
        var turnedImaginary = T.MultiplyAdd(or, ci, oi * cr);
        StorePower(er + turnedReal, ei + turnedImaginary, low, magnitude);
        StorePower(er - turnedReal, turnedImaginary - ei, high, magnitude);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePower(T real, T imaginary, float* target, bool magnitude)
    {
        var power = T.MultiplyAdd(real, real, imaginary * imaginary);
        (magnitude ? T.Sqrt(power) : power).StoreSingle(target);
    }
}
