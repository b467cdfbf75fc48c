using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Which samples of a file come out, and what is said of those that do not.</summary>
public class VorbisStreamTests
{
    private const int Rate = 8000;

    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    private static Waveform Read(byte[] bytes) => AudioFile.Read(bytes, Options);

    private static float[] Samples(byte[] bytes, int channel = 0)
    {
        var wave = Read(bytes);
        Assert.Contains(Enumerable.Range(0, wave.ChannelCount), one => wave.Channel(one).ContainsAnyExcept(0)); // something is heard
        return wave.Channel(channel).ToArray();
    }

    /// <summary>A stream whose packets lie on pages as is told: how many on each, and what is added to its granule position.</summary>
    private static byte[] File(int seed, bool isEnded, params (int Packets, long Added)[] pages)
    {
        var stream = new RandomVorbis(seed, 1, 2, 2);
        var ogg = new OggWriter(3).Add(0, false, stream.Head).Add(0, false, stream.Comment).AddLong(0, stream.Setup);
        var (before, end) = (0, 0L);
        for (var i = 0; i < pages.Length; i++)
        {
            List<byte[]> packets = [];
            for (var k = 0; k < pages[i].Packets; k++)
            {
                var (bytes, length) = stream.Packet();
                end += before == 0 ? 0 : (before + length) / 4;
                before = length;
                packets.Add(bytes);
            }

            ogg.Add(end + pages[i].Added, isEnded && i == pages.Length - 1, [.. packets]);
        }

        return ogg.Bytes;
    }

    [Fact]
    public void A_part_and_pieces_are_those_of_the_whole()
    {
        var random = new Random(1);
        var heard = 0;
        for (var seed = 0; seed < 6; seed++)
        {
            var bytes = new RandomVorbis(seed, 1, seed % 3, 2, 6, 6 + seed).File(60).Bytes;
            var whole = Read(bytes);
            heard += whole.Channel(1).ContainsAnyExcept(0) ? 1 : 0;
            for (var i = 0; i < 40; i++)
            {
                var start = random.Next(whole.SampleCount - 100);
                var count = 1 + random.Next(whole.SampleCount - start);
                var part = AudioFile.Read(bytes, Options with
                {
                    Offset = TimeSpan.FromSeconds((double)start / Rate),
                    Duration = TimeSpan.FromSeconds((double)count / Rate),
                });
                Assert.Equal(whole.Channel(1).Slice(start, count), part.Channel(1));
            }

            var pieces = AudioFile.ReadPieces(new MemoryStream(bytes), TimeSpan.FromSeconds(0.03), Options);
            Assert.Equal(whole.Channel(0).ToArray(), pieces.SelectMany(piece => piece.Channel(0).ToArray()));
        }

        Assert.True(heard > 2);
    }

    /// <summary>Where the first page says less than there is, the stream began before its first sample (A.2).</summary>
    [Fact]
    public void The_first_granule_position_cuts_the_start()
    {
        var whole = Samples(File(1, true, (2, 0), (3, 0), (3, 0)));
        Assert.Equal(whole[20..], Samples(File(1, true, (2, -20), (3, -20), (3, -20))));
        Assert.Equal(whole, Samples(File(1, true, (2, 5000), (3, 5000), (3, 5000)))); // it began later: nothing is missing
        Assert.Equal(whole, Samples(File(1, true, (5, -900), (3, -900)))); // more than the first two blocks have
    }

    [Fact]
    public void The_last_granule_position_cuts_the_end()
    {
        var whole = Samples(File(2, true, (2, 0), (3, 0), (3, 0)));
        Assert.Equal(whole[..^17], Samples(File(2, true, (2, 0), (3, 0), (3, -17))));
        Assert.Equal(whole[20..^17], Samples(File(2, true, (2, -20), (3, -20), (3, -37))));
        Assert.Equal(whole[..^17], Samples(File(2, true, (2, 1000), (3, 1000), (3, 983))));
        Assert.Equal(whole, Samples(File(2, false, (2, 0), (3, 0), (3, -17)))); // which is not said to be the last
        Assert.Equal(whole, Samples(File(2, true, (2, 0), (3, 0), (3, -5000)))); // before the page before it
    }

