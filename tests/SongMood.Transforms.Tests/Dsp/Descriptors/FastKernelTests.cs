using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>The descriptors' fast kernels beside slow, obviously right ones.</summary>
public unsafe class FastKernelTests
{
    private const int BinCount = FrameAnalysis.BinCount, FrameCount = 16;
    private static readonly Random Random = new(7);

    /// <summary>Music has all sizes of power, ties, and bins that hold nothing.</summary>
    private static float Power() => Random.Next(10) == 0 ? 0 : MathF.Pow(10, Random.Next(-14, 8)) * (1 + Random.Next(5));

    private static float[] Powers(int count) => [.. Enumerable.Range(0, count).Select(_ => Power())];

    [Fact]
    public void Kth_largest_is_the_sorted_ones()
    {
        for (var count = 1; count < 130; count++)
        {
            var values = Powers(count);
            var sorted = values.OrderDescending().ToArray();
            for (var k = 1; k <= count; k++)
                Assert.Equal(sorted[k - 1], OrderStatistic.KthLargest(values, k));
        }
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("heavy tail")]
    [InlineData("few values")]
    [InlineData("all the same")]
    [InlineData("enormous")]
    public void Percentiles_are_the_sorted_ones(string kind)
    {
        var percentiles = new Percentiles();
        foreach (var count in (int[])[1, 2, 3, 7, 43, 1292, 100, 5000])
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => kind switch
            {
                "uniform" => Random.NextSingle() * 200 - 100,
                "heavy tail" => Power(),
                "few values" => Random.Next(4),
                "all the same" => -3.5f,
                _ => (Random.Next(2) * 2 - 1) * float.MaxValue,
            })];
            var sorted = values.Order().ToArray();
            percentiles.Deal(values);
            foreach (var share in (double[])[0.5, 0, 0.1, 0.25, 0.75, 0.9, 1])
            {
                var (below, part) = ((int)(share * (count - 1)), share * (count - 1) % 1);
                var expected = sorted[below] + part * ((double)sorted[Math.Min(below + 1, count - 1)] - sorted[below]);
                Assert.Equal(expected, percentiles.At(share), Math.Abs(expected) * 1e-6);
            }
        }
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_double_precision()
    {
        for (var count = 1; count < 100; count++)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => 1000 + Random.NextSingle())];
            var mean = values.Average(x => (double)x);
            var (ours, deviation) = Summary.MeanAndDeviation(values);
            Assert.Equal((float)mean, ours);
            Assert.Equal(Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), deviation, 1e-7);
        }
    }

    [Theory]
    [InlineData(128, 60)]
    [InlineData(128, 16)]
    [InlineData(5, 13)]
    [InlineData(1, 9)]
    public void Median_onsets_are_the_sorted_ones(int bandCount, int frameCount)
    {
        // Levels go up and down by turns, so that the median is 0 in some frames and not in others; some bands rest.
        float[] levels = [.. Enumerable.Range(0, bandCount * frameCount).Select(i => i / frameCount % 7 == 3 ? 40
            : Random.NextSingle() * 30 + (i % frameCount % 2 == 0 ? 20 : 0))];
        const int shift = 3; // 1 + 2048 / (2 * 512)
        var (expected, actual) = (new float[frameCount], new float[frameCount]);
        for (var t = 0; t + shift < frameCount; t++)
        {
            float[] rises = [.. Enumerable.Range(0, bandCount)
                .Select(band => Math.Max(0, levels[band * frameCount + t + 1] - levels[band * frameCount + t])).Order()];
            expected[t + shift] = (rises[(bandCount - 1) / 2] + rises[bandCount / 2]) / 2;
        }
        OnsetStrength.Median(levels, bandCount, actual);
        Assert.Equal(expected, actual);
        Assert.Contains(actual, x => x > 0);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(11)]
    [InlineData(1)]
    public void Contrast_is_that_of_sorted_bands(int wanted)
    {
        var power = Powers(BinCount * FrameCount);
        var (peaks, valleys) = (new float[7 * wanted], new float[7 * wanted]);
        fixed (float* bins = power)
            new SpectralContrast(BinCount, FrameAnalysis.BinHz).Apply(bins, peaks, valleys, wanted, wanted);
        for (var frame = 0; frame < wanted; frame++)
            for (var band = 0; band < 7; band++)
            {
                // librosa: 0 to 200 Hz and octaves; edges are in both bands; 2 % of the bins, counted before the highest is left out.
                var hz = Enumerable.Range(0, BinCount).Select(k => k * FrameAnalysis.BinHz).ToArray();
                var (low, high) = band == 0 ? (0.0, 200.0) : (200.0 * (1 << band - 1), 200.0 * (1 << band));
                var from = Array.FindIndex(hz, f => f >= low) - (band == 0 ? 0 : 1);
                var to = band == 6 ? BinCount : Array.FindLastIndex(hz, f => f <= high) + 1;
                var count = Math.Max(1, (int)Math.Round(0.02 * (to - from), MidpointRounding.ToEven));
                double[] sorted = [.. Enumerable.Range(from, to - from - (band == 6 ? 0 : 1))
                    .Select(k => Math.Sqrt(power[k * FrameCount + frame])).Order()];
                var (valley, peak) = (sorted[..count].Average(), sorted[^count..].Average());
                Assert.Equal(peak, peaks[band * wanted + frame], peak * 1e-6);
                Assert.Equal(valley, valleys[band * wanted + frame], valley * 1e-6);
            }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(9)]
    [InlineData(3)]
    public void Shape_is_that_of_double_precision(int wanted)
    {
        var power = Powers(BinCount * FrameCount);
        for (var k = 0; k < BinCount; k++)
            power[k * FrameCount + 2] = 0; // a silent frame
        float[] centroid = new float[wanted], bandwidth = new float[wanted], rollOff = new float[wanted], flatness = new float[wanted];
        fixed (float* bins = power)
            new SpectralShape(BinCount, FrameAnalysis.BinHz).Apply(bins, centroid, bandwidth, rollOff, flatness);
        Assert.Equal((0, 0, 0, 1), (centroid[2], bandwidth[2], rollOff[2], flatness[2]));
        for (var frame = 0; frame < wanted; frame++)
        {
            if (frame == 2)
                continue;
            double[] powers = [.. Enumerable.Range(0, BinCount).Select(k => (double)power[k * FrameCount + frame])];
            double[] magnitudes = [.. powers.Select(Math.Sqrt)];
            var sum = magnitudes.Sum();
            var centre = magnitudes.Select((m, k) => m * k).Sum() / sum;
            var spread = Math.Sqrt(magnitudes.Select((m, k) => m * (k - centre) * (k - centre)).Sum() / sum);
            var (reached, bin) = (magnitudes[0], 0);
            while (reached < 0.85 * sum)
                reached += magnitudes[++bin];
            double[] floored = [.. powers.Select(p => Math.Max(p, 1e-10))];
            var flat = Math.Exp(floored.Average(Math.Log)) / floored.Average();
            Assert.Equal(centre * FrameAnalysis.BinHz, centroid[frame], centre * FrameAnalysis.BinHz * 2e-6);
            Assert.Equal(spread * FrameAnalysis.BinHz, bandwidth[frame], spread * FrameAnalysis.BinHz * 2e-6);
            Assert.Equal(bin * FrameAnalysis.BinHz, rollOff[frame], FrameAnalysis.BinHz * 1e-6);
            Assert.Equal(flat, flatness[frame], flat * 2e-6);
        }
    }

    /// <summary>BS.1770-4, annex 1, tables 1 and 2, as they stand there.</summary>
    [Fact]
    public void Loudness_filters_four_at_a_time_are_the_standards()
    {
        float[] samples = [.. Enumerable.Range(0, 10007).Select(_ => Random.NextSingle() * 2 - 1)];
        int[] ends = [1, 2, 2205, 2212, 10007]; // steps of any length
        var weighted = Filter([.. samples.Select(x => (double)x)],
            1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
        weighted = Filter(weighted, 1, -2, 1, -1.99004745483398, 0.99007225036621);
        var actual = new double[ends.Length];
        new KWeighting(48000).AddEnergies(samples, ends, 1.5, actual);
        for (var step = 0; step < ends.Length; step++)
        {
            var expected = weighted[(step == 0 ? 0 : ends[step - 1])..ends[step]].Sum(z => 1.5 * z * z);
            Assert.Equal(expected, actual[step], expected * 1e-6);
        }

        static double[] Filter(double[] x, double b0, double b1, double b2, double a1, double a2)
        {
            var y = new double[x.Length];
            for (var n = 0; n < x.Length; n++)
                y[n] = b0 * x[n] + b1 * Before(x, n, 1) + b2 * Before(x, n, 2) - a1 * Before(y, n, 1) - a2 * Before(y, n, 2);
            return y;
        }

        static double Before(double[] values, int n, int distance) => n < distance ? 0 : values[n - distance];
    }

    [Fact]
    public void Loudness_filters_four_at_a_time_are_those_one_at_a_time()
    {
        float[] samples = [.. Enumerable.Range(0, 5003).Select(_ => Random.NextSingle() * 2 - 1)];
        var filter = new KWeighting(22050);
        var (whole, single) = (new double[1], new double[samples.Length]);
        filter.AddEnergies(samples, [samples.Length], 1, whole);
        filter.AddEnergies(samples, [.. Enumerable.Range(1, samples.Length)], 1, single);
        Assert.Equal(single.Sum(), whole[0], whole[0] * 1e-9);
    }
}
