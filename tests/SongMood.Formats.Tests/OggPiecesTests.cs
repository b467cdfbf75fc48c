using SongMood.Audio;
using SongMood.Formats.Tests.Vorbis;

namespace SongMood.Formats.Tests;

/// <summary>Streams in Ogg are decoded as they are read, however long they are.</summary>
public class OggPiecesTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    [Theory]
    [InlineData("vorbis-stereo.ogg")]
    [InlineData("opus-stereo.opus")]
    public void Longer_audio_than_may_be_read_at_once_comes_in_pieces(string name)
    {
        const int copies = 40;
        var one = AudioFile.Read(FormatsFixtures.PathOf(name), Options);
        var file = Enumerable.Repeat(File.ReadAllBytes(FormatsFixtures.PathOf(name)), copies).SelectMany(bytes => bytes).ToArray();
        var options = Options with { MaxDuration = TimeSpan.FromSeconds(1) };
        Assert.True(one.Duration * copies > 10 * options.MaxDuration);
        Assert.Contains("the limit is 00:00:01", Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, options)).Message);

        using var stream = new MemoryStream(file);
        var position = 0;
        foreach (var piece in AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.25), options))
            foreach (var sample in piece.Channel(1))
                Assert.Equal(one.Channel(1)[position++ % one.SampleCount], sample);
        Assert.Equal(copies * one.SampleCount, position);
    }

    [Theory]
    [InlineData(new byte[0])] // no byte that says what is in it
    [InlineData(new byte[] { (31 << 3) | 3, 0 })] // no frames
    [InlineData(new byte[] { (31 << 3) | 3, 49, 1 })] // 980 ms
    [InlineData(new byte[] { (31 << 3) | 1, 1, 2, 3, 4, 5 })] // two frames of two and a half bytes
    public void An_Opus_packet_whose_frames_cannot_be_told_apart_is_lost_and_told(byte[] packet)
    {
        const int frames = 960;
        byte[] sound = [31 << 3, 0xFF, 0xFE];
        var file = Opus(0).Add(frames, false, sound).Add(2 * frames, false, packet).Add(3 * frames, true, sound);
        var wave = AudioFile.Read(file.Bytes, Options);
        Assert.Equal(1, wave.Damage.LostFrameCount);
        Assert.Equal(2 * frames, wave.SampleCount);
    }

    /// <summary>A granule position may promise more samples than there are: as many are played as there are.</summary>
    [Theory]
    [InlineData(-500)]
    [InlineData(500)]
    [InlineData(1_000_000)]
    public void Opus_granules_cut_but_do_not_add(int more)
    {
        const int frames = 960, packets = 10, preSkip = 312;
        var file = Opus(preSkip);
        for (var i = 1; i <= packets; i++)
            file.Add(i * frames + (i == packets ? more : 0), i == packets, [31 << 3, 0xFF, 0xFE]);
        var wave = AudioFile.Read(file.Bytes, Options);
        Assert.Equal(packets * frames - preSkip + Math.Min(0, more), wave.SampleCount);
        Assert.Equal(wave.Duration, AudioFile.Probe(file.Bytes, Options).Duration);
    }

    /// <summary>RFC 7845, 4.4: only the page that is said to be the last one cuts the end, also where a page before is lost.</summary>
    [Theory]
    [InlineData(true, true, 700)]
    [InlineData(true, false, 700)] // a page in the middle is lost
    [InlineData(false, true, 0)]
    public void The_last_page_of_Opus_cuts_the_end(bool isSaid, bool isWhole, int cut)
    {
        const int frames = 960, packets = 6;
        var file = Opus(100);
        for (var i = 1; i <= packets; i++)
            file.Add(i * frames - (i == packets ? 700 : 0), isSaid && i == packets, [31 << 3, 0xFF, 0xFE]);
        if (!isWhole)
            file.Pages.RemoveAt(4);
        var wave = AudioFile.Read(file.Bytes, Options);
        Assert.Equal((packets - (isWhole ? 0 : 1)) * frames - 100 - cut, wave.SampleCount);
        Assert.Equal(!isWhole, wave.Damage.IsAny);
    }

    [Fact]
    public void An_Opus_file_of_no_samples_is_refused()
    {
        var file = Opus(312).Add(312, true, [31 << 3, 0xFF, 0xFE]); // opusenc writes a packet all the same
        Assert.Contains("no samples", Assert.Throws<AudioFormatException>(() => AudioFile.Read(file.Bytes, Options)).Message);
    }

    private static OggWriter Opus(int preSkip) => new OggWriter(1)
        .Add(0, false, [.. "OpusHead"u8, 1, 1, (byte)preSkip, (byte)(preSkip >> 8), 0x80, 0xBB, 0, 0, 0, 0, 0])
        .Add(0, false, [.. "OpusTags"u8, 0, 0, 0, 0, 0, 0, 0, 0]);
}
