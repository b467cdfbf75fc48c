using System.Runtime.CompilerServices;

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
    public static void LoadFrames(float** frames, nint at,
        out Lane1 x0, out Lane1 x1, out Lane1 x2, out Lane1 x3, out Lane1 x4, out Lane1 x5, out Lane1 x6, out Lane1 x7)
    {
        var x = frames[0] + at;
        (x0, x1, x2, x3) = (new(x[0]), new(x[1]), new(x[2]), new(x[3]));
        (x4, x5, x6, x7) = (new(x[4]), new(x[5]), new(x[6]), new(x[7]));
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
