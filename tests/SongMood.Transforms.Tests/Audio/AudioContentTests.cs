using System.Text;
using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

public class AudioContentTests
{
    [Theory]
    [InlineData("fLaC\0\0\0\"", "FLAC")]
    [InlineData("OggS\0\u0002", "Ogg")]
    [InlineData("\0\0\0\u0020ftypM4A ", "AAC")]
    [InlineData("MThd\0\0\0\u0006", "MIDI")]
    [InlineData("PK\u0003\u0004", "ZIP")]
    [InlineData("<html><body>404</body></html>", "text")]
    public void What_is_not_read_is_named(string start, string name)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(start), .. name == "text" ? [] : new byte[5000]];
        Assert.Contains(name, Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes)).Message);
    }

    [Theory]
    [InlineData(0xFFFD9004u, "Layer II")] // MPEG-1 Layer II, 160 kb/s, 44.1 kHz: 522 bytes
    [InlineData(0xFFFF9004u, "Layer I ")] // MPEG-1 Layer I, 288 kb/s
    [InlineData(0xFFF15080u, "AAC")] // ADTS, frames of 300 bytes
    public void Streams_with_the_same_sync_word_are_named(uint header, string name)
    {
        var length = name switch { "Layer II" => 144 * 160000 / 44100, "AAC" => 300, _ => 4 * (12 * 288000 / 44100) };
        var frame = new byte[length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(frame, header);
        if (name == "AAC")
            (frame[4], frame[5]) = (300 >> 3, (300 & 7) << 5);
        byte[] bytes = [.. Enumerable.Repeat(frame, 8).SelectMany(bytes => bytes)];
        Assert.Contains(name, Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes)).Message);
    }

    [Fact]
    public void The_name_of_a_file_does_not_matter()
    {
        var folder = Directory.CreateTempSubdirectory("songmood").FullName;
        try
        {
            var path = Path.Combine(folder, "song.flac");
            File.Copy(FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3"), path);
            Assert.Equal(22050, AudioFile.Read(path).SampleRate);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_mp3_in_a_wav_is_read()
    {
        var clip = File.ReadAllBytes(FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3"));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(clip.Length + 36);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write(0x00020055);
        writer.Write(22050);
        writer.Write(8000);
        writer.Write(0x00000001);
        writer.Write("data"u8);
        writer.Write(clip.Length);
        writer.Write(clip);
        Assert.Equal(AudioFile.Read(clip).Channel(1), AudioFile.Read(stream.ToArray()).Channel(1));
        Assert.Equal("MP3", AudioFile.Probe(stream.ToArray()).Format);
    }

    [Fact]
    public void A_registered_decoder_reads_its_own_format()
    {
        AudioFile.Register(new ToneDecoder());
        var options = new AudioReadOptions { Mono = true, SampleRate = 4000 };
        var wave = AudioFile.Read("TONE of a test"u8.ToArray(), options);
        Assert.Equal((1, 4000, 400), (wave.ChannelCount, wave.SampleRate, wave.SampleCount));
        Assert.Equal("tone", AudioFile.Probe("TONE of a test"u8.ToArray()).Format);
        Assert.Equal([".aif", ".aifc", ".aiff", ".flac", ".mp3", ".mpga", ".oga", ".tone", ".wav", ".wave"], AudioFile.FileNameSuffixes);
    }

    [Fact]
    public void A_decoder_of_the_options_serves_that_call_alone()
    {
        var input = "CALL of a test"u8.ToArray();
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(input));
        var options = new AudioReadOptions
        {
            Decoders = [new ToneDecoder { Start = "none"u8.ToArray() }, new ToneDecoder { Start = input }],
        };
        Assert.Equal(800, AudioFile.Read(input, options).SampleCount);
        Assert.Equal("tone", AudioFile.Probe(input, options).Format);
        Assert.Equal("MP3", AudioFile.Probe(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"), options).Format);
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(input));
    }

    [Fact]
    public void A_decoder_of_the_options_is_asked_before_our_own()
    {
        var wav = "RIFF of a test"u8.ToArray();
        Assert.Equal("tone", AudioFile.Probe(wav, new() { Decoders = [new ToneDecoder { Start = wav }] }).Format);
    }

    [Fact]
    public void Decoders_that_are_null_are_refused() => Assert.Contains("Decoders is a list with a null",
        Assert.Throws<ArgumentException>(() => AudioFile.Read("CALL"u8.ToArray(), new() { Decoders = [null!] })).Message);

    private sealed class ToneDecoder : IAudioDecoder
    {
        public byte[] Start { get; init; } = "TONE of a test"u8.ToArray();

        public IReadOnlyList<string> FileNameSuffixes => [".tone"];

        public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Start);

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) =>
            new() { Format = "tone", SampleRate = 8000, ChannelCount = 2, Duration = TimeSpan.FromSeconds(0.1), BitRate = 1 };

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => new([new float[800], new float[800]], 8000);
    }
}
