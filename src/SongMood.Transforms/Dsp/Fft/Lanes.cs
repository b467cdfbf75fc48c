using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Dsp;

/// <summary>One double: for lengths too short or too odd for vectors.</summary>
internal readonly unsafe struct Lane1(double value) : ILane<Lane1>
{
    private readonly double _v = value;

    public static int Width => 1;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Load(double* source) => new(*source);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Broadcast(double value) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => *target = _v;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator +(Lane1 a, Lane1 b) => new(a._v + b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(Lane1 a, Lane1 b) => new(a._v - b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator *(Lane1 a, Lane1 b) => new(a._v * b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 MultiplyAdd(Lane1 a, Lane1 b, Lane1 c) => new(a._v * b._v + c._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 NegatedMultiplyAdd(Lane1 a, Lane1 b, Lane1 c) => new(c._v - a._v * b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Sqrt(Lane1 a) => new(Math.Sqrt(a._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Reverse(Lane1 a) => a;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane1 Even, Lane1 Odd) LoadPairs(float* source) => (new(source[0]), new(source[1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(float* target, Lane1 even, Lane1 odd)
    {
        target[0] = (float)even._v;
        target[1] = (float)odd._v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreSingle(float* target) => *target = (float)_v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed8(double* target, Lane1 a0, Lane1 a1, Lane1 a2, Lane1 a3, Lane1 a4, Lane1 a5, Lane1 a6, Lane1 a7)
    {
        target[0] = a0._v;
        target[1] = a1._v;
        target[2] = a2._v;
        target[3] = a3._v;
        target[4] = a4._v;
        target[5] = a5._v;
        target[6] = a6._v;
        target[7] = a7._v;
    }
}

/// <summary>Two doubles (SSE2, NEON).</summary>
internal readonly unsafe struct Lane2(Vector128<double> value) : ILane<Lane2>
{
    private readonly Vector128<double> _v = value;

    public static int Width => 2;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Load(double* source) => new(Vector128.Load(source));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Broadcast(double value) => new(Vector128.Create(value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => _v.Store(target);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator +(Lane2 a, Lane2 b) => new(a._v + b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator -(Lane2 a, Lane2 b) => new(a._v - b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator *(Lane2 a, Lane2 b) => new(a._v * b._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 MultiplyAdd(Lane2 a, Lane2 b, Lane2 c) => new(Vector128.MultiplyAddEstimate(a._v, b._v, c._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 NegatedMultiplyAdd(Lane2 a, Lane2 b, Lane2 c) => new(Vector128.MultiplyAddEstimate(-a._v, b._v, c._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Sqrt(Lane2 a) => new(Vector128.Sqrt(a._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Reverse(Lane2 a) => new(Vector128.Shuffle(a._v, Vector128.Create(1L, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane2 Even, Lane2 Odd) LoadPairs(float* source)
    {
        var (even, odd) = Vector128.Widen(Vector128.Shuffle(Vector128.Load(source), Vector128.Create(0, 2, 1, 3)));
        return (new(even), new(odd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(float* target, Lane2 even, Lane2 odd) =>
        Vector128.Shuffle(Vector128.Narrow(even._v, odd._v), Vector128.Create(0, 2, 1, 3)).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreSingle(float* target) => Vector128.Narrow(_v, _v).GetLower().Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed8(double* target, Lane2 a0, Lane2 a1, Lane2 a2, Lane2 a3, Lane2 a4, Lane2 a5, Lane2 a6, Lane2 a7)
    {
        StorePair(target, a0, a1);
        StorePair(target + 2, a2, a3);
        StorePair(target + 4, a4, a5);
        StorePair(target + 6, a6, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(double* target, Lane2 a, Lane2 b)
    {
        Vector128.Create(a._v.GetLower(), b._v.GetLower()).Store(target);
        Vector128.Create(a._v.GetUpper(), b._v.GetUpper()).Store(target + 8);
    }
}

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
