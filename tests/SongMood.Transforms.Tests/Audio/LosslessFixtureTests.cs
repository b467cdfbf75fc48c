using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

public class LosslessFixtureTests
{
    public static TheoryData<string> Names =>
        [.. Fixtures.Lossless("flac").Concat(Fixtures.Lossless("aiff")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_samples_are_bit_for_bit_those_of_the_wav_they_were_made_from(string name)
    {
        var original = AudioFile.Read(Fixtures.PathOfLossless($"sound-{name.Split('-', '.')[^2]}.wav"));
        Assert.True(original is { SampleCount: > 5000, ChannelCount: 2 });
        var wave = AudioFile.Read(Fixtures.PathOfLossless(name));
        Assert.Equal((original.SampleRate, original.ChannelCount), (wave.SampleRate, wave.ChannelCount));
        Assert.Equal("nothing is lost", wave.Damage.ToString());
        for (var channel = 0; channel < 2; channel++)
            Assert.Equal(original.Channel(channel), wave.Channel(channel));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parts_streams_and_pieces_give_the_same(string name)
    {
        var path = Fixtures.PathOfLossless(name);
        var whole = AudioFile.Read(path);
        var options = new AudioReadOptions { Offset = TimeSpan.FromSeconds(0.05), Duration = TimeSpan.FromSeconds(0.06) };
        Assert.Equal(whole.Channel(1).Slice(2205, 2646), AudioFile.Read(path, options).Channel(1));
        var pieces = AudioFile.ReadPieces(path, TimeSpan.FromSeconds(0.02)).SelectMany(piece => piece.Channel(1).ToArray());
        Assert.Equal(whole.Channel(1).ToArray(), pieces);
        using var stream = new TestSupport.ForwardOnlyStream(File.ReadAllBytes(path));
        Assert.Equal(whole.Channel(0), AudioFile.Read(stream).Channel(0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probe_tells_what_decoding_gives(string name)
    {
        var path = Fixtures.PathOfLossless(name);
        var (wave, info) = (AudioFile.Read(path), AudioFile.Probe(path));
        Assert.Equal(name.Contains(".aif") ? "AIFF" : "FLAC", info.Format);
        Assert.Equal((wave.SampleRate, wave.ChannelCount, wave.Duration), (info.SampleRate, info.ChannelCount, info.Duration));
        Assert.InRange(info.BitRate, 8 * 0.3 * new FileInfo(path).Length / info.Duration.TotalSeconds,
            8 * 1.01 * new FileInfo(path).Length / info.Duration.TotalSeconds);
    }

    [Theory]
    [InlineData("flac-5-16.flac")]
    [InlineData("flac-ogg-16.oga")]
    public void Vorbis_comments_are_read(string name)
    {
        var info = AudioFile.Probe(Fixtures.PathOfLossless(name));
        Assert.Equal(("Fixture", "SongMood", "Tests", "2026", "Rock", "3", "Made"),
            (info.Title, info.Artist, info.Album, info.Year, info.Genre, info.Track, info.Comment));
    }

    [Fact]
    public void Text_chunks_of_an_aiff_are_read()
    {
        var info = AudioFile.Probe(Fixtures.PathOfLossless("pcm-16.aiff"));
        Assert.Equal(("Fixture", "SongMood"), (info.Title, info.Artist));
    }
}
