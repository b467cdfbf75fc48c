using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Audio.Flac;

/// <summary>FLAC streams joined end to end decode as one.</summary>
public class JoinedFlacTests
{
    private const int InfoStart = 4 + 4, DigestStart = InfoStart + 18, FramesStart = InfoStart + 34;

    private static readonly byte[] Id3V2 = [.. "ID3\u0004\0\0\0\0\u0001\0"u8, .. new byte[128]], Id3V1 = [.. "TAG"u8, .. new byte[125]];

    private static byte[] Stream(int seed, int rate = 10_000, int depth = 16, int channels = 2, int count = 12_345, long? said = null)
    {
        var random = new Random(seed);
        return new FlacWriter(random, rate, depth) { SaidCount = said }.Write(FlacSignal.Make(random, depth, channels, count));
    }

    [Theory]
    [InlineData(12_345, 7_000)]
    [InlineData(7_000, 12_345)]
    [InlineData(12_345, 12_345)] // the last frame ends where the first stream's information says
    public void The_samples_of_one_follow_those_of_the_other(int firstCount, int secondCount)
    {
        byte[] first = Stream(1, count: firstCount), second = Stream(2, depth: 24, count: secondCount);
        var (head, tail) = (AudioFile.Read(first), AudioFile.Read(second));
        byte[][] joins =
        [
            [.. first, .. second],
            [.. Id3V2, .. first, .. Id3V1, .. Id3V2, .. second, .. Id3V1],
            [.. Stream(1, count: firstCount, said: 0), .. Stream(2, depth: 24, count: secondCount, said: 0)], // as pipes leave them
        ];
        foreach (var bytes in joins)
        {
            var joined = AudioFile.Read(bytes);
            Assert.Equal("nothing is lost", joined.Damage.ToString());
            for (var channel = 0; channel < 2; channel++)
                Assert.Equal([.. head.Channel(channel), .. tail.Channel(channel)], joined.Channel(channel).ToArray());
            Assert.Equal(joined.Duration, AudioFile.Probe(bytes).Duration);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void A_stream_many_times_is_as_long_as_that(int times)
    {
        var one = Stream(3);
        var expected = Enumerable.Repeat(AudioFile.Read(one).Channel(0).ToArray(), times).SelectMany(samples => samples);
        Assert.Equal(expected, AudioFile.Read(Enumerable.Repeat(one, times).SelectMany(bytes => bytes).ToArray()).Channel(0).ToArray());
    }

    [Theory]
    [InlineData(10_000, 16_000)]
    [InlineData(44_100, 22_050)]
    public void Another_rate_is_brought_to_the_first_ones(int firstRate, int secondRate)
    {
        byte[] first = Stream(4, firstRate), second = Stream(5, secondRate);
        var (head, tail, joined) = (AudioFile.Read(first), AudioFile.Read(second), AudioFile.Read((byte[])[.. first, .. second]));
        Assert.Equal(firstRate, joined.SampleRate);
        Assert.False(joined.Damage.IsAny);
        Assert.Equal([.. head.Channel(1), .. Resampler.Resample(tail.Channel(1), secondRate, firstRate)], joined.Channel(1).ToArray());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    public void Another_number_of_channels_is_told(int firstCount, int secondCount)
    {
        byte[] first = Stream(6, channels: firstCount), second = Stream(7, channels: secondCount);
        var (head, tail, joined) = (AudioFile.Read(first), AudioFile.Read(second), AudioFile.Read((byte[])[.. first, .. second]));
        Assert.Equal((firstCount, head.SampleCount + tail.SampleCount), (joined.ChannelCount, joined.SampleCount));
        Assert.True(joined.Damage is { IsAny: true, HasOtherChannels: true, LostFrameCount: 0, IsOtherThanEncoded: false });
        Assert.Equal("all frames are there, but not all have as many channels as the first", joined.Damage.ToString());
        for (var channel = 0; channel < firstCount; channel++)
        {
            var expected = firstCount == 1 ? tail.ToMono() : tail.Channel(Math.Min(channel, secondCount - 1)).ToArray();
            for (var i = 0; i < tail.SampleCount; i++)
                Assert.Equal(expected[i], joined.Channel(channel)[head.SampleCount + i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Each_ones_digest_is_compared(int wrong)
    {
        byte[][] streams = [Stream(8), Stream(9)];
        Assert.False(AudioFile.Read((byte[])[.. streams[0], .. streams[1]]).Damage.IsAny);
        streams[wrong][DigestStart] ^= 1;
        var damage = AudioFile.Read((byte[])[.. streams[0], .. streams[1]]).Damage;
        Assert.True(damage is { IsOtherThanEncoded: true, LostFrameCount: 0 });
    }

    [Fact]
    public void What_is_lost_of_one_is_told_and_all_others_keep_their_time()
    {
        byte[] first = Stream(10), second = Stream(11);
        var whole = AudioFile.Read((byte[])[.. first, .. second]);
        second[second.Length / 2] ^= 1;
        var joined = AudioFile.Read((byte[])[.. first, .. second]);
        Assert.Equal(1, joined.Damage.LostFrameCount);
        Assert.Equal(whole.Duration, joined.Damage.Promised);
        Assert.Equal(whole.SampleCount, joined.SampleCount);
        Assert.Equal(whole.Channel(0)[..12_345], joined.Channel(0)[..12_345]);
        var others = Enumerable.Range(0, whole.SampleCount).Where(i => joined.Channel(0)[i] != whole.Channel(0)[i]).ToArray();
        Assert.InRange(others.Length, 1, 1000); // one frame, which is silent
        Assert.All(others, i => Assert.Equal(0, joined.Channel(0)[i]));
        Assert.Equal(whole.Channel(0)[^1000..], joined.Channel(0)[^1000..]);
    }

    [Theory]
    [InlineData(false, 13, 29)] // as one encoder numbers them
    [InlineData(false, 0, 0)] // joined without their metadata
    [InlineData(true, 12_345, 28_345)]
    [InlineData(true, 0, 0)]
    public void Frames_of_another_rate_go_on_at_the_first_ones(bool isVariable, int second, int third)
    {
        var random = new Random(16);
        byte[] Frames(int rate, int count, int number, out byte[] stream)
        {
            var signal = FlacSignal.Make(random, 16, 2, count);
            const int all = 12_345 + 16_000 + 9_000;
            var writer = new FlacWriter(random, rate, 16) { IsVariable = isVariable, FirstNumber = number, SaidCount = all };
            stream = writer.Write(signal);
            return stream[FramesStart..];
        }

        Frames(10_000, 12_345, 0, out var first);
        byte[] bytes = [.. first, .. Frames(16_000, 16_000, second, out var middle), .. Frames(10_000, 9_000, third, out var last)];
        var joined = AudioFile.Read(bytes);
        Assert.Equal("nothing is lost", joined.Damage.ToString()); // the number of samples and the digest are of all
        Assert.Equal(joined.Duration, AudioFile.Probe(bytes).Duration);
        var between = Resampler.Resample(AudioFile.Read(middle).Channel(0), 16_000, 10_000);
        Assert.Equal([.. AudioFile.Read(first).Channel(0), .. between, .. AudioFile.Read(last).Channel(0)], joined.Channel(0).ToArray());

        var cut = AudioFile.Read(bytes[..^200]);
        Assert.True(cut.Damage.LostFrameCount > 0);
        Assert.Equal(joined.Duration.TotalSeconds, cut.Damage.Promised!.Value.TotalSeconds, 1e-3);
    }

    [Fact]
    public void Streams_of_more_than_five_rates_are_refused()
    {
        byte[] Join(int count) => [.. Enumerable.Range(0, count).SelectMany(i => Stream(i, 10_000 + i, count: 500))];
        Assert.False(AudioFile.Read(Join(5)).Damage.IsAny);
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(Join(6)));
        Assert.Contains("streams of 6 sample rates are joined here (10000, 10001, 10002, 10003, 10004, ...), and at most 5 are read",
            error.Message);
    }

    [Fact]
    public void A_part_and_pieces_are_those_of_the_whole()
    {
        byte[] bytes = [.. Stream(12), .. Stream(13, 16_000), .. Stream(14)];
        var whole = AudioFile.Read(bytes);
        var random = new Random(15);
        for (var i = 0; i < 30; i++)
        {
            var start = random.Next(whole.SampleCount - 3000);
            var part = AudioFile.Read(bytes, new()
            {
                Offset = TimeSpan.FromSeconds(start / 10_000.0),
                Duration = TimeSpan.FromSeconds(0.3),
            });
            Assert.Equal(whole.Channel(0).Slice(start, 3000), part.Channel(0));
        }

        using var stream = new MemoryStream(bytes);
        var pieces = AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.7)).SelectMany(piece => piece.Channel(1).ToArray());
        Assert.Equal(whole.Channel(1).ToArray(), pieces);
    }

    /// <summary>As an Ogg file of several streams has them, each with a number of its own; or two files put together.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void In_Ogg_the_samples_of_one_follow_those_of_the_other(int added)
    {
        var first = File.ReadAllBytes(Fixtures.PathOfLossless("flac-ogg-16.oga"));
        var second = (byte[])first.Clone();
        var pages = OggPage.All(ByteSource.Of(first), 0).ToArray();
        foreach (var page in pages)
            second[page.Position + 14] += (byte)added;
        Assert.True(pages.Length > 2);
        var (one, joined) = (AudioFile.Read(first), AudioFile.Read((byte[])[.. first, .. second, .. first]));
        Assert.Equal("nothing is lost", joined.Damage.ToString());
        for (var channel = 0; channel < one.ChannelCount; channel++)
            Assert.Equal([.. one.Channel(channel), .. one.Channel(channel), .. one.Channel(channel)], joined.Channel(channel).ToArray());
    }
}
