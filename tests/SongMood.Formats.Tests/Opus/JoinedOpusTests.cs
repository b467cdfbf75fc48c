using SongMood.Audio;
using SongMood.Audio.Ogg;

namespace SongMood.Formats.Tests.Opus;

/// <summary>Opus streams joined end to end play as one, each with its own pre-skip and end.</summary>
public class JoinedOpusTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    [Theory]
    [InlineData("opus-stereo.opus", "opus-stereo.opus")] // of one number
    [InlineData("opus-stereo.opus", "opus-mono.opus")]
    [InlineData("opus-mono.opus", "opus-stereo.opus")]
    public void The_samples_of_one_follow_those_of_the_other(string firstName, string secondName)
    {
        byte[] first = File.ReadAllBytes(FormatsFixtures.PathOf(firstName)), second = File.ReadAllBytes(FormatsFixtures.PathOf(secondName));
        byte[] bytes = [.. first, .. second];
        var (head, tail, joined) = (AudioFile.Read(first, Options), AudioFile.Read(second, Options), AudioFile.Read(bytes, Options));
        Assert.Equal(head.ChannelCount != tail.ChannelCount, joined.Damage.HasOtherChannels);
        Assert.Equal(0, joined.Damage.LostFrameCount);
        for (var channel = 0; channel < head.ChannelCount; channel++)
        {
            float[] expected = [.. head.Channel(channel), .. head.ChannelCount == 1 ? tail.ToMono()
                : tail.Channel(Math.Min(channel, tail.ChannelCount - 1)).ToArray()];
            Assert.Equal(expected.Length, joined.SampleCount);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], joined.Channel(channel)[i], 1e-7f);
        }

        Assert.Equal(joined.Duration.TotalSeconds, AudioFile.Probe(bytes, Options).Duration.TotalSeconds, 1e-6);
        var start = head.SampleCount - 100;
        var part = AudioFile.Read(bytes, Options with { Offset = TimeSpan.FromSeconds(start / 48_000.0) });
        Assert.Equal(joined.Channel(0)[start..], part.Channel(0));
    }

    [Fact]
    public void A_page_whose_checksum_is_wrong_is_lost_and_counted()
    {
        var bytes = File.ReadAllBytes(FormatsFixtures.PathOf("opus/modes.opus"));
        var pages = OggPage.All(ByteSource.Of(bytes), 0).ToArray();
        Assert.True(pages.Length > 3);
        Assert.False(AudioFile.Read(bytes, Options).Damage.IsAny);
        bytes[pages[^2].BodyPosition + 7] ^= 1;
        Assert.True(AudioFile.Read(bytes, Options).Damage.LostFrameCount > 0);
    }
}
