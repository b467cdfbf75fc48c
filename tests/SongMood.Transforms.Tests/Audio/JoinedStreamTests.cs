using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Streams put together that differ: what comes out goes on at the first one's rate and channels.</summary>
public class JoinedStreamTests
{
    private const string Stereo44 = "mpeg1-44100-joint-cbr128.mp3", Mono48 = "mpeg1-48000-mono-vbr.mp3",
        Stereo22 = "mpeg2-22050-joint-cbr64.mp3",
        Mono24 = "mpeg2-24000-mono-untagged.mp3", Stereo8 = "mpeg25-11025-joint-cbr32.mp3", Free44 = "mpeg1-44100-mono-free.mp3";

    private static byte[] Bytes(string name) => File.ReadAllBytes(FixtureSignal.PathOf(name));

    // What a stream that follows another gives: its header frame is one of its frames then, and nothing is trimmed.
    private static Waveform AllFrames(byte[] bytes)
    {
        foreach (var mark in new[] { "Xing", "Info" })
            if (bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(mark)) is >= 0 and var at)
                (bytes = [.. bytes])[at] = (byte)'x';
        return AudioFile.Read(bytes);
    }

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var first in new[] { Stereo44, Mono48, Stereo22, Mono24, Stereo8, Free44 })
                foreach (var second in new[] { Stereo44, Mono48, Stereo22, Mono24, Stereo8, Free44 })
                    if (first != second)
                        pairs.Add(first, second);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_second_part_goes_on_at_the_first_ones_rate(string firstName, string secondName)
    {
        byte[] first = Bytes(firstName), second = Bytes(secondName);
        var joined = AudioFile.Read((byte[])[.. first, .. second]);
        var (head, tail) = (AudioFile.Read(first), AllFrames(second));
        Assert.Equal((head.SampleRate, head.ChannelCount), (joined.SampleRate, joined.ChannelCount));
        Assert.Equal(head.ChannelCount != tail.ChannelCount, joined.Damage.HasOtherChannels);
        Assert.Equal(0, joined.DamagedFrameCount);
        Assert.True(joined.Channel(0).StartsWith(head.Channel(0)[..^1105])); // its end is no longer cut

        var expected = Resampler.Resample(tail.ChannelCount > joined.ChannelCount ? tail.ToMono() : tail.Channel(0), tail.SampleRate,
            joined.SampleRate);
        Assert.Equal(expected, joined.Channel(0)[^expected.Length..].ToArray());
        if (joined.ChannelCount == 2)
            Assert.Equal(
                Resampler.Resample(tail.Channel(tail.ChannelCount - 1), tail.SampleRate, joined.SampleRate),
                joined.Channel(1)[^expected.Length..].ToArray());
        Assert.Equal(joined.Duration, AudioFile.Probe((byte[])[.. first, .. second]).Duration);
    }

    [Fact]
    public void A_FLAC_behind_an_MP3_is_left_out_and_said()
    {
        var mp3 = Bytes(Mono24);
        var flac = Bytes(Path.Combine("lossless", "flac-5-16.flac"));
        var joined = AudioFile.Read((byte[])[.. mp3, .. flac]);
        Assert.Equal(24000, joined.SampleRate);
        Assert.Equal(AudioFile.Read(mp3).Channel(0), joined.Channel(0));
        Assert.InRange(joined.Damage.SkippedByteCount, flac.Length - 100, flac.Length);
    }

    [Fact]
    public void Three_parts_and_back_again()
    {
        byte[] first = Bytes(Mono24), second = Bytes(Mono48);
        var joined = AudioFile.Read((byte[])[.. first, .. second, .. first]);
        var (head, middle) = (AudioFile.Read(first), AllFrames(second));
        var resampled = Resampler.Resample(middle.Channel(0), 48000, 24000);
        Assert.Equal([.. head.Channel(0), .. resampled, .. head.Channel(0)], joined.Channel(0).ToArray());
    }

    [Fact]
    public void A_part_of_it_is_the_same_as_cut_from_the_whole()
    {
        byte[] bytes = [.. Bytes(Stereo44), .. Bytes(Stereo22), .. Bytes(Mono48)];
        var whole = AudioFile.Read(bytes);
        var random = new Random(2);
        for (var i = 0; i < 30; i++)
        {
            var start = random.Next(whole.SampleCount);
            var part = AudioFile.Read(bytes, new AudioReadOptions { Offset = Seconds(start, whole), Duration = Seconds(3000, whole) });
            Assert.True(whole.Channel(1)[start..].StartsWith(part.Channel(1)), $"from {start}");
        }
    }

    [Fact]
    public void The_file_that_was_sent_in()
    {
        // 17 frames of 44.1 kHz, of which the first is no header, and of 22.05 kHz what follows.
        var wave = AudioFile.Read(FixtureSignal.PathOf(Path.Combine("..", "Faults", "rate_change.mp3")));
        Assert.Equal(44100, wave.SampleRate);
        Assert.InRange(wave.Duration.TotalSeconds, 0.88, 0.98);
        Assert.Equal(0, wave.DamagedFrameCount);
    }

    private static TimeSpan Seconds(int samples, Waveform wave) =>
        TimeSpan.FromTicks((long)Math.Round(samples * (double)TimeSpan.TicksPerSecond / wave.SampleRate));
}
