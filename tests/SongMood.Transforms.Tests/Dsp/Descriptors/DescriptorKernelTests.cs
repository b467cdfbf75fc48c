using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>Kernels that librosa lacks, against what must be so and against slow twins.</summary>
public class DescriptorKernelTests
{
    /// <summary>White noise as a level series sums to a random walk (exponent 1/2); that summed again has 3/2.</summary>
    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 1.5)]
    public void Fluctuation_exponent_is_that_of_the_process(bool isWalk, double expected)
    {
        var random = new Random(5);
        const int blocks = 6000, length = 220; // 10 ms at 22,050 Hz
        var samples = new float[blocks * length];
        double level = isWalk ? 200 : 0;
        for (var b = 0; b < blocks; b++)
        {
            var step = random.NextDouble() + random.NextDouble() - 1;
            level = isWalk ? level + step : 5 + step;
            for (var n = 0; n < length; n++)
                samples[b * length + n] = (float)(n % 2 == 0 ? level : -level) / 500; // its standard deviation is the level
        }
        var fluctuation = new Fluctuation();
        fluctuation.Compute(samples, 22050);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{fluctuation.ShortExponent:F3} {fluctuation.MiddleExponent:F3} {fluctuation.LongExponent:F3}");
        Assert.InRange(fluctuation.ShortExponent, expected - 0.15, expected + 0.15);
        Assert.InRange(fluctuation.MiddleExponent, expected - 0.25, expected + 0.25);
    }

    [Fact]
    public void A_steady_pulse_is_more_danceable_than_a_wandering_level()
    {
        var random = new Random(3);
        var (pulse, wandering) = (new float[20 * 22050], new float[20 * 22050]);
        double level = 0.5;
        for (var n = 0; n < pulse.Length; n++)
        {
            if (n % 2205 == 0)
                level = Math.Clamp(level + 0.1 * (random.NextDouble() - 0.5), 0.05, 1);
            var noise = random.NextSingle() - 0.5f;
            pulse[n] = noise * MathF.Exp(-(n % 11025) / 2000f);
            wandering[n] = noise * (float)level;
        }
        Assert.True(Danceability(pulse) > 1.5 * Danceability(wandering), $"{Danceability(pulse)} against {Danceability(wandering)}");

        static double Danceability(float[] samples)
        {
            var fluctuation = new Fluctuation();
            fluctuation.Compute(samples, 22050);
            return fluctuation.Danceability;
        }
    }

    [Fact]
    public void Roughness_is_greatest_a_quarter_of_a_critical_band_apart()
    {
        var byDistance = Enumerable.Range(1, 400).Select(df => Roughness.Compute([1000, 1000 + df], [1, 1])).ToArray();
        var roughest = 1 + Array.IndexOf(byDistance, byDistance.Max());
        Assert.InRange(roughest, 30, 50); // Plomp and Levelt: about a quarter of the critical band, 162 Hz at 1 kHz
        Assert.True(byDistance[^1] < 0.05 * byDistance.Max());
        Assert.Equal(0, Roughness.Compute([440], [1]));
        Assert.Equal(Roughness.Compute([440, 470], [1, 0.5f]), Roughness.Compute([440, 470], [10, 5]), 1e-6f);
    }

    [Fact]
    public void Partials_are_found_to_a_hundredth_of_a_bin()
    {
        const double hz = 1003.7;
        var frames = new FrameAnalysis();
        frames.Run([.. Enumerable.Range(0, 22050).Select(n => (float)Math.Sin(2 * Math.PI * hz * n / 22050))], DescriptorGroups.Tonality);
        var strongest = frames.Partials.Height(20).IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(frames.Partials.Height(20)));
        Assert.InRange(frames.Partials.Hz(20)[strongest], hz - 0.25, hz + 0.25);
    }

    [Fact]
    public void Harmony_moves_when_the_chord_does()
    {
        var chroma = new Matrix(12);
        chroma.Resize(40);
        chroma.Values.Clear();
        for (var t = 0; t < 40; t++)
            foreach (var c in t < 20 ? (ReadOnlySpan<int>)[0, 4, 7] : [2, 6, 9])
                chroma.Row(c)[t] = 1;
        var (centroids, change) = (new Matrix(6), new float[40]);
        centroids.Resize(40);
        HarmonicChange.Compute(chroma, centroids, change);
        Assert.All(Enumerable.Range(0, 40), t => Assert.True(t is 19 or 20 ? change[t] > 0.3 : change[t] < 1e-6));
    }

    [Fact]
    public void Modulation_peaks_in_the_range_of_the_swing()
    {
        const int frameCount = 800;
        var levels = new float[128 * frameCount];
        for (var band = 0; band < 128; band++)
            for (var t = 0; t < frameCount; t++)
                levels[band * frameCount + t] = (float)(10 * Math.Sin(2 * Math.PI * 4 * t / FrameAnalysis.FramesPerSecond));
        var values = new float[Modulation.GroupCount * Modulation.RangeCount];
        var modulation = new Modulation();
        modulation.Compute(levels, frameCount, values);
        for (var group = 0; group < Modulation.GroupCount; group++)
            // 3 to 6 Hz
            Assert.Equal(3, values.AsSpan(group * Modulation.RangeCount, Modulation.RangeCount).ToArray().Index().MaxBy(v => v.Item).Index);
        Assert.True(modulation.SyllableShare(levels.AsSpan(0, frameCount)) > 0.95);
    }

    [Fact]
    public void Summary_is_numpys()
    {
        var summary = new float[Summary.Count];
        new Summary().Compute([3, 1, 4, 1, 5, 9, 2, 6], summary);
        // numpy: mean, std, percentile 10, 50, 90, 75 - 25, abs(diff).mean(), diff.std()
        float[] expected = [3.875f, 2.5708704f, 1, 3.5f, 6.9f, 3.5f, 3.857142857f, 4.1007715f];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], summary[i], 1e-5f);
    }

    /// <summary>The mean tempogram the long way: every stretch's autocorrelation, lag by lag.</summary>
    [Fact]
    public void Mean_tempogram_is_the_mean_of_all_stretches()
    {
        var random = new Random(2);
        var onsets = Enumerable.Range(0, 500).Select(t => random.NextSingle() + (t % 20 == 0 ? 5 : 0)).ToArray();
        const int length = Tempogram.LagCount, half = length / 2;
        var padded = new double[onsets.Length + 2 * half];
        for (var i = 0; i < half; i++)
            (padded[i], padded[half + onsets.Length + i]) = (onsets[0] * (double)i / half, onsets[^1] * (double)(half - 1 - i) / half);
        onsets.Select(x => (double)x).ToArray().CopyTo(padded, half);
        var window = Window.Create(WindowKind.Hann, length);
        var expected = new double[length];
        for (var t = 0; t < onsets.Length; t++)
        {
            var stretch = Enumerable.Range(0, length).Select(n => padded[t + n] * window[n]).ToArray();
            var atZero = stretch.Sum(x => x * x);
            for (var lag = 0; lag < length; lag++)
                for (var n = 0; n + lag < length; n++)
                    expected[lag] += stretch[n] * stretch[n + lag] / atZero / onsets.Length;
        }
        var actual = new float[length];
        new Tempogram().Compute(onsets, actual);
        for (var lag = 0; lag < length; lag++)
            Assert.Equal(expected[lag], actual[lag], 1e-5);
    }
}
