namespace SongMood.Dsp.Tests;

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
    [InlineData(44100, 32000), InlineData(22050, 11025), InlineData(16000, 48000), InlineData(64000, 22050), InlineData(37800, 22050)]
    public void AgreesWithSoxr(int fromHz, int toHz)
    {
        Assert.SkipUnless(SoxrPeer.IsInstalled, "needs libsoxr");
        var lower = Math.Min(fromHz, toHz);
        var count = fromHz * 2;
        var chord = new float[count];
        var chirp = new float[count]; // its frequency rises from 20 Hz to 0.8 of the lower rate's half
        for (var n = 0; n < count; n++)
        {
            var t = (double)n / fromHz;
            chord[n] = (float)(0.25 * (Math.Cos(2 * Math.PI * 261.6 * t) + Math.Cos(2 * Math.PI * 329.6 * t + 1) + Math.Cos(2 * Math.PI * 392 * t + 2)));
            chirp[n] = (float)(0.5 * Math.Sin(2 * Math.PI * (20 * t + (0.8 * lower / 2 - 20) * t * t / 4)));
        }

        foreach (var (name, signal) in new[] { ("chord", chord), ("chirp", chirp) })
        {
            var expected = SoxrPeer.Resample(signal, fromHz, toHz);
            var actual = Resampler.Resample(signal, fromHz, toHz);
            Assert.Equal(expected.Length, actual.Length);
            var error = GoldenTests.RelativeDecibels(actual, expected);
            output.WriteLine($"{fromHz} -> {toHz} {name}: {error:f1} dB");
            Assert.InRange(error, double.NegativeInfinity, -90);
        }
    }
}
