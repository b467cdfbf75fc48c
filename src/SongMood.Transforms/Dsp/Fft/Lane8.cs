using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Dsp;

/// <summary>Eight doubles (AVX-512, where the runtime holds that it pays).</summary>
internal readonly unsafe struct Lane8(Vector512<double> value) : ILane<Lane8>
{
    private readonly Vector512<double> _v = value;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    public static int Width => 8;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Load(double* source) => new(Vector512.Load(source));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Broadcast(double value) => new(Vector512.Create(value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => _v.Store(target);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator +(Lane8 a, Lane8 b) => new(a._v + b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a, Lane8 b) => new(a._v - b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator *(Lane8 a, Lane8 b) => new(a._v * b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 MultiplyAdd(Lane8 a, Lane8 b, Lane8 c) => new(Avx512F.FusedMultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 NegatedMultiplyAdd(Lane8 a, Lane8 b, Lane8 c) => new(Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Sqrt(Lane8 a) => new(Vector512.Sqrt(a._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Reverse(Lane8 a) => new(Vector512.Shuffle(a._v, Vector512.Create(7L, 6, 5, 4, 3, 2, 1, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane8 Even, Lane8 Odd) LoadPairs(float* source)
    {
        var split = Vector512.Shuffle(Vector512.Load(source), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
        return (new(Avx512F.ConvertToVector512Double(split.GetLower())), new(Avx512F.ConvertToVector512Double(split.GetUpper())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(float* target, Lane8 even, Lane8 odd)
    {
        var both = Vector512.Create(Avx512F.ConvertToVector256Single(even._v), Avx512F.ConvertToVector256Single(odd._v));
        Vector512.Shuffle(both, Vector512.Create(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadFrames(float** frames, nint at,
        out Lane8 x0, out Lane8 x1, out Lane8 x2, out Lane8 x3, out Lane8 x4, out Lane8 x5, out Lane8 x6, out Lane8 x7)
    {
        Lane4.TransposeFour(frames, at, out var a04, out var a15, out var a26, out var a37);
        Lane4.TransposeFour(frames + 4, at, out var b04, out var b15, out var b26, out var b37);
        (x0, x4) = (Widen(a04.GetLower(), b04.GetLower()), Widen(a04.GetUpper(), b04.GetUpper()));
        (x1, x5) = (Widen(a15.GetLower(), b15.GetLower()), Widen(a15.GetUpper(), b15.GetUpper()));
        (x2, x6) = (Widen(a26.GetLower(), b26.GetLower()), Widen(a26.GetUpper(), b26.GetUpper()));
        (x3, x7) = (Widen(a37.GetLower(), b37.GetLower()), Widen(a37.GetUpper(), b37.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane8 Widen(Vector128<float> low, Vector128<float> high) =>
        new(Avx512F.ConvertToVector512Double(Vector256.Create(low, high)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreSingle(float* target) => Avx512F.ConvertToVector256Single(_v).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed8(double* target, Lane8 a0, Lane8 a1, Lane8 a2, Lane8 a3, Lane8 a4, Lane8 a5, Lane8 a6, Lane8 a7)
    {
        // Pairs within 128 bits, then the 128-bit quarters as a 4 x 4 matrix.
        StoreTransposed4Quarters(target, Avx512F.UnpackLow(a0._v, a1._v), Avx512F.UnpackLow(a2._v, a3._v),
            Avx512F.UnpackLow(a4._v, a5._v), Avx512F.UnpackLow(a6._v, a7._v));
        StoreTransposed4Quarters(target + 8, Avx512F.UnpackHigh(a0._v, a1._v), Avx512F.UnpackHigh(a2._v, a3._v),
            Avx512F.UnpackHigh(a4._v, a5._v), Avx512F.UnpackHigh(a6._v, a7._v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTransposed4Quarters(
        double* target, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        var ab02 = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00);
        var ab13 = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        var cd02 = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00);
        var cd13 = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(ab02, cd02, 0b10_00_10_00).Store(target);
        Avx512F.Shuffle4x128(ab13, cd13, 0b10_00_10_00).Store(target + 16);
        Avx512F.Shuffle4x128(ab02, cd02, 0b11_01_11_01).Store(target + 32);
        Avx512F.Shuffle4x128(ab13, cd13, 0b11_01_11_01).Store(target + 48);
    }
}
