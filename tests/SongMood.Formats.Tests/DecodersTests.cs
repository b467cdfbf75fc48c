using SongMood.Audio;

namespace SongMood.Formats.Tests;

public class DecodersTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    public static TheoryData<string> Names => [.. FormatsFixtures.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_are_those_of_ffmpeg_and_as_many_as_were_encoded(string name)
    {
        var reference = FormatsFixtures.Reference(name);
        var wave = AudioFile.Read(FormatsFixtures.PathOf(name), Options);
        Assert.Equal(reference.Length, wave.ChannelCount);
        // Layers I and II have no counts. ffmpeg does not cut the end of a Vorbis file of one page.
        Assert.Equal(Path.GetExtension(name) is ".mp1" or ".mp2" ? reference[0].Length : (int)(0.3 * wave.SampleRate), wave.SampleCount);
        Assert.False(wave.Damage.IsAny);
        for (var channel = 0; channel < reference.Length; channel++)
        {
            Assert.True(reference[channel].Max() > 0.1);
            var errors = reference[channel].Zip(wave.Channel(channel).ToArray(), (a, b) => Math.Abs(a - b)).Order().ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{name}, channel {channel}: {errors[^1]}, of 8 in 10 {errors[errors.Length * 8 / 10]}");
            var most = Path.GetExtension(name) is ".mp1" or ".mp2" ? 1e-5 : 1e-4;
            Assert.True(errors[^1] < most, $"{name}, channel {channel}: {errors[^1]}");
        }
    }

    [Fact]
    public void What_is_no_audio_is_told_with_all_that_is_read()
    {
        Assert.Contains("this is text, not audio; MP3, WAV, FLAC, AIFF, Ogg Vorbis, Opus and MPEG Layers I and II are read",
            Told(Options));
        Assert.Contains("MPEG Layers I and II and what ffmpeg knows are read",
            Told(new() { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true }) }));
        Assert.Contains("; MP3, WAV, FLAC and AIFF are read", Told(new()));

        static string Told(AudioReadOptions options) =>
            Assert.Throws<AudioFormatException>(() => AudioFile.Read("Four words of text"u8.ToArray(), options)).Message;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parts_and_pieces_are_those_of_the_whole(string name)
    {
        var path = FormatsFixtures.PathOf(name);
        var whole = AudioFile.Read(path, Options);
        var part = AudioFile.Read(path, Options with { Offset = TimeSpan.FromSeconds(0.1), Duration = TimeSpan.FromSeconds(0.12) });
        Assert.Equal(whole.Channel(0).Slice(whole.SampleRate / 10, (int)Math.Round(0.12 * whole.SampleRate)), part.Channel(0));
        var pieces = AudioFile.ReadPieces(path, TimeSpan.FromSeconds(0.07), Options).SelectMany(piece => piece.Channel(0).ToArray());
        Assert.Equal(whole.Channel(0).ToArray(), pieces);
        Assert.Contains("Offset", Assert.Throws<AudioFormatException>(
            () => AudioFile.Read(path, Options with { Offset = TimeSpan.FromSeconds(5) })).Message);
        Assert.Contains("limit", Assert.Throws<AudioFormatException>(
            () => AudioFile.Read(path, Options with { MaxDuration = TimeSpan.FromSeconds(0.1) })).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Opening_tells_what_a_probe_does_and_so_does_the_decoder_itself(string name)
    {
        var bytes = File.ReadAllBytes(FormatsFixtures.PathOf(name));
        var decoder = Options.Decoders!.Single(decoder => decoder.CanDecode(bytes));
        var (samples, info) = AudioFile.OpenWithInfo(ByteSource.Of(bytes), Options);
        Assert.Equal(decoder.Probe(bytes, Options), info);
        Assert.Equal(decoder.Decode(bytes, Options).Channel(0), samples.ReadWaveform((int)samples.SampleCount).Channel(0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probe_tells_what_decoding_gives(string name)
    {
        var path = FormatsFixtures.PathOf(name);
        var (wave, info) = (AudioFile.Read(path, Options), AudioFile.Probe(path, Options));
        Assert.Equal((wave.SampleRate, wave.ChannelCount), (info.SampleRate, info.ChannelCount));
        Assert.Equal(wave.Duration.TotalSeconds, info.Duration.TotalSeconds, 1e-6);
        Assert.Equal(Path.GetExtension(name) switch { ".ogg" => "Ogg Vorbis", ".opus" => "Opus", ".mp1" => "MP1", _ => "MP2" },
            info.Format);
        if (name is "vorbis-stereo.ogg" or "opus-stereo.opus")
            Assert.Equal(("Fixture", "SongMood", "Tests", "2026", "Rock"), (info.Title, info.Artist, info.Album, info.Year, info.Genre));
    }

    [Fact]
    public void Without_the_decoders_the_formats_are_named()
    {
        foreach (var name in FormatsFixtures.Names())
            Assert.Throws<AudioFormatException>(() => AudioFile.Read(FormatsFixtures.PathOf(name)));
    }

    /// <summary>
    /// Tables in programs look like frames: many a program was decoded as Layer I, or said to be a damaged one. So may samples in a WAV.
    /// </summary>
    [Fact]
    public void What_begins_as_something_else_is_not_taken_for_Layer_I()
    {
        byte[] table = [.. Enumerable.Repeat<byte[]>([0xFF, 0xFF, 0x50, 0], 4000).SelectMany(word => word)];
        var decoders = Options.Decoders!;
        byte[] unmarked = [1, .. table];
        Assert.Contains(decoders, decoder => decoder.CanDecode(unmarked)); // without a mark it cannot be told
        byte[] program = [0x7F, .. "ELF"u8, 2, 1, 1, 0, .. new byte[56], .. table];
        Assert.DoesNotContain(decoders, decoder => decoder.CanDecode(program));
        Assert.Contains("this is a program (ELF)", Assert.Throws<AudioFormatException>(() => AudioFile.Read(program, Options)).Message);
        byte[] tagged = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 8, .. new byte[8], .. program];
        Assert.Contains("this is a program (ELF)", Assert.Throws<AudioFormatException>(() => AudioFile.Read(tagged, Options)).Message);
        // A WAV of 8,000 samples of 16 bits, -1 and 80 in turn.
        byte[] wave = [.. "RIFF"u8, .. BitConverter.GetBytes(36 + table.Length), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0,
            .. BitConverter.GetBytes(22050), .. BitConverter.GetBytes(44100), 2, 0, 16, 0, .. "data"u8,
            .. BitConverter.GetBytes(table.Length), .. table];
        Assert.Equal(8000, AudioFile.Read(wave, Options).SampleCount);
    }

    [Fact]
    public void Defaults()
    {
        var options = new AudioFormatsOptions();
        Assert.Equal((false, "ffmpeg", TimeSpan.FromMinutes(5)), (options.UseFfmpeg, options.FfmpegPath, options.FfmpegTimeout));
        Assert.Equal(3, AudioFormats.Decoders().Count);
        Assert.Equal(4, AudioFormats.Decoders(new() { UseFfmpeg = true }).Count);
        var error = Assert.Throws<ArgumentException>(
            () => AudioFormats.Decoders(new() { FfmpegPath = " ", FfmpegTimeout = TimeSpan.Zero }));
        Assert.Contains("FfmpegPath", error.Message);
        Assert.Contains("FfmpegTimeout", error.Message);
    }
}
