using System.Numerics;
using System.Runtime.CompilerServices;

namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// SILK's arithmetic with whole numbers, which RFC 6716 defines to the bit. "Qn" in a comment: the number stands for itself over 2^n.
/// </summary>
internal static class FixedPoint
{
    /// <summary>The product over 2^16, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scale(int value, int factorQ16) => (int)((long)value * factorQ16 >> 16);

    /// <summary>The product with a number's lower 16 bits, over 2^16, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ScaleShort(int value, int factorQ16) => (int)((long)value * (short)factorQ16 >> 16);

    /// <summary>The product over 2^32, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int High(int a, int b) => (int)((long)a * b >> 32);

    /// <summary>A number over 2^<paramref name="bits"/>, rounded to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Round(int value, int bits) => ((value >> (bits - 1)) + 1) >> 1;

    /// <inheritdoc cref="Round(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Round(long value, int bits) => ((value >> (bits - 1)) + 1) >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Saturate16(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Saturate(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftSaturated(int value, int bits) => Saturate((long)value << bits);

    /// <summary>The next number of the generator that signs and concealment use (RFC 6716, 4.2.7.8.6).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextRandom(int seed) => unchecked(seed * 196314165 + 907633515);

    /// <summary>1 over a number, times 2^<paramref name="q"/>: a reciprocal of 14 bits, made better once.</summary>
    public static int Inverse(int value, int q)
    {
        var headroom = BitOperations.LeadingZeroCount((uint)Math.Abs(value)) - 1;
        var normal = value << headroom;
        var rough = (int.MaxValue >> 2) / (normal >> 16); // Q(29 + 16 - headroom)
        var error = ((1 << 29) - ScaleShort(normal, rough)) << 3;
        var better = (rough << 16) + Scale(error, rough); // Q(61 - headroom)
        return Shift(better, 61 - headroom - q);
    }

    /// <summary>A quotient times 2^<paramref name="q"/>, as <see cref="Inverse"/> finds it.</summary>
    public static int Quotient(int dividend, int divisor, int q)
    {
        var headroom = BitOperations.LeadingZeroCount((uint)Math.Abs(dividend)) - 1;
        var divisorHeadroom = BitOperations.LeadingZeroCount((uint)Math.Abs(divisor)) - 1;
        int normal = dividend << headroom, divisorNormal = divisor << divisorHeadroom;
        var rough = (int.MaxValue >> 2) / (divisorNormal >> 16);
        var result = ScaleShort(normal, rough);
        var rest = unchecked(normal - (High(divisorNormal, result) << 3));
        result += ScaleShort(rest, rough);
        return Shift(result, 29 + headroom - divisorHeadroom - q);
    }

    /// <summary>A square root, to about 1 in 100.</summary>
    public static int SquareRoot(int value)
    {
        if (value <= 0)
            return 0;
        var zeros = BitOperations.LeadingZeroCount((uint)value);
        var fraction = (int)(BitOperations.RotateRight((uint)value, 24 - zeros) & 127);
        var root = ((zeros & 1) != 0 ? 32768 : 46214) >> (zeros >> 1);
        return root + ScaleShort(root, 213 * fraction);
    }

    /// <summary>2 to the power of a number in Q7 (RFC 6716, 4.2.7.4: silk_log2lin).</summary>
    public static int Power(int logQ7)
    {
        int whole = 1 << (logQ7 >> 7), fraction = logQ7 & 127;
        var curve = fraction + ScaleShort(fraction * (128 - fraction), -174);
        return logQ7 < 2048 ? whole + (whole * curve >> 7) : whole + (whole >> 7) * curve;
    }

    /// <summary>A sum of squares, with as many bits shifted out as it takes to leave two free.</summary>
    public static (int Energy, int Shift) Energy(ReadOnlySpan<short> samples)
    {
        var shift = 31 - BitOperations.LeadingZeroCount((uint)samples.Length);
        shift = Math.Max(0, shift + 3 - BitOperations.LeadingZeroCount((uint)Sum(samples, shift, samples.Length)));
        return (Sum(samples, shift, 0), shift);

        static int Sum(ReadOnlySpan<short> samples, int shift, int start)
        {
            var sum = (uint)start;
            for (var i = 0; i < samples.Length; i += 2)
            {
                var pair = (uint)(samples[i] * samples[i]);
                if (i + 1 < samples.Length)
                    pair += (uint)(samples[i + 1] * samples[i + 1]);
                sum += pair >> shift;
            }

            return (int)sum;
        }
    }

    private static int Shift(int value, int right) =>
        right <= 0 ? ShiftSaturated(value, -right) : right < 32 ? value >> right : 0;
}
