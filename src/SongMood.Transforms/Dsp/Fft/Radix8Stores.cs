using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// The first pass (stride 1): one outer place, and vectors run over what is p elsewhere, so the eight results of a lane belong side by
/// side: they are transposed on the way out. Twiddles are vectors too: [j - 1][real, imaginary][q].
/// </summary>
internal readonly unsafe struct FirstStore<T> : IRadix8Store<T> where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* yr, double* yi, nint outer, nint inner, nint p, nint q, double* twiddles,
        T r0, T i0, T r1, T i1, T r2, T i2, T r3, T i3, T r4, T i4, T r5, T i5, T r6, T i6, T r7, T i7)
    {
        var t = twiddles + q;
        Turn(ref r1, ref i1, t, inner);
        Turn(ref r2, ref i2, t + 2 * inner, inner);
        Turn(ref r3, ref i3, t + 4 * inner, inner);
        Turn(ref r4, ref i4, t + 6 * inner, inner);
        Turn(ref r5, ref i5, t + 8 * inner, inner);
        Turn(ref r6, ref i6, t + 10 * inner, inner);
        Turn(ref r7, ref i7, t + 12 * inner, inner);
        T.StoreTransposed8(yr + 8 * q, r0, r1, r2, r3, r4, r5, r6, r7);
        T.StoreTransposed8(yi + 8 * q, i0, i1, i2, i3, i4, i5, i6, i7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref T real, ref T imaginary, double* twiddle, nint inner)
    {
        var (r, i, wr, wi) = (real, imaginary, T.Load(twiddle), T.Load(twiddle + inner));
        real = T.NegatedMultiplyAdd(i, wi, r * wr);
        imaginary = T.MultiplyAdd(r, wi, i * wr);
    }
}

/// <summary>Any later pass: result j goes to y[inner (8 p + j) + q], turned by the twiddle [p][j - 1][real, imaginary].</summary>
internal readonly unsafe struct LaterStore<T> : IRadix8Store<T> where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* yr, double* yi, nint outer, nint inner, nint p, nint q, double* twiddles,
        T r0, T i0, T r1, T i1, T r2, T i2, T r3, T i3, T r4, T i4, T r5, T i5, T r6, T i6, T r7, T i7)
    {
        var t = twiddles + 14 * p;
        yr += 8 * inner * p + q;
        yi += 8 * inner * p + q;
        r0.Store(yr);
        i0.Store(yi);
        Turned.Store(r1, i1, t, yr + inner, yi + inner);
        Turned.Store(r2, i2, t + 2, yr + 2 * inner, yi + 2 * inner);
        Turned.Store(r3, i3, t + 4, yr + 3 * inner, yi + 3 * inner);
        Turned.Store(r4, i4, t + 6, yr + 4 * inner, yi + 4 * inner);
        Turned.Store(r5, i5, t + 8, yr + 5 * inner, yi + 5 * inner);
        Turned.Store(r6, i6, t + 10, yr + 6 * inner, yi + 6 * inner);
        Turned.Store(r7, i7, t + 12, yr + 7 * inner, yi + 7 * inner);
    }
}

/// <summary>The last pass: as <see cref="LaterStore{T}"/> with p = 0 only, where every twiddle is one.</summary>
internal readonly unsafe struct LastStore<T> : IRadix8Store<T> where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* yr, double* yi, nint outer, nint inner, nint p, nint q, double* twiddles,
        T r0, T i0, T r1, T i1, T r2, T i2, T r3, T i3, T r4, T i4, T r5, T i5, T r6, T i6, T r7, T i7)
    {
        yr += q;
        yi += q;
        r0.Store(yr);
        i0.Store(yi);
        r1.Store(yr + inner);
        i1.Store(yi + inner);
        r2.Store(yr + 2 * inner);
        i2.Store(yi + 2 * inner);
        r3.Store(yr + 3 * inner);
        i3.Store(yi + 3 * inner);
        r4.Store(yr + 4 * inner);
        i4.Store(yi + 4 * inner);
        r5.Store(yr + 5 * inner);
        i5.Store(yi + 5 * inner);
        r6.Store(yr + 6 * inner);
        i6.Store(yi + 6 * inner);
        r7.Store(yr + 7 * inner);
        i7.Store(yi + 7 * inner);
    }
}

/// <summary>A product with one complex number on the way to memory.</summary>
internal static unsafe class Turned
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T real, T imaginary, double* twiddle, double* yr, double* yi) where T : unmanaged, ILane<T>
    {
        var (wr, wi) = (T.Broadcast(twiddle[0]), T.Broadcast(twiddle[1]));
        T.NegatedMultiplyAdd(imaginary, wi, real * wr).Store(yr);
        T.MultiplyAdd(real, wi, imaginary * wr).Store(yi);
    }
}
