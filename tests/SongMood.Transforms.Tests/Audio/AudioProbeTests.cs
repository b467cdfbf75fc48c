using System.Buffers.Binary;
using System.Text;
using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

public class AudioProbeTests
{
    private static byte[] Clip => File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"));

    [Fact]
    public void A_probe_says_what_decoding_gives()
    {
        foreach (var path in FixtureSignal.AllPaths())
        {
            var whole = AudioFile.Read(path);
            var info = AudioFile.Probe(path);
            Assert.Equal("MP3", info.Format);
            Assert.Equal(whole.SampleRate, info.SampleRate);
            Assert.Equal(whole.ChannelCount, info.ChannelCount);
            Assert.Equal(whole.Duration, info.Duration);
            Assert.Equal(path.Contains("vbr"), info.IsVariableBitRate);
        }
    }

    /// <summary>40 MB: of one whose header can be believed little is read, of any other all.</summary>
    [Fact]
    public void Of_a_large_file_only_the_ends_are_read_where_its_header_fits()
    {
        const int frameCount = 100_000;
        var header = Clip[..417];
        Assert.Equal("Info"u8, header.AsSpan(36, 4));
        Assert.Equal(3, header[43] & 3); // frames and bytes are said
        var frame = Clip[834..(834 + 418)];
        Assert.True(frame[0] == 0xFF && (frame[2] & 2) != 0); // padded
        byte[] unpadded = [.. frame[..^1]];
        unpadded[2] &= 0xFD;
        var ends = Enumerable.Range(0, frameCount + 1).Select(i => (int)(417 + i * 144L * 128_000 / 44_100)).ToArray(); // 11172-3, 2.4.3.1
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(44), frameCount);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(48), ends[^1]);
        header.AsSpan(177, 3).Clear(); // no delays
        var file = new byte[ends[^1]];
        header.CopyTo(file, 0);
        for (var i = 0; i < frameCount; i++)
            (ends[i + 1] - ends[i] == 418 ? frame : unpadded).CopyTo(file, ends[i]);
        var expected = TimeSpan.FromSeconds(frameCount * 1152 / 44100.0);
        var (info, read) = Probe(file);
        Assert.Equal((expected, "MP3", 2), (info.Duration, info.Format, info.ChannelCount));
        Assert.InRange(info.BitRate, 127_000, 129_000);
        Assert.False(info.IsVariableBitRate);
        Assert.InRange(read, 1, 1 << 20);

        byte[] cut = file[..^418]; // the header promises more: the frames must be counted
        var (shorter, readOfCut) = Probe(cut);
        // The first frame leans on bytes before it, and cannot be decoded.
        Assert.Equal(expected.TotalSeconds - 2 * 1152 / 44100.0, shorter.Duration.TotalSeconds, 1e-3);
        Assert.InRange(readOfCut, cut.Length, long.MaxValue);

        var wav = new Wav.WavBytes(new byte[20_000_000]).ToArray();
        var (ofWav, readOfWav) = Probe(wav);
        Assert.Equal(10_000_000 / 48000.0, ofWav.Duration.TotalSeconds, 1e-6);
        Assert.InRange(readOfWav, 1, 1 << 20);

        static (AudioInfo Info, long BytesRead) Probe(byte[] file)
        {
            using var stream = new CountingStream(file);
            return (AudioFile.Probe(stream), stream.BytesRead);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-20)]
    public void A_count_that_the_bytes_belie_is_not_believed(int more)
    {
        var file = Clip;
        var count = file.AsSpan(file.AsSpan().IndexOf("Info"u8) + 8, 4);
        BinaryPrimitives.WriteInt32BigEndian(count, BinaryPrimitives.ReadInt32BigEndian(count) + more);
        Assert.Equal(AudioFile.Read(file).Duration, AudioFile.Probe(file).Duration);
    }

    [Fact]
    public void The_bit_rate_is_the_frames()
    {
        Assert.InRange(AudioFile.Probe(Clip).BitRate, 127_800, 128_200);
        Assert.InRange(AudioFile.Probe(FixtureSignal.PathOf("mpeg1-44100-mono-free.mp3")).BitRate, 74_500, 75_500);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Text_tags_of_every_version_are_read(int version)
    {
        byte[] file =
        [
            .. Tag(
                version,
                Frame(version, "TIT2", "TT2", 3, "Ålesund"),
                Frame(version, "TPE1", "TP1", 1, "Ένας"),
                Frame(version, "TALB", "TAL", 0, "Album"),
                Frame(version, "TCON", "TCO", 0, "(8)"),
                Frame(version, "TRCK", "TRK", 0, "3/12"),
                Frame(version, version == 4 ? "TDRC" : "TYER", "TYE", 2, "1999"),
                Frame(version, "COMM", "COM", 0, "engwhat\0a comment")),
            .. Clip,
        ];
        var info = AudioFile.Probe(file);
        Assert.Equal("Ålesund", info.Title);
        Assert.Equal("Ένας", info.Artist);
        Assert.Equal("Album", info.Album);
        Assert.Equal("Jazz", info.Genre);
        Assert.Equal("3/12", info.Track);
        Assert.Equal("1999", info.Year);
        Assert.Equal("a comment", info.Comment);
        Assert.Equal(AudioFile.Read(Clip).Channel(0), AudioFile.Read(file).Channel(0));
    }

    [Fact]
    public void The_tag_at_the_end_says_what_the_one_at_the_start_does_not()
    {
        var tag = new byte[128];
        Encoding.Latin1.GetBytes("TAGtitle at the end").CopyTo(tag, 0);
        Encoding.Latin1.GetBytes("artist at the end").CopyTo(tag, 33);
        tag[126] = 7;
        tag[127] = 17;
        var info = AudioFile.Probe((byte[])[.. Tag(3, Frame(3, "TIT2", "TT2", 0, "first")), .. Clip, .. tag]);
        Assert.Equal("first", info.Title);
        Assert.Equal("artist at the end", info.Artist);
        Assert.Equal("7", info.Track);
        Assert.Equal("Rock", info.Genre);
        Assert.Null(info.Album);
    }

    [Fact]
    public void A_tag_longer_than_the_limit_is_an_error()
    {
        byte[] file = [.. Tag(3, Frame(3, "TIT2", "TT2", 0, new string('x', 5000))), .. Clip];
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, new AudioReadOptions { MaxTagBytes = 4000 }));
        Assert.Contains("MaxTagBytes", error.Message);
        Assert.Equal(0, error.BytePosition);
        Assert.NotNull(AudioFile.Read(file));
    }

    [Fact]
    public void A_tag_that_claims_more_than_there_is_is_looked_into()
    {
        byte[] file = [.. Tag(3, Frame(3, "TIT2", "TT2", 0, "a title")), .. Clip];
        file[6] = 0x7F;
        Assert.Equal(AudioFile.Read(Clip).Channel(0), AudioFile.Read(file).Channel(0));
    }

    private static byte[] Tag(int version, params byte[][] frames)
    {
        byte[] body = [.. frames.SelectMany(frame => frame), .. new byte[50]];
        var length = body.Length;
        return [.. "ID3"u8, (byte)version, 0, 0, 0, (byte)(length >> 14), (byte)(length >> 7 & 0x7F), (byte)(length & 0x7F), .. body];
    }

    private static byte[] Frame(int version, string name, string shortName, byte encoding, string text)
    {
        byte[] content = encoding switch
        {
            0 => Encoding.Latin1.GetBytes(text),
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            2 => Encoding.BigEndianUnicode.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        var length = content.Length + 1;
        byte[] size = version switch
        {
            2 => [0, (byte)(length >> 8), (byte)length],
            3 => [0, 0, (byte)(length >> 8), (byte)length, 0, 0],
            _ => [0, 0, (byte)(length >> 7), (byte)(length & 0x7F), 0, 0],
        };
        return [.. Encoding.Latin1.GetBytes(version == 2 ? shortName : name), .. size, encoding, .. content];
    }
}
