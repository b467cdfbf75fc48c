using CsCheck;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

public class ResamplerTests(ITestOutputHelper output)
{
    /// <summary>Rates that audio comes in, against libsoxr; the tolerance is that of docs/numerics.md.</summary>
    [Theory]
    [InlineData(48000, 22050), InlineData(22050, 44100), InlineData(11025, 22050), InlineData(8000, 22050)]
    [InlineData(12000, 22050), InlineData(24000, 22050), InlineData(22050, 48000)]
    [InlineData(44100, 16000), InlineData(48000, 16000), InlineData(44100, 48000), InlineData(48000, 44100), InlineData(32000, 44100)]
    [InlineData(16000, 8000), InlineData(16000, 44100), InlineData(32000, 24000)]
    [InlineData(24000, 32000), InlineData(48000, 32000), InlineData(44100, 12000), InlineData(96000, 44100)]
    [InlineData(22050, 8000), InlineData(11025, 8000), InlineData(44100, 24000), InlineData(22050, 22051)]
    [InlineData(96000, 22050), InlineData(88200, 22050), InlineData(96000, 16000), InlineData(44100, 8000), InlineData(44100, 11025)]
    [InlineData(192000, 22050), InlineData(176400, 22050), InlineData(192000, 16000), InlineData(48000, 8000), InlineData(48000, 11025)]
    [InlineData(8000, 44100), InlineData(11025, 48000), InlineData(9000, 48000), InlineData(8000, 48000), InlineData(8000, 96000)]
    [InlineData(11025, 88200), InlineData(8000, 32000), InlineData(11025, 44100), InlineData(8000, 88200), InlineData(11025, 96000)]
    [InlineData(44100, 32000), InlineData(22050, 11025), InlineData(16000, 48000), InlineData(64000, 22050), InlineData(37800, 22050)]
    public void Agrees_with_soxr(int fromHz, int toHz)
    {
        Assert.SkipUnless(SoxrPeer.IsInstalled, "needs libsoxr");
        foreach (var (name, error) in ErrorsAgainstSoxr(fromHz, toHz, seconds: 2))
        {
            output.WriteLine($"{fromHz} -> {toHz} {name}: {error:f1} dB");
            Assert.InRange(error, double.NegativeInfinity, -90);
        }
    }

