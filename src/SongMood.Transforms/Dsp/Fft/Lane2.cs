using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp;

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
    public static void LoadFrames(float** frames, nint at,
        out Lane2 x0, out Lane2 x1, out Lane2 x2, out Lane2 x3, out Lane2 x4, out Lane2 x5, out Lane2 x6, out Lane2 x7)
    {
        LoadFour(frames, at, out x0, out x1, out x2, out x3);
        LoadFour(frames, at + 4, out x4, out x5, out x6, out x7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadFour(float** frames, nint at, out Lane2 x0, out Lane2 x1, out Lane2 x2, out Lane2 x3)
    {
        var (a0, a2) = Vector128.Widen(Vector128.Load(frames[0] + at)); // (0, 1) and (2, 3)
        var (b0, b2) = Vector128.Widen(Vector128.Load(frames[1] + at));
        (x0, x1) = (new(Vector128.Create(a0.GetLower(), b0.GetLower())), new(Vector128.Create(a0.GetUpper(), b0.GetUpper())));
        (x2, x3) = (new(Vector128.Create(a2.GetLower(), b2.GetLower())), new(Vector128.Create(a2.GetUpper(), b2.GetUpper())));
    }

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
