using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Transforms.Tests.Audio.Flac;

namespace SongMood.Transforms.Tests.Audio;

public class AudioRangeTests
{
    public static TheoryData<string> Names => [.. FixtureSignal.AllPaths().Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_part_is_the_same_as_cut_from_the_whole(string name)
    {
        var path = FixtureSignal.PathOf(name);
        var whole = AudioFile.Read(path);
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var start = random.Next(whole.SampleCount);
            var count = random.Next(1, i % 2 == 0 ? 300 : whole.SampleCount);
            var part = AudioFile.Read(path, new AudioReadOptions { Offset = Seconds(start, whole), Duration = Seconds(count, whole) });
            var expected = Math.Min(count, whole.SampleCount - start);
            Assert.Equal(expected, part.SampleCount);
            for (var channel = 0; channel < whole.ChannelCount; channel++)
            {
                var isSame = whole.Channel(channel).Slice(start, expected).SequenceEqual(part.Channel(channel));
                Assert.True(isSame, $"{name}: {start}, {count}");
            }
        }
    }

    [Fact]
    public void A_part_of_a_damaged_file_is_the_same_as_cut_from_the_whole()
    {
        var random = new Random(11);
        for (var round = 0; round < 30; round++)
        {
            var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"));
            for (var i = 0; i < 20; i++)
                bytes[random.Next(500, bytes.Length)] = (byte)random.Next(256);
            var whole = AudioFile.Read(bytes);
            for (var i = 0; i < 10; i++)
            {
                var start = random.Next(whole.SampleCount);
                var part = AudioFile.Read(bytes, new AudioReadOptions { Offset = Seconds(start, whole), Duration = Seconds(2000, whole) });
                Assert.True(whole.Channel(1)[start..].StartsWith(part.Channel(1)), $"round {round}: {start}");
            }
        }
    }

    [Fact]
    public void A_start_past_the_end_is_an_error()
    {
        var options = new AudioReadOptions { Offset = TimeSpan.FromMinutes(1) };
        var path = FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3");
        Assert.Contains("00:01:00", Assert.Throws<AudioFormatException>(() => AudioFile.Read(path, options)).Message);
    }

    [Fact]
    public void Longer_audio_than_the_limit_is_an_error_but_a_part_is_not()
    {
        var path = FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3");
        var limit = TimeSpan.FromSeconds(0.5);
        var options = new AudioReadOptions { MaxDuration = limit };
        Assert.Contains("MaxDuration", Assert.Throws<AudioFormatException>(() => AudioFile.Read(path, options)).Message);
        Assert.Equal(11025, AudioFile.Read(path, new AudioReadOptions { MaxDuration = limit, Duration = limit }).SampleCount);
    }

    [Fact]
    public void Samples_of_all_channels_together_are_bounded()
    {
        const int count = 100_000, channels = 8;
        long[][] silence = [.. Enumerable.Repeat(new long[count], channels)];
        var flac = new FlacWriter(new Random(1), 10_000, 16) { BlockSize = 50_000 }.Write(silence);
        var exact = new AudioReadOptions { MaxDecodedBytes = count * channels * sizeof(float) };
        Assert.Equal(count, AudioFile.Read(flac, exact).SampleCount);
        var less = exact with { MaxDecodedBytes = exact.MaxDecodedBytes - 1 };
        Assert.Contains("100000 samples in 8 channels take 3200000 bytes, the limit is 3199999; raise AudioReadOptions.MaxDecodedBytes",
            Assert.Throws<AudioFormatException>(() => AudioFile.Read(flac, less)).Message);
        Assert.Contains("110250 samples in 8 channels", // resampled, they are more
            Assert.Throws<AudioFormatException>(() => AudioFile.Read(flac, exact with { SampleRate = 11_025 })).Message);
        using var stream = new MemoryStream(flac);
        Assert.Equal(count, AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(3), less).Sum(piece => piece.SampleCount));
        stream.Position = 0;
        Assert.Contains("MaxDecodedBytes",
            Assert.Throws<AudioFormatException>(() => AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(30), less).Count()).Message);
    }

    [Fact]
    public void Limits_have_the_defaults_that_are_documented()
    {
        var options = new AudioReadOptions();
        Assert.Equal((512L << 20, 4L << 30, 64 << 20, TimeSpan.FromHours(1)),
            (options.MaxBytes, options.MaxDecodedBytes, options.MaxTagBytes, options.MaxDuration));
    }

    [Fact]
    public void Mono_and_rate_are_the_mean_and_the_resampler()
    {
        foreach (var path in FixtureSignal.AllPaths())
        {
            var whole = AudioFile.Read(path);
            var wanted = AudioFile.Read(path, new AudioReadOptions { Mono = true, SampleRate = 16000 });
            Assert.Equal(16000, wanted.SampleRate);
            Assert.Equal(1, wanted.ChannelCount);
            Assert.Equal(Resampler.Resample(whole.ToMono(), whole.SampleRate, 16000), wanted.Channel(0));
        }
    }

    [Fact]
    public void What_the_lame_tag_promises_is_flushed_from_the_filterbanks()
    {
        // With the padding said to be 0, 529 samples more than the frames hold are the original's.
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-48000-mono-vbr.mp3"));
        var whole = AudioFile.Read(bytes);
        var tag = bytes.AsSpan().IndexOf("LAME"u8);
        var padding = (bytes[tag + 22] & 15) << 8 | bytes[tag + 23];
        bytes[tag + 22] &= 0xF0;
        bytes[tag + 23] = 0;
        var flushed = AudioFile.Read(bytes);
        Assert.Equal(whole.SampleCount + padding, flushed.SampleCount);
        Assert.True(flushed.Channel(0).StartsWith(whole.Channel(0)));
        Assert.Contains(flushed.Channel(0)[^529..].ToArray(), sample => sample != 0);
        Assert.All(flushed.Channel(0).ToArray(), sample => Assert.InRange(sample, -1.5f, 1.5f));

        var fast = AudioFile.Read(bytes, new AudioReadOptions { Mono = true, SampleRate = 24000, Quality = AudioQuality.Fast });
        var exact = AudioFile.Read(bytes, new AudioReadOptions { Mono = true, SampleRate = 24000 });
        Assert.Equal(exact.SampleCount, fast.SampleCount);
        Assert.InRange(fast.Channel(0)[^200] - exact.Channel(0)[^200], -0.02, 0.02);
    }

    private static TimeSpan Seconds(int samples, Waveform wave) =>
        TimeSpan.FromTicks((long)Math.Round(samples * (double)TimeSpan.TicksPerSecond / wave.SampleRate));
}
