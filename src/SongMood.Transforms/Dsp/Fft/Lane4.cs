using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Dsp;

/// <summary>Four doubles (AVX2 with FMA).</summary>
internal readonly unsafe struct Lane4(Vector256<double> value) : ILane<Lane4>
{
    private readonly Vector256<double> _v = value;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;
    public static int Width => 4;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Load(double* source) => new(Vector256.Load(source));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Broadcast(double value) => new(Vector256.Create(value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => _v.Store(target);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator +(Lane4 a, Lane4 b) => new(a._v + b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(Lane4 a, Lane4 b) => new(a._v - b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator *(Lane4 a, Lane4 b) => new(a._v * b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 MultiplyAdd(Lane4 a, Lane4 b, Lane4 c) => new(Fma.MultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 NegatedMultiplyAdd(Lane4 a, Lane4 b, Lane4 c) => new(Fma.MultiplyAddNegated(a._v, b._v, c._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Sqrt(Lane4 a) => new(Vector256.Sqrt(a._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Reverse(Lane4 a) => new(Avx2.Permute4x64(a._v, 0b00_01_10_11));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane4 Even, Lane4 Odd) LoadPairs(float* source)
    {
        var split = Vector256.Shuffle(Vector256.Load(source), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
        return (new(Avx.ConvertToVector256Double(split.GetLower())), new(Avx.ConvertToVector256Double(split.GetUpper())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(float* target, Lane4 even, Lane4 odd)
    {
        var both = Vector256.Create(Avx.ConvertToVector128Single(even._v), Avx.ConvertToVector128Single(odd._v));
        Vector256.Shuffle(both, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadFrames(float** frames, nint at,
        out Lane4 x0, out Lane4 x1, out Lane4 x2, out Lane4 x3, out Lane4 x4, out Lane4 x5, out Lane4 x6, out Lane4 x7)
    {
        TransposeFour(frames, at, out var x04, out var x15, out var x26, out var x37);
        (x0, x4) = (Widen(x04.GetLower()), Widen(x04.GetUpper()));
        (x1, x5) = (Widen(x15.GetLower()), Widen(x15.GetUpper()));
        (x2, x6) = (Widen(x26.GetLower()), Widen(x26.GetUpper()));
        (x3, x7) = (Widen(x37.GetLower()), Widen(x37.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane4 Widen(Vector128<float> four) => new(Avx.ConvertToVector256Double(four));

    /// <summary>Eight floats of four frames: each vector has one of them of all frames, and then the one four further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeFour(float** frames, nint at,
        out Vector256<float> x04, out Vector256<float> x15, out Vector256<float> x26, out Vector256<float> x37)
    {
        var (a, b) = (Vector256.Load(frames[0] + at), Vector256.Load(frames[1] + at));
        var (c, d) = (Vector256.Load(frames[2] + at), Vector256.Load(frames[3] + at));
        var (ab01, ab23) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackHigh(a, b).AsDouble());
        var (cd01, cd23) = (Avx.UnpackLow(c, d).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
        (x04, x15) = (Avx.UnpackLow(ab01, cd01).AsSingle(), Avx.UnpackHigh(ab01, cd01).AsSingle());
        (x26, x37) = (Avx.UnpackLow(ab23, cd23).AsSingle(), Avx.UnpackHigh(ab23, cd23).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreSingle(float* target) => Avx.ConvertToVector128Single(_v).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed8(double* target, Lane4 a0, Lane4 a1, Lane4 a2, Lane4 a3, Lane4 a4, Lane4 a5, Lane4 a6, Lane4 a7)
    {
        StoreTransposed4(target, a0._v, a1._v, a2._v, a3._v);
        StoreTransposed4(target + 4, a4._v, a5._v, a6._v, a7._v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTransposed4(double* target, Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        var ab02 = Avx.UnpackLow(a, b);
        var ab13 = Avx.UnpackHigh(a, b);
        var cd02 = Avx.UnpackLow(c, d);
        var cd13 = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(ab02, cd02, 0x20).Store(target);
        Avx.Permute2x128(ab13, cd13, 0x20).Store(target + 8);
        Avx.Permute2x128(ab02, cd02, 0x31).Store(target + 16);
        Avx.Permute2x128(ab13, cd13, 0x31).Store(target + 24);
    }
}