    [Fact]
    public void One_page_is_cut_at_its_end_where_it_is_the_last()
    {
        var whole = Samples(File(3, true, (6, 0)));
        Assert.Equal(whole[..^9], Samples(File(3, true, (6, -9))));
        Assert.Equal(whole[9..], Samples(File(3, false, (6, -9))));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 1)] // as two files that were put together
    public void Joined_streams_play_one_after_the_other(uint firstSerial, uint secondSerial)
    {
        var first = new RandomVorbis(4, 1, 2, 2).File(20, firstSerial).Bytes;
        var second = new RandomVorbis(5, 0, 1, 2).File(20, secondSerial).Bytes;
        byte[] bytes = [.. first, .. second, .. first];
        var joined = Read(bytes);
        Assert.False(joined.Damage.IsAny);
        for (var channel = 0; channel < 2; channel++)
            Assert.Equal([.. Samples(first, channel), .. Samples(second, channel), .. Samples(first, channel)],
                joined.Channel(channel).ToArray());
        Assert.Equal(joined.Duration, AudioFile.Probe(bytes, Options).Duration);
        var start = Samples(first).Length - 50;
        var part = AudioFile.Read(bytes, Options with { Offset = TimeSpan.FromSeconds((double)start / Rate) });
        Assert.Equal(joined.Channel(0)[start..], part.Channel(0));
    }

    [Fact]
    public void Another_rate_is_brought_to_the_first_ones()
    {
        byte[] first = new RandomVorbis(6, 1, 2, 2).File(20).Bytes, second = new RandomVorbis(7, 1, 1, 2, rate: 12_000).File(20, 2).Bytes;
        var joined = Read([.. first, .. second]);
        Assert.Equal((Rate, false), (joined.SampleRate, joined.Damage.IsAny));
        Assert.Equal([.. Samples(first), .. Resampler.Resample(Samples(second), 12_000, Rate)], joined.Channel(0).ToArray());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public void Another_number_of_channels_is_told(int firstCount, int secondCount)
    {
        byte[] first = new RandomVorbis(8, 1, 2, firstCount).File(20).Bytes, second = new RandomVorbis(9, 1, 2, secondCount).File(20).Bytes;
        var (head, tail, joined) = (Read(first), Read(second), Read([.. first, .. second]));
        Assert.Equal((firstCount, head.SampleCount + tail.SampleCount), (joined.ChannelCount, joined.SampleCount));
        Assert.True(joined.Damage is { HasOtherChannels: true, LostFrameCount: 0 });
        for (var channel = 0; channel < firstCount; channel++)
            Assert.Equal(firstCount == 1 ? tail.ToMono() : tail.Channel(Math.Min(channel, secondCount - 1)).ToArray(),
                joined.Channel(channel)[head.SampleCount..].ToArray());
    }

    [Fact]
    public void A_joined_stream_without_sound_is_counted()
    {
        byte[] first = new RandomVorbis(10, 1, 2, 2).File(20).Bytes, second = new RandomVorbis(11, 1, 2, 2).File(0, 2).Bytes;
        var joined = Read([.. first, .. second]);
        Assert.Equal(Samples(first), joined.Channel(0).ToArray());
        Assert.Equal(1, joined.Damage.LostFrameCount);
    }

    /// <summary>As in a video: pages of other streams come between.</summary>
    [Fact]
    public void Other_streams_beside_it_are_passed_over()
    {
        var bytes = new RandomVorbis(12, 1, 2, 2).File(30).Bytes;
        var own = PagesOf(bytes);
        var (other, second) = (new OggWriter(77), new OggWriter(78));
        other.Add(0, false, [.. "\u0080theora"u8]);
        second.Add(0, false, new RandomVorbis(13, 1, 2, 2).Head); // another Vorbis: the first one counts
        foreach (var page in own)
        {
            other.Add(3, false, new byte[300]);
            second.Add(5, false, new byte[100]);
        }

        byte[] mixed = [.. other.Pages[0], .. own[0], .. second.Pages[0],
            .. own.Skip(1).SelectMany((page, i) => (byte[])[.. other.Pages[i + 1], .. page, .. second.Pages[i + 1]])];
        var wave = Read(mixed);
        Assert.Equal(Samples(bytes), wave.Channel(0).ToArray());
        Assert.False(wave.Damage.IsAny);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // its checksum is wrong
    public void A_lost_page_is_counted(bool isThere)
    {
        var bytes = new RandomVorbis(14, 1, 2, 2).File(60).Bytes;
        var whole = Read(bytes);
        var pages = PagesOf(bytes);
        var index = pages.Count / 2;
        if (isThere)
            pages[index][^1] ^= 1;
        else
            pages.RemoveAt(index);
        var wave = Read([.. pages.SelectMany(page => page)]);
        Assert.InRange(whole.SampleCount - wave.SampleCount, 1, 3 * 256);
        Assert.Equal(isThere ? pages[index].Length : 0, wave.Damage.SkippedByteCount);
        Assert.Equal((1, wave.Duration, whole.Duration), (wave.Damage.LostFrameCount, wave.Damage.Decoded, wave.Damage.Promised));
        Assert.Equal(whole.Channel(0)[..1000], wave.Channel(0)[..1000]);
        Assert.Equal(whole.Channel(0)[^1000..], wave.Channel(0)[^1000..]);
    }

    [Fact]
    public void A_file_that_is_cut_off_gives_what_it_has()
    {
        var bytes = new RandomVorbis(15, 1, 2, 2).File(30).Bytes;
        var wave = Read(bytes[..^20]);
        Assert.Equal(Samples(bytes)[..wave.SampleCount], wave.Channel(0).ToArray());
        Assert.Equal(1, wave.Damage.LostFrameCount);
    }

    [Fact]
    public void Packets_that_are_no_sound_are_counted()
    {
        var stream = new RandomVorbis(16, 1, 2, 2);
        var packets = Enumerable.Range(0, 6).Select(_ => stream.Packet().Bytes).ToArray();
        byte[] Write(byte[][] all) => new OggWriter(1).Add(0, false, stream.Head).Add(0, false, stream.Comment).AddLong(0, stream.Setup)
            .Add(-1, true, all).Bytes;

        var wave = Read(Write([packets[0], [], packets[1], [1, 2, 3], .. packets[2..]]));
        Assert.Equal(2, wave.Damage.LostFrameCount);
        Assert.Equal(Samples(Write(packets)), wave.Channel(0).ToArray());
    }

    [Fact]
    public void Tags_are_read()
    {
        var info = AudioFile.Probe(new RandomVorbis(17, 1, 2, 2).File(20).Bytes, Options);
        Assert.Equal(("Ogg Vorbis", "Song", 2, Rate), (info.Format, info.Title, info.ChannelCount, info.SampleRate));
    }

    private static List<byte[]> PagesOf(byte[] bytes)
    {
        var source = ByteSource.Of(bytes);
        return [.. SongMood.Audio.Ogg.OggPage.All(source, 0).Select(page => bytes[(int)page.Position..(int)page.EndPosition])];
    }
}