    [Fact]
    public void Agrees_with_soxr_at_every_pair_of_common_rates()
    {
        Assert.SkipUnless(SoxrPeer.IsInstalled, "needs libsoxr");
        int[] rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 176400, 192000];
        var errors = rates.SelectMany(from => rates.Where(to => to != from)
            .SelectMany(to => ErrorsAgainstSoxr(from, to, seconds: 1).Select(e => (from, to, e.Name, e.Error)))).ToArray();
        foreach (var (from, to, name, error) in errors.OrderByDescending(e => e.Error).Take(10))
            output.WriteLine($"{from} -> {to} {name}: {error:f1} dB");
        Assert.All(errors, e => Assert.InRange(e.Error, double.NegativeInfinity, -90));
    }

    private static IEnumerable<(string Name, double Error)> ErrorsAgainstSoxr(int fromHz, int toHz, double seconds)
    {
        var lower = Math.Min(fromHz, toHz);
        var chord = new float[(int)(fromHz * seconds)];
        var chirp = new float[chord.Length]; // its frequency rises from 20 Hz to 0.8 of the lower rate's half
        for (var n = 0; n < chord.Length; n++)
        {
            var t = (double)n / fromHz;
            chord[n] = (float)(0.25 * (Math.Cos(2 * Math.PI * 261.6 * t) + Math.Cos(2 * Math.PI * 329.6 * t + 1)
                + Math.Cos(2 * Math.PI * 392 * t + 2)));
            chirp[n] = (float)(0.5 * Math.Sin(2 * Math.PI * (20 * t + (0.8 * lower / 2 - 20) * t * t / (2 * seconds))));
        }

        foreach (var (name, signal) in new[] { ("chord", chord), ("chirp", chirp) })
        {
            var expected = SoxrPeer.Resample(signal, fromHz, toHz);
            var actual = Resampler.Resample(signal, fromHz, toHz);
            Assert.Equal(expected.Length, actual.Length);
            yield return (name, GoldenTests.RelativeDecibels(actual, expected));
        }
    }

    private static readonly Gen<(int From, int To)> Rates = Gen.Select(
        Gens.OneOf(8000, 11025, 12000, 16000, 22050, 24000, 32000, 37800, 44100, 48000, 1000, 1001, 1733),
        Gens.OneOf(8000, 11025, 16000, 22050, 32000, 44100, 1000, 1733))
        .Where(HasTwin);

    // The twin knows two filters in a row, no more.
    private static bool HasTwin((int From, int To) rates) => rates.From != rates.To && rates.From < 4 * rates.To
        && rates.To < 4 * rates.From;

    [Fact]
    public void Agrees_with_its_twin() => Gen.Select(
        Rates, Gen.Int[1, 500].SelectMany(n => Gen.Double[-1, 1].Select(v => (float)v).Array[n])).Sample((rates, samples) =>
    {
        var expected = SlowTwin.Resample(samples, rates.From, rates.To);
        var actual = Resampler.Resample(samples, rates.From, rates.To);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }, iter: 30, print: c => $"{c.Item1.From} -> {c.Item1.To}, {c.Item2.Length} samples");

    [Fact]
    public void Length_is_the_product_rounded_up()
    {
        // ceil(n * (to / from)) in float64, as librosa writes it, which for 48000 samples makes one more than 22050.
        Assert.Equal(22050, new RateConverter(44100, 22050).OutputLength(44100));
        Assert.Equal(20259, new RateConverter(48000, 22050).OutputLength(44100));
        Assert.Equal((int)Math.Ceiling(48000 * (22050.0 / 48000)), new RateConverter(48000, 22050).OutputLength(48000));
        Assert.Equal(1, new RateConverter(48000, 22050).OutputLength(1));
        Assert.Equal(0, new RateConverter(48000, 22050).OutputLength(0));
        Assert.Empty(Resampler.Resample([], 48000, 22050));
    }

    [Fact]
    public void Keeps_a_constant_and_a_level()
    {
        // Far from the ends a constant stays what it is, to the last digits of a float.
        foreach (var (from, to) in new[] { (44100, 22050), (48000, 22050), (22050, 48000), (37800, 22050), (96000, 22050), (8000, 44100) })
        {
            var result = Resampler.Resample(Enumerable.Repeat(0.5f, from).ToArray(), from, to);
            Assert.All(result[(to / 4)..(3 * to / 4)], v => Assert.Equal(0.5, v, 2e-7));
        }
    }

    [Fact]
    public void The_same_rate_is_a_copy()
    {
        float[] samples = [1, 2, 3];
        var result = Resampler.Resample(samples, 44100, 44100);
        Assert.Equal(samples, result);
        Assert.NotSame(samples, result);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_gone()
    {
        var samples = Enumerable.Range(0, 44100).Select(n => (float)Math.Sin(2 * Math.PI * 15000 * n / 44100.0)).ToArray();
        var result = Resampler.Resample(samples, 44100, 22050);
        Assert.InRange(result[1000..^1000].Max(Math.Abs), 0, 1e-6);
    }

    [Theory]
    [InlineData(0, 22050), InlineData(22050, 0), InlineData(-1, 22050), InlineData(999, 22050), InlineData(22050, 768_001)]
    public void Rates_out_of_range_are_refused(int fromHz, int toHz) =>
        Assert.Contains($"{(fromHz == 22050 ? toHz : fromHz)} Hz",
            Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resample([1f], fromHz, toHz)).Message);

    [Fact]
    public void Many_threads_may_resample_at_once()
    {
        var samples = Enumerable.Range(0, 20000).Select(n => (float)Math.Sin(n * 0.01)).ToArray();
        var expected = Resampler.Resample(samples, 44100, 22050);
        Parallel.For(0, 8, i => Assert.Equal(expected, Resampler.Resample(samples, 44100, i % 2 == 0 ? 22050 : 22050)));
    }
}
