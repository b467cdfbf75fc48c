using SongMood.Audio;

namespace SongMood.Formats.Tests;

/// <summary>What surrounds a stream in an Ogg file, and what follows it.</summary>
public class OggLinksTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    private static byte[] Bytes(string name) => File.ReadAllBytes(name.EndsWith(".oga")
        ? Path.Combine(FormatsFixtures.PathOf(""), "..", "..", "SongMood.Transforms.Tests", "Audio", "Fixtures", name)
        : FormatsFixtures.PathOf(name));

    [Theory]
    [InlineData("vorbis-stereo.ogg", "opus-stereo.opus")]
    [InlineData("opus-stereo.opus", "vorbis-stereo.ogg")]
    [InlineData("vorbis-stereo.ogg", "lossless/flac-ogg-16.oga")]
    [InlineData("lossless/flac-ogg-16.oga", "opus-stereo.opus")]
    public void A_stream_of_another_codec_that_is_joined_on_is_told_as_lost(string firstName, string secondName)
    {
        byte[] first = Bytes(firstName), second = Bytes(secondName);
        var (alone, joined) = (AudioFile.Read(first, Options), AudioFile.Read((byte[])[.. first, .. second, .. first], Options));
        Assert.False(alone.Damage.IsAny);
        Assert.Equal(1, joined.Damage.LostFrameCount);
        Assert.InRange(joined.Damage.SkippedByteCount, second.Length * 9 / 10, second.Length);
        for (var channel = 0; channel < alone.ChannelCount; channel++)
            Assert.Equal([.. alone.Channel(channel), .. alone.Channel(channel)], joined.Channel(channel).ToArray());
    }

    [Theory]
    [InlineData("vorbis-stereo.ogg")]
    [InlineData("opus-stereo.opus")]
    [InlineData("lossless/flac-ogg-16.oga")]
    public void Tags_around_the_file_are_passed_over_and_read(string name)
    {
        byte[] id3 = [.. "ID3\u0004\0\0\0\0\0\u0020TRCK\0\0\0\u0006\0\0\u00033/12 "u8, .. new byte[16]];
        byte[] bytes = [.. id3, .. Bytes(name), .. "TAG"u8, .. new byte[125]];
        var (alone, wave) = (AudioFile.Read(Bytes(name), Options), AudioFile.Read(bytes, Options));
        Assert.False(wave.Damage.IsAny);
        Assert.Equal(alone.Channel(0), wave.Channel(0));
        Assert.Equal(AudioFile.Probe(Bytes(name), Options).Track ?? "3/12", AudioFile.Probe(bytes, Options).Track); // its own first
    }

    [Theory]
    [InlineData("vorbis-stereo.ogg")]
    [InlineData("opus/modes.opus")]
    public void Pages_that_come_twice_or_in_another_order_are_told(string name)
    {
        var bytes = Bytes(name);
        var pages = SongMood.Audio.Ogg.OggPage.All(ByteSource.Of(bytes), 0)
            .Select(page => bytes[(int)page.Position..(int)page.EndPosition]).ToArray();
        Assert.True(pages.Length > 3);
        byte[][] twice = [.. pages[..^1], pages[^2], pages[^1]], swapped = [.. pages[..^2], pages[^1], pages[^2]];
        foreach (var changed in new[] { twice, swapped })
            Assert.True(AudioFile.Read(changed.SelectMany(page => page).ToArray(), Options).Damage.LostFrameCount > 0);
    }
}
