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

    // Coefficients that the vectors of Restore32 hold, behind the four that are taken one by one.
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
        var fits32 = productBits + BitOperations.Log2((uint)coefficients.Length) < 32;
        if (fits32 && Ssse3.IsSupported && coefficients.Length is > NearTaps and <= MostTapsIn32)
            Restore32(coefficients, shift, block);
        else
            Restore64(coefficients, shift, block, coefficients.Length);
    }

    /// <summary>
    /// Four samples at a time, with sums of 32 bits: what the coefficients behind the fourth add to all four depends on samples before
    /// these alone, so vectors do it; the first four go sample by sample.
    /// </summary>
    private static void Restore32(ReadOnlySpan<int> coefficients, int shift, Span<int> block)
    {
        Span<int> taps = stackalloc int[MostTapsIn32], past = stackalloc int[MostTapsIn32];
        taps.Clear();
        past.Clear();
        coefficients.CopyTo(taps);
        block[..coefficients.Length].CopyTo(past[(MostTapsIn32 - coefficients.Length)..]);
        int tap0 = taps[0], tap1 = taps[1], tap2 = taps[2], tap3 = taps[3];
        Vector128<int> tap4 = Vector128.Create(taps[4]), tap5 = Vector128.Create(taps[5]), tap6 = Vector128.Create(taps[6]),
            tap7 = Vector128.Create(taps[7]), tap8 = Vector128.Create(taps[8]), tap9 = Vector128.Create(taps[9]),
            tap10 = Vector128.Create(taps[10]), tap11 = Vector128.Create(taps[11]);
        Vector128<int> third = Vector128.Create<int>(past), second = Vector128.Create<int>(past[4..]),
            latest = Vector128.Create<int>(past[8..]);
        int before4 = past[8], before3 = past[9], before2 = past[10], before1 = past[11];
        var isLong = coefficients.Length > 8;
        var i = coefficients.Length;
        for (; i + 4 <= block.Length; i += 4)
        {
            var far = tap4 * Window(latest, second, 12) + tap5 * Window(latest, second, 8) + tap6 * Window(latest, second, 4)
                + tap7 * second;
            if (isLong)
                far += tap8 * Window(second, third, 12) + tap9 * Window(second, third, 8) + tap10 * Window(second, third, 4)
                    + tap11 * third;
            var four = block.Slice(i, 4);
            before4 = four[0]
                + ((far[0] + tap3 * before4 + tap2 * before3 + tap1 * before2 + tap0 * before1) >> shift);
            before3 = four[1]
                + ((far[1] + tap3 * before3 + tap2 * before2 + tap1 * before1 + tap0 * before4) >> shift);
            before2 = four[2]
                + ((far[2] + tap3 * before2 + tap2 * before1 + tap1 * before4 + tap0 * before3) >> shift);
            before1 = four[3]
                + ((far[3] + tap3 * before1 + tap2 * before4 + tap1 * before3 + tap0 * before2) >> shift);
            (third, second, latest) = (second, latest, Vector128.Create(before4, before3, before2, before1));
            latest.CopyTo(four);
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
