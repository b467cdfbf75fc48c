using System.Numerics;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>Ratios without a common divisor, which are approximated: as exact as others, with small tables.</summary>
public class ArbitraryRateTests(ITestOutputHelper output)
{
    public static TheoryData<int, int> Ratios => new()
    {
        { 383_981, 22_050 }, { 767_957, 22_050 }, { 44_101, 22_050 }, { 22_051, 22_050 }, { 22_037, 22_050 }, { 48_017, 22_050 },
        { 22_050, 44_101 }, { 11_027, 48_000 }, { 1_009, 22_050 }, { 31_013, 22_050 }, { 97_001, 96_997 }, { 768_000, 11_025 },
    };

    /// <summary>The twin in double precision: of a sine far from the ends, a linear filter changes nothing but its height.</summary>
    [Theory]
    [MemberData(nameof(Ratios))]
    public void Sines_keep_their_phase_and_get_the_filters_gain(int fromHz, int toHz)
    {
        Assert.Null(ExactPlan(fromHz, toHz));
        var filter = Filter(fromHz, toHz);
        var lower = Math.Min(fromHz, toHz);
        var edge = (int)(1.5 * filter.Reach / lower * toHz) + 200; // outputs that the ends reach
        var samples = new float[(int)(4.0 * edge / toHz * fromHz) + 4 * fromHz / lower * 1000];
        (double Cycles, double Height, double Phase)[] sines = // cycles in a sample of the lower rate; half of it is its end
            [(0.0003, 0.2, 0.1), (0.0371, 0.2, 1), (0.2113, 0.2, 2), (0.41, 0.2, 3), (0.4568, 0.15, 4), (0.502, 0.05, 5)];
        for (var n = 0; n < samples.Length; n++)
            samples[n] = (float)sines.Sum(s => s.Height * Math.Sin(2 * Math.PI * s.Cycles * n * lower / fromHz + s.Phase));
        var result = Resampler.Resample(samples, fromHz, toHz);

        var gains = sines
            .Select(s => s.Cycles > 0.5 ? 0 : filter.Sharp.Gain(s.Cycles) * (filter.Interpolator?.Gain(s.Cycles) ?? 1)).ToArray();
        Assert.True(result.Length > 2 * edge + 1000);
        var worst = 0.0;
        for (var m = edge; m < result.Length - edge; m++)
        {
            var expected = 0.0;
            for (var i = 0; i < sines.Length; i++)
                expected += gains[i] * sines[i].Height * Math.Sin(2 * Math.PI * sines[i].Cycles * m * lower / toHz + sines[i].Phase);
            worst = Math.Max(worst, Math.Abs(result[m] - expected));
        }

        output.WriteLine($"{fromHz} -> {toHz}: {worst:e2}");
        Assert.InRange(worst, 0, 2e-6);
    }

    /// <summary>The same filters one after the other, in double precision, with the start of the signal.</summary>
    [Theory]
    [InlineData(22_051, 22_050), InlineData(44_101, 22_050), InlineData(22_050, 44_101), InlineData(31_013, 22_050)]
    public void Noise_is_what_the_twin_makes_of_it(int fromHz, int toHz)
    {
        Assert.Null(ExactPlan(fromHz, toHz));
        var random = new Random(5);
        var samples = Enumerable.Range(0, 3000).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        var expected = SlowTwin.Resample(samples, fromHz, toHz);
        var actual = Resampler.Resample(samples, fromHz, toHz);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }

    [Theory]
    [InlineData(44_100), InlineData(48_000), InlineData(32_000), InlineData(16_000), InlineData(8_000), InlineData(11_025)]
    [InlineData(12_000), InlineData(24_000), InlineData(96_000), InlineData(192_000), InlineData(384_000), InlineData(768_000)]
    public void Usual_rates_are_exact(int fromHz) => Assert.NotNull(ExactPlan(fromHz, 22_050));

    /// <summary>What a file can ask for, over every kind of ratio: tables in the limit that a file may cost beyond its samples.</summary>
    [Fact]
    public void No_ratio_takes_more_than_64_MiB()
    {
        int[] rates = [1000, 1009, 2003, 5003, 22_050, 44_101, 96_001, 383_981, 524_287, 767_957, 768_000];
        var largest = 0L;
        foreach (var from in rates)
            foreach (var to in rates)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                _ = new RateConverter(from, to);
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before; // what is kept and what is thrown away
                if (bytes > largest)
                    output.WriteLine($"{from} -> {to}: {bytes >> 20} MiB");
                largest = Math.Max(largest, bytes);
            }

        Assert.InRange(largest, 1, 64 << 20);
    }

    [Fact]
    public void Large_tables_are_not_kept_for_the_thread()
    {
        Assert.Same(Resampler.Converter(44_100, 22_050), Resampler.Converter(44_100, 22_050));
        var large = Resampler.Converter(767_957, 22_050);
        Assert.False(large.IsSmall);
        Assert.NotSame(large, Resampler.Converter(767_957, 22_050));
    }

    [Fact]
    public void Songs_of_three_rates_in_turn_share_three_tables()
    {
        int[] rates = [44_100, 48_000, 32_000];
        var first = rates.Select(rate => Resampler.Converter(rate, 22_050)).ToArray();
        foreach (var turn in new[] { 0, 1, 2, 1, 0, 2, 2, 0 })
            Assert.Same(first[turn], Resampler.Converter(rates[turn], 22_050));
        Resampler.Converter(16_000, 22_050); // in the place of the one that was wanted longest ago
        Assert.Same(first[0], Resampler.Converter(rates[0], 22_050));
        Assert.Same(first[2], Resampler.Converter(rates[2], 22_050));
        Assert.NotSame(first[1], Resampler.Converter(rates[1], 22_050));
    }

    [Theory]
    [InlineData(44_100, 22_050)]
    [InlineData(383_981, 22_050)]
    public void Cancelling_ends_the_work(int fromHz, int toHz)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Resampler.Resample(new float[100_000], fromHz, toHz, source.Token));
    }

    private static ResamplingFilter Filter(int fromHz, int toHz)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(fromHz, toHz);
        return new ResamplingFilter(fromHz / divisor, toHz / divisor);
    }

    private static BlockPlan? ExactPlan(int fromHz, int toHz)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(fromHz, toHz);
        var reachIn = Math.Ceiling(Filter(fromHz, toHz).Reach * Math.Max(1, (double)fromHz / toHz)) + 1;
        return BlockPlan.Exact(fromHz / divisor, toHz / divisor, reachIn);
    }
}
