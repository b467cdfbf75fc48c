using SongMood.Audio;

namespace SongMood.Formats.Tests;

/// <summary>Layer I, which the tests encode themselves.</summary>
public class LayerOneTests
{
    // The filterbanks of encoder and decoder together (11172-3, C.1.3): 512 taps, and 32 samples at a time.
    private const int Delay = 512 - 31;

    public static TheoryData<string> Names => ["layer1-stereo.mp1", "layer1-mono.mp1"];

    /// <summary>SONGMOOD_MAKE_FIXTURES=1 writes them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_fixtures_are_what_the_encoder_makes(string name)
    {
        var made = Make(name);
        if (Environment.GetEnvironmentVariable("SONGMOOD_MAKE_FIXTURES") == "1")
            File.WriteAllBytes(FormatsFixtures.PathOf(name), made);
        Assert.Equal(File.ReadAllBytes(FormatsFixtures.PathOf(name)), made);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_went_in_comes_out(string name)
    {
        var signal = Signal(name);
        var wave = AudioFile.Read(FormatsFixtures.PathOf(name), new() { Decoders = AudioFormats.Decoders() });
        Assert.Equal((signal.Length, signal[0].Length), (wave.ChannelCount, wave.SampleCount));
        for (var channel = 0; channel < signal.Length; channel++)
        {
            double power = 0, error = 0;
            for (var i = 0; i < signal[0].Length - Delay; i++)
            {
                power += signal[channel][i] * signal[channel][i];
                error += Math.Pow(wave.Channel(channel)[i + Delay] - signal[channel][i], 2);
            }

            var decibels = 10 * Math.Log10(power / error);
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}, channel {channel}: {decibels:F1} dB");
            Assert.True(decibels > 30, $"{decibels} dB"); // 6 bits of each subband
        }
    }

    private static byte[] Make(string name) => name.Contains("stereo")
        ? LayerOneEncoder.Encode(Signal(name), 48_000, bitRateIndex: 6, codedSubbands: 8)
        : LayerOneEncoder.Encode(Signal(name), 32_000, bitRateIndex: 3, codedSubbands: 12);

    // 0.3 s of a rising tone and a steady one, in whole frames.
    private static double[][] Signal(string name)
    {
        var (rate, count, channels) = name.Contains("stereo") ? (48_000, 38 * 384, 2) : (32_000, 25 * 384, 1);
        return
        [
            .. Enumerable.Range(1, channels).Select(channel => Enumerable.Range(0, count).Select(i =>
                0.5 / channel * Math.Sin(2 * Math.PI * (440 * channel + 300.0 * i / count) * i / rate)
                + 0.1 * Math.Sin(2 * Math.PI * 2500 * i / rate)).ToArray()),
        ];
    }
}
