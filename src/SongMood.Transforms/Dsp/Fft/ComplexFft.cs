namespace SongMood.Dsp;

/// <summary>
/// A forward complex discrete Fourier transform of one length, in double precision, real and imaginary parts in planes of their own.
/// Write the input, call <see cref="Transform"/> (which destroys it), read the output. For the inverse swap the two planes on the way
/// in and out, and divide by the length.
/// </summary>
internal abstract unsafe class ComplexFft
{
    public required int Length { get; init; }

    public required double* InputReal { get; init; }
    public required double* InputImaginary { get; init; }
    public required double* OutputReal { get; init; }
    public required double* OutputImaginary { get; init; }

    public abstract void Transform();

    /// <summary>Mixed radix where every prime factor is small, otherwise Bluestein's.</summary>
    public static ComplexFft Create(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return MixedRadixFft.Factor(length) is { } radices ? MixedRadixFft.Create(length, radices) : BluesteinFft.Create(length);
    }

    /// <summary>
    /// exp(-2 pi i k / n), with the angle brought into one octant first so that every value is correctly rounded or nearly so.
    /// </summary>
    internal static (double Real, double Imaginary) RootOfUnity(long k, long n)
    {
        k %= n;
        var eighth = 8 * k / n;
        // k/n = eighth/8 + rest/(8n), 0 <= rest < n: fold odd octants back so that the angle stays below pi/4.
        var rest = 8 * k - eighth * n;
        var odd = (eighth & 1) != 0;
        var (sin, cos) = Math.SinCos(Math.PI / 4 * ((double)(odd ? n - rest : rest) / n));
        var (real, imaginary) = odd ? (sin, cos) : (cos, sin);
        return (eighth >> 1) switch
        {
            0 => (real, -imaginary),
            1 => (-imaginary, -real),
            2 => (-real, imaginary),
            _ => (imaginary, real),
        };
    }
}
