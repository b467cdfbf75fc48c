using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio.Flac;

/// <summary>Frames whose numbers do not say what RFC 9639 makes of them (9.1.5), and which follow each other all the same.</summary>
public class FlacNumbersTests
{
    private const int Rate = 10_000, MetadataLength = 4 + 4 + 34;

    private static readonly int[] Sizes = [1000, 1000, 300, 1000, 2000, 2000, 2000, 16, 1, 1000, 1000, 1000, 77];

    private static int Count => Sizes.Sum();

    /// <summary>As encoders wrote streams of several block sizes before 2007 (B.1); some still do.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)] // as cut out of a longer stream, without metadata
    public void They_may_count_samples_though_no_bit_says_so(int first)
    {
        var random = new Random(1);
        var samples = FlacSignal.Make(random, 16, 2, 20_000);
        var stream = new FlacWriter(random, Rate, 16) { IsVariable = true, HasStrategyBit = false, FirstNumber = first }.Write(samples);
        AssertIs(samples, first == 0 ? stream : stream[MetadataLength..]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)] // not known
    [InlineData(5_000L)]
    public void Where_they_count_blocks_some_may_be_shorter_or_longer(long? said)
    {
        var random = new Random(2);
        var samples = FlacSignal.Make(random, 16, 2, Count);
        AssertIs(samples, [.. Metadata(samples, said), .. Frames(random, samples).SelectMany(frame => frame)]);
    }

    [Fact]
    public void What_is_lost_of_these_is_silent_and_what_follows_keeps_its_time()
    {
        var random = new Random(3);
        var samples = FlacSignal.Make(random, 16, 2, Count);
        var frames = Frames(random, samples).ToList();
        var whole = AudioFile.Read((byte[])[.. Metadata(samples, null), .. frames.SelectMany(frame => frame)]);
        frames.RemoveAt(5); // of 2000 samples, among others as long
        var wave = AudioFile.Read((byte[])[.. Metadata(samples, null), .. frames.SelectMany(frame => frame)]);
        const int start = 1000 + 1000 + 300 + 1000 + 2000, end = start + 2000;
        Assert.Equal(Count, wave.SampleCount);
        Assert.True(whole.Channel(0)[start..end].ContainsAnyExcept(0f));
        Assert.False(wave.Channel(0)[start..end].ContainsAnyExcept(0f));
        Assert.Equal(whole.Channel(0)[..start], wave.Channel(0)[..start]);
        Assert.Equal(whole.Channel(0)[end..], wave.Channel(0)[end..]);
        Assert.Equal(TimeSpan.FromSeconds(0.2), wave.Damage.Promised - wave.Damage.Decoded);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 6)]
    public void Another_number_of_channels_in_their_middle_is_told(int before, int behind)
    {
        var random = new Random(4);
        var (first, second) = (FlacSignal.Make(random, 16, before, 3000), FlacSignal.Make(random, 16, behind, 2000));
        var writer = new FlacWriter(random, Rate, 16) { SaidCount = 5000 };
        var head = writer.Write(first);
        byte[] bytes = [.. head, .. new FlacWriter(random, Rate, 16) { FirstNumber = 3 }.WriteFrames(second)];
        var wave = AudioFile.Read(bytes);
        Assert.Equal((before, 5000), (wave.ChannelCount, wave.SampleCount));
        Assert.True(wave.Damage is { IsAny: true, HasOtherChannels: true, LostFrameCount: 0 });
        Assert.Equal("all frames are there, but not all have as many channels as the first", wave.Damage.ToString());
        Assert.False(AudioFile.Read(bytes, new() { Duration = TimeSpan.FromSeconds(0.3) }).Damage.IsAny); // not there yet
        for (var channel = 0; channel < before; channel++)
            for (var i = 0; i < 2000; i++)
                Assert.Equal(before == 1 ? second.Average(row => row[i]) / 32768 : second[Math.Min(channel, behind - 1)][i] / 32768.0,
                    wave.Channel(channel)[3000 + i], 1e-6);
    }

    /// <summary>Few bytes, which must not come to days of silence in pieces.</summary>
    [Fact]
    public void Numbers_that_the_bytes_cannot_come_to_are_refused()
    {
        var writer = new FlacWriter(new Random(5), Rate, 16);
        var samples = FlacSignal.Make(new Random(5), 16, 1, 3000);
        byte[] bytes = [.. writer.WriteFrame([samples[0][..16]], 0), .. writer.WriteFrame([samples[0][16..3000]], 1),
            .. writer.WriteFrame([samples[0][..16]], 500_000)]; // of 16 samples that would not be too much
        Assert.Contains("bytes cannot come to", Assert.Throws<AudioFormatException>(() => AudioFile.Probe(bytes)).Message);
    }

    private static byte[] Metadata(long[][] samples, long? said) =>
        new FlacWriter(new Random(1), Rate, 16) { SaidCount = said }.Write(samples)[..MetadataLength];

    private static IEnumerable<byte[]> Frames(Random random, long[][] samples)
    {
        var writer = new FlacWriter(random, Rate, 16);
        for (int number = 0, start = 0; number < Sizes.Length; start += Sizes[number++])
            yield return writer.WriteFrame([.. samples.Select(row => row[start..(start + Sizes[number])])], number);
    }

    private static void AssertIs(long[][] samples, byte[] stream)
    {
        var wave = AudioFile.Read(stream);
        Assert.Equal("nothing is lost", wave.Damage.ToString()); // the MD5 fits, too
        for (var channel = 0; channel < samples.Length; channel++)
            Assert.Equal(Array.ConvertAll(samples[channel], sample => sample / 32768f), wave.Channel(channel).ToArray());
        Assert.Equal(wave.Duration, AudioFile.Probe(stream).Duration);
        using var seekable = new MemoryStream(stream);
        var pieces = AudioFile.ReadPieces(seekable, TimeSpan.FromSeconds(0.123));
        Assert.Equal(wave.Channel(1).ToArray(), pieces.SelectMany(piece => piece.Channel(1).ToArray()));
        for (var start = 0; start + 500 < wave.SampleCount; start += 431)
        {
            var part = new AudioReadOptions { Offset = TimeSpan.FromSeconds((double)start / Rate), Duration = TimeSpan.FromSeconds(0.05) };
            Assert.Equal(wave.Channel(0).Slice(start, 500), AudioFile.Read(stream, part).Channel(0));
        }
    }
}
