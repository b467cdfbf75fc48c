using SongMood.Audio;
using SongMood.Audio.Mp3;
using SongMood.Dsp;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

public class AudioQualityTests
{
    private const int BandCount = 128;

    // What log-mel values may differ by, in dB of the clip's loudest band: mean below 10 kHz, and in the highest bands, where the
    // half-rate filterbank stands in for the resampler's transition band.
    private const double MaxMean = 0.005, MaxMeanAtTheTop = 0.5;
    private const int FirstTopBand = 124;

    [Fact]
    public void Exact_is_the_default() => Assert.Equal(AudioQuality.Exact, new AudioReadOptions().Quality);

    [Theory]
    [InlineData("mpeg1-44100-joint-cbr128.mp3", 22050)]
    [InlineData("mpeg1-44100-mono-free.mp3", 22050)]
    [InlineData("mpeg1-48000-mono-vbr.mp3", 22050)]
    [InlineData("mpeg1-32000-joint-crc.mp3", 16000)]
    [InlineData("mpeg2-24000-mono-untagged.mp3", 12000)]
    [InlineData("mpeg2-22050-joint-cbr64.mp3", 8000)]
    public void Fast_is_close_to_exact(string name, int rate)
    {
        var path = FixtureSignal.PathOf(name);
        foreach (var offset in new[] { 0.0, 0.1, 0.15 + 1.0 / 44100 })
        {
            var exact = AudioFile.Read(path, Options(AudioQuality.Exact, rate, offset));
            var fast = AudioFile.Read(path, Options(AudioQuality.Fast, rate, offset));
            Assert.InRange(fast.SampleCount - exact.SampleCount, 0, 1); // a rounding, where half the rate is resampled
            double signal = 0, noise = 0;
            for (var i = 200; i < exact.SampleCount - 200; i++)
            {
                signal += exact.Channel(0)[i] * exact.Channel(0)[i];
                noise += (exact.Channel(0)[i] - fast.Channel(0)[i]) * (exact.Channel(0)[i] - fast.Channel(0)[i]);
            }

            var decibels = 10 * Math.Log10(signal / noise);
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} from {offset:F4} s: {decibels:F1} dB");
            Assert.True(decibels > 35, $"{name} from {offset} s: {decibels:F1} dB");
        }
    }

    [Theory]
    [InlineData("mpeg1-44100-joint-cbr128.mp3", 22051, true)] // more than half the rate
    [InlineData("mpeg1-44100-joint-cbr128.mp3", 22050, false)] // both channels
    [InlineData("mpeg25-11025-joint-cbr32.mp3", 5000, true)] // half of an odd rate
    public void Elsewhere_fast_is_exact(string name, int rate, bool isMono)
    {
        var path = FixtureSignal.PathOf(name);
        var exact = AudioFile.Read(path, new AudioReadOptions { Mono = isMono, SampleRate = rate });
        var fast = AudioFile.Read(path, new AudioReadOptions { Mono = isMono, SampleRate = rate, Quality = AudioQuality.Fast });
        Assert.Equal(exact.Channel(0), fast.Channel(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Half_the_synthesis_is_every_second_sample_of_the_whole(bool isOdd)
    {
        var random = new Random(3);
        var full = new SynthesisFilterbank();
        var half = new HalfRateSynthesis(isOdd);
        var slots = new float[576];
        float[] expected = new float[576], samples = new float[288];
        for (var granule = 0; granule < 3; granule++)
        {
            for (var i = 0; i < slots.Length; i++)
                slots[i] = i % 32 < 16 ? random.NextSingle() - 0.5f : 0;
            full.Apply(slots, expected);
            for (var i = 0; i < slots.Length; i++)
                slots[i] = i % 32 < 16 ? slots[i] : float.NaN; // not looked at
            half.Apply(slots, samples);
            for (var i = 0; i < samples.Length; i++)
                Assert.Equal(expected[2 * i + (isOdd ? 1 : 0)], samples[i], 2e-6f);
        }
    }

    [Fact]
    public void Fast_spectrograms_are_close_on_real_clips()
    {
        // 50 clips, those of 44.1 kHz first, each at half its own rate.
        var clips = Directory.GetFiles(TestData.Require("4q"), "*.mp3", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(clip => (Path: clip, Rate: AudioFile.Probe(clip).SampleRate / 2)).OrderByDescending(clip => clip.Rate).Take(50);
        double[] sums = new double[BandCount], worst = new double[BandCount];
        var frames = 0;
        foreach (var (path, rate) in clips)
        {
            var mel = new MelSpectrogram(new MelSpectrogramOptions { SampleRate = rate });
            var (exact, fast) = (LogMel(mel, path, rate, AudioQuality.Exact), LogMel(mel, path, rate, AudioQuality.Fast));
            var count = exact.Length / BandCount;
            for (var i = 0; i < exact.Length; i++)
            {
                var difference = Math.Abs(exact[i] - fast[i]);
                sums[i / count] += difference;
                worst[i / count] = Math.Max(worst[i / count], difference);
            }

            frames += count;
        }

        for (var band = 0; band < BandCount; band++)
        {
            var mean = sums[band] / frames;
            TestContext.Current.TestOutputHelper?.WriteLine($"band {band}: mean {mean:F4} dB, worst {worst[band]:F2} dB");
            Assert.InRange(mean, 0, band < FirstTopBand ? MaxMean : MaxMeanAtTheTop);
        }
    }

    private static float[] LogMel(MelSpectrogram mel, string clip, int rate, AudioQuality quality)
    {
        var samples = AudioFile.Read(clip, Options(quality, rate, 0)).Channel(0);
        var bands = new float[BandCount * mel.FrameCount(samples.Length)];
        mel.Compute(samples, bands);
        var floor = bands.Max() * 1e-8f; // 80 dB down, as top_db
        return Array.ConvertAll(bands, power => 10 * MathF.Log10(MathF.Max(power, floor)));
    }

    private static AudioReadOptions Options(AudioQuality quality, int rate, double offsetSeconds) =>
        new() { Mono = true, SampleRate = rate, Quality = quality, Offset = TimeSpan.FromSeconds(offsetSeconds) };
}
