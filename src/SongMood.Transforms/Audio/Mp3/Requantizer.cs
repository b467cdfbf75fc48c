using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Audio.Mp3;

/// <summary>
/// From quantised values to spectral lines: sign(is) |is|^(4/3) 2^(gain/4) (ISO/IEC 11172-3, 2.4.3.4.7). The lines stay in the
/// bitstream's order.
/// </summary>
internal static unsafe class Requantizer
{
    /// <summary>Numbers that source and destination need after their 576: bands are read and written eight lines at a time.</summary>
    public const int LinesAfterEnd = 8;

    private const int LowestGain = -400;

    // Table B.6 of 11172-3: what preflag adds to the long scale factors.
    private static ReadOnlySpan<byte> Pretab => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0];

    // |is|^(4/3), pinned for the gather; the largest value is 15 + 2^13 - 1. Outside |is| nothing is read: a code holds no more.
    private static readonly float[] PowerTable = Tabulate(8207, i => Math.Pow(i, 4.0 / 3));
    private static readonly float* Powers = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(PowerTable, 0);

    // 2^(gain/4) from LowestGain (255 - 210 is the highest; global, subblock and scale factor gains reach -394 together).
    private static readonly float[] Gains = Tabulate(46 - LowestGain, i => Math.Pow(2, (i + LowestGain) / 4.0));

    /// <summary>Requantises the first <paramref name="count"/> lines and clears the others.</summary>
    public static void Apply(
        ReadOnlySpan<int> quantised, int count, in GranuleChannel info, ScaleFactors factors, ScaleFactorBands bands, Span<float> lines)
    {
        var edges = bands.Edges;
        var values = factors.Values;
        var shift = 1 + info.ScaleFactorScale;
        var longGain = info.GlobalGain - 210 - LowestGain;
        for (var band = 0; band < bands.Count && edges[band] < count; band++)
        {
            var gain = longGain;
            if (band >= bands.LongCount)
                gain -= 8 * info.SubblockGain(bands.WindowOf(band)) + (values[band] << shift);
            else
                gain -= (values[band] + (info.IsPreflag ? Pretab[band] : 0)) << shift;
            ScaleBand(quantised, lines, edges[band], Math.Min(edges[band + 1], count), Gains[gain]);
        }

        lines[count..].Clear();
    }

    private static void ScaleBand(ReadOnlySpan<int> quantised, Span<float> lines, int from, int to, float gain)
    {
        if (!Avx2.IsSupported)
        {
            for (var i = from; i < to; i++)
                lines[i] = MathF.CopySign(Powers[Math.Abs(quantised[i])] * gain, quantised[i]);
            return;
        }

        // Whole vectors: what goes past the band's end is overwritten by the next band, or cleared. Most values are below 16, and
        // their powers fit two registers.
        var gains = Vector256.Create(gain);
        var powersTo7 = Vector256.Load(Powers);
        var powersTo15 = Vector256.Load(Powers + 8);
        ref var source = ref MemoryMarshal.GetReference(quantised);
        ref var target = ref MemoryMarshal.GetReference(lines);
        for (var i = from; i < to; i += 8)
        {
            var values = Vector256.LoadUnsafe(ref source, (nuint)i);
            var magnitudes = Vector256.Abs(values);
            var powers = Vector256.LessThanAll(magnitudes, Vector256.Create(16))
                ? Vector256.ConditionalSelect(
                    Vector256.LessThan(magnitudes, Vector256.Create(8)).AsSingle(),
                    Avx2.PermuteVar8x32(powersTo7, magnitudes),
                    Avx2.PermuteVar8x32(powersTo15, magnitudes))
                : Avx2.GatherVector256(Powers, magnitudes, sizeof(float));
            var signs = (values & Vector256.Create(int.MinValue)).AsSingle();
            (powers * gains | signs).StoreUnsafe(ref target, (nuint)i);
        }
    }

    private static float[] Tabulate(int count, Func<int, double> function)
    {
        var table = GC.AllocateArray<float>(count, pinned: true);
        for (var i = 0; i < count; i++)
            table[i] = (float)function(i);
        return table;
    }
}
