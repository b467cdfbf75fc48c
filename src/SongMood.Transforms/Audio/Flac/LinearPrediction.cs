using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Audio.Flac;

/// <summary>
/// From a residual back to samples, in place (RFC 9639, 9.2.5 and 9.2.6). Whole numbers wrap round: of a sound stream every sample fits.
/// </summary>
internal static class LinearPrediction
{
    public const int MostOrder = 32;

    // Coefficients that Restore32 has a place for; with four or fewer, its vectors have nothing to do.
    private const int NearTaps = 4, MostTapsIn32 = 12;

    /// <summary>The fixed predictors as coefficients, that of the latest sample first.</summary>
    public static ReadOnlySpan<int> FixedCoefficients(int order) => order switch
    {
        0 => [],
        1 => [1],
        2 => [2, -1],
        3 => [3, -3, 1],
        _ => [4, -6, 4, -1],
    };

    /// <summary>The predictors of fixed coefficients: differences of the order's degree are summed up.</summary>
    /// <param name="order">0 to 4.</param>
    /// <param name="block">The first samples, as many as the order, and the residual.</param>
    public static void RestoreFixed(int order, Span<int> block)
    {
        switch (order)
        {
            case 1:
                for (int i = 1, value = block[0]; i < block.Length; i++)
                    block[i] = value += block[i];
                break;
            case 2:
                for (int i = 2, value = block[1], slope = value - block[0]; i < block.Length; i++)
                    block[i] = value += slope += block[i];
                break;
            case 3:
                {
                    int value = block[2], slope = value - block[1], bend = slope - (block[1] - block[0]);
                    for (var i = 3; i < block.Length; i++)
                        block[i] = value += slope += bend += block[i];
                    break;
                }
            case 4:
                {
                    int value = block[3], slope = value - block[2], bend = slope - (block[2] - block[1]);
                    var twist = bend - (block[2] - block[1] - (block[1] - block[0]));
                    for (var i = 4; i < block.Length; i++)
                        block[i] = value += slope += bend += twist += block[i];
                    break;
                }
        }
    }

    /// <summary>Coefficients of the stream's own.</summary>
    /// <param name="coefficients">That of the latest sample first.</param>
    /// <param name="shift">Bits behind the point of the sum.</param>
    /// <param name="block">The first samples, as many as there are coefficients, and the residual.</param>
    /// <param name="productBits">Bits of a sample and of a coefficient together.</param>
    public static void Restore(ReadOnlySpan<int> coefficients, int shift, Span<int> block, int productBits)
    {
        // So many products, each below 2^(productBits - 2) or that, come to less than 2^31.
        var fits32 = productBits + BitOperations.Log2((uint)coefficients.Length) <= 32;
        if (fits32 && Ssse3.IsSupported && coefficients.Length is > NearTaps and <= MostTapsIn32)
            Restore32(coefficients, shift, block);
        else
            Restore64(coefficients, shift, block, coefficients.Length);
    }

    /// <summary>
    /// Four samples at a time. A sample waits for the one before it, so all that can be is done ahead: what samples further back than the
    /// four before add is the vectors' work, with sums of 32 bits; what those four and these among themselves add goes one by one; and the
    /// residual is added before the shift, which takes 64 bits.
    /// </summary>
    private static void Restore32(ReadOnlySpan<int> coefficients, int shift, Span<int> block)
    {
        Span<int> taps = stackalloc int[MostTapsIn32], past = stackalloc int[MostTapsIn32];
        taps.Clear();
        past.Clear();
        coefficients.CopyTo(taps);
        block[..coefficients.Length].CopyTo(past[(MostTapsIn32 - coefficients.Length)..]);
        long near0 = taps[0], near1 = taps[1], near2 = taps[2], near3 = taps[3], near4 = taps[4], near5 = taps[5], near6 = taps[6];
        Vector128<int> tap4 = Vector128.Create(taps[4]), tap5 = Vector128.Create(taps[5]), tap6 = Vector128.Create(taps[6]),
            tap7 = Vector128.Create(taps[7]), tap8 = Vector128.Create(taps[8]), tap9 = Vector128.Create(taps[9]),
            tap10 = Vector128.Create(taps[10]), tap11 = Vector128.Create(taps[11]);
        Vector128<int> third = Vector128.Create<int>(past), second = Vector128.Create<int>(past[4..]), none = default;
        long past0 = past[8], past1 = past[9], past2 = past[10], past3 = past[11];
        var isLong = coefficients.Length > 8;
        var i = coefficients.Length;
        for (; i + 4 <= block.Length; i += 4)
        {
            var far = tap4 * Window(none, second, 12) + tap5 * Window(none, second, 8) + tap6 * Window(none, second, 4) + tap7 * second;
            if (isLong)
                far += tap8 * Window(second, third, 12) + tap9 * Window(second, third, 8) + tap10 * Window(second, third, 4)
                    + tap11 * third;
            (third, second) = (second, Vector128.Create((int)past0, (int)past1, (int)past2, (int)past3));
            var four = block.Slice(i, 4);
            var (farLow, farHigh) = Vector128.Widen(far);
            var (low, high) = Vector128.Widen(Vector128.Create<int>(four));
            low = (low << shift) + farLow;
            high = (high << shift) + farHigh;
            var new0 = low[0] + near3 * past0 + near2 * past1 + near1 * past2 + near0 * past3 >> shift;
            var new1 = low[1] + near4 * past0 + near3 * past1 + near2 * past2 + near1 * past3 + near0 * new0 >> shift;
            var new2 = high[0] + near5 * past0 + near4 * past1 + near3 * past2 + near2 * past3 + near1 * new0 + near0 * new1 >> shift;
            var new3 = high[1] + near6 * past0 + near5 * past1 + near4 * past2 + near3 * past3 + near2 * new0 + near1 * new1
                + near0 * new2 >> shift;
            (past0, past1, past2, past3) = (new0, new1, new2, new3);
            (four[0], four[1], four[2], four[3]) = ((int)new0, (int)new1, (int)new2, (int)new3);
        }

        Restore64(coefficients, shift, block, i);
    }

    // Four samples in a row: the earlier four without so many bytes, and the first of the later four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Window(Vector128<int> later, Vector128<int> earlier, [ConstantExpected] byte bytes) =>
        Ssse3.AlignRight(later.AsByte(), earlier.AsByte(), bytes).AsInt32();

    /// <summary>Any order and depth, one sample after the other, with sums of 64 bits.</summary>
    /// <param name="coefficients">That of the latest sample first.</param>
    /// <param name="shift">Bits behind the point of the sum.</param>
    /// <param name="block">Samples, and the residual.</param>
    /// <param name="start">Where the residual begins.</param>
    public static void Restore64(ReadOnlySpan<int> coefficients, int shift, Span<int> block, int start)
    {
        for (var i = start; i < block.Length; i++)
        {
            long sum = 0;
            for (var k = 0; k < coefficients.Length; k++)
                sum += (long)coefficients[k] * block[i - 1 - k];
            block[i] += (int)(sum >> shift);
        }
    }

    /// <summary>The same for the side channel of 32-bit stereo, whose samples take 33 bits.</summary>
    public static void RestoreWide(ReadOnlySpan<int> coefficients, int shift, ReadOnlySpan<int> residual, Span<long> block)
    {
        for (var i = coefficients.Length; i < block.Length; i++)
        {
            long sum = 0;
            for (var k = 0; k < coefficients.Length; k++)
                sum += coefficients[k] * block[i - 1 - k];
            block[i] = (sum >> shift) + residual[i];
        }
    }
}
