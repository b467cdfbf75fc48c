using System.Buffers.Binary;
using System.Text;
using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Texts that other players show of a file, from wherever in it they stand. ffprobe tells the same of such files.</summary>
public class ProbedTextTests
{
    private static readonly byte[] Mp3 = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-mono-free.mp3"));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_APE_tag_is_read_at_either_end(bool isAtEnd, bool hasHeader)
    {
        var tag = Ape(hasHeader, ("Title", "Äpe"), ("ARTIST", "Eins\0Zwei"), ("Year", "1999"), ("Track", "3/12"), ("Genre", "Rock"));
        var info = AudioFile.Probe(isAtEnd ? (byte[])[.. Mp3, .. tag, .. Id3V1("Äpe, cut sho")] : [.. tag, .. Mp3]);
        Assert.Equal(("Äpe", "Eins", "1999", "3/12", "Rock"), (info.Title, info.Artist, info.Year, info.Track, info.Genre));
        Assert.Equal(AudioFile.Read(Mp3).SampleCount, AudioFile.Read([.. Mp3, .. tag]).SampleCount);
    }

    [Theory]
    [InlineData("Über", "utf-8")]
    [InlineData("Über", "latin1")]
    public void ID3v1_is_read_in_UTF8_and_in_Latin1(string title, string encoding) =>
        Assert.Equal(title, AudioFile.Probe((byte[])[.. Mp3, .. Id3V1(title, encoding)]).Title);

    [Theory]
    [InlineData("(17)(31)Trip", "Trip")]
    [InlineData("(17)(31)", "Rock")]
    [InlineData("(17)", "Rock")]
    [InlineData("131", "Indie")]
    [InlineData("(191)", "Psybient")]
    [InlineData("(RX)", "Remix")]
    [InlineData("CR", "Cover")]
    [InlineData("(Post-)Rock", "(Post-)Rock")]
    [InlineData("((Post-)Rock", "(Post-)Rock")]
    [InlineData("(250)", "(250)")]
    [InlineData("(250)Own", "Own")]
    public void A_genre_is_a_name(string written, string name) =>
        Assert.Equal(name, AudioFile.Probe((byte[])[.. Id3V2(3, ("TCON", "\0" + written)), .. Mp3]).Genre);

    [Fact]
    public void What_a_player_keeps_for_itself_is_no_comment()
    {
        var numbers = ("COMM", "\0engiTunNORM\0 00000AAA");
        Assert.Null(AudioFile.Probe((byte[])[.. Id3V2(3, numbers), .. Mp3]).Comment);
        byte[] file = [.. Id3V2(3, numbers, ("COMM", "\0engabout\0described"), ("COMM", "\0eng\0plain")), .. Mp3];
        Assert.Equal("plain", AudioFile.Probe(file).Comment);
    }

    /// <summary>iTunes wrote the sizes of frames in 2.4 as in 2.3; 200 and 300 are other numbers then.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    public void Frames_with_sizes_of_the_other_version_are_read(int length)
    {
        var file = Id3V2(3, ("TIT2", "\0" + new string('x', length - 1)), ("TPE1", "\0artist"));
        file[3] = 4;
        var info = AudioFile.Probe((byte[])[.. file, .. Mp3]);
        Assert.Equal((new string('x', length - 1), "artist"), (info.Title, info.Artist));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_list_of_a_WAV_is_read_before_and_behind_the_samples(bool isBefore)
    {
        var list = List(("INAM", "Welle"), ("IART", "Künstler"), ("IPRD", "Album"), ("ICRD", "1999-01-02"), ("IPRT", "3/12"),
            ("IGNR", "Rock"), ("ICMT", "a comment"));
        var info = AudioFile.Probe(isBefore ? Wav(list, []) : Wav([], list));
        Assert.Equal(("Welle", "Künstler", "Album"), (info.Title, info.Artist, info.Album));
        Assert.Equal(("1999-01-02", "3/12", "Rock", "a comment"), (info.Year, info.Track, info.Genre, info.Comment));
    }

    [Theory]
    [InlineData("id3 ")]
    [InlineData("ID3 ")]
    public void ID3_in_a_WAV_counts_more_than_its_list(string chunk)
    {
        var info = AudioFile.Probe(Wav(List(("INAM", "Wel"), ("IART", "listed")), Chunk(chunk, Id3V2(3, ("TIT2", "\0Welle")))));
        Assert.Equal(("Welle", "listed"), (info.Title, info.Artist));
    }

    [Fact]
    public void ID3_in_an_AIFF_counts_more_than_its_chunks()
    {
        static byte[] Chunk(string name, byte[] body)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
            return [.. Encoding.ASCII.GetBytes(name), .. length, .. body, .. new byte[body.Length % 2]];
        }

        byte[] common = [0, 1, 0, 0, 0, 100, 0, 16, 0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]; // 1 channel, 100 samples, 16 bits, 44,100 Hz
        byte[] body = [.. "AIFF"u8, .. Chunk("COMM", common), .. Chunk("NAME", "Wel"u8.ToArray()), .. Chunk("AUTH", "author"u8.ToArray()),
            .. Chunk("SSND", new byte[208]), .. Chunk("ID3 ", Id3V2(3, ("TIT2", "\0Welle")))];
        var info = AudioFile.Probe(Chunk("FORM", body));
        Assert.Equal(("Welle", "author"), (info.Title, info.Artist));
    }

    private static byte[] Id3V2(byte version, params (string Name, string Content)[] frames)
    {
        byte[] body = [.. frames.SelectMany(frame => Frame(frame.Name, Encoding.Latin1.GetBytes(frame.Content)))];
        byte[] length = [0, (byte)(body.Length >> 14), (byte)(body.Length >> 7 & 127), (byte)(body.Length & 127)];
        return [.. "ID3"u8, version, 0, 0, .. length, .. body];
    }

    private static byte[] Frame(string name, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, 0, 0, .. content];
    }

    private static byte[] Id3V1(string title, string encoding = "latin1")
    {
        var tag = new byte[128];
        "TAG"u8.CopyTo(tag);
        Encoding.GetEncoding(encoding).GetBytes(title).CopyTo(tag, 3);
        tag[127] = 255;
        return tag;
    }

    private static byte[] Ape(bool hasHeader, params (string Name, string Value)[] items)
    {
        byte[] body = [.. items.SelectMany(item => Item(item.Name, Encoding.UTF8.GetBytes(item.Value)))];
        byte[] Ends(uint flags) => [.. "APETAGEX"u8, .. Little(2000), .. Little((uint)body.Length + 32), .. Little((uint)items.Length),
            .. Little(flags), .. new byte[8]];
        return [.. hasHeader ? Ends(0xA0000000) : [], .. body, .. Ends(hasHeader ? 0x80000000 : 0)];
    }

    private static byte[] Item(string name, byte[] value) =>
        [.. Little((uint)value.Length), .. Little(0), .. Encoding.ASCII.GetBytes(name), 0, .. value];

    private static byte[] List(params (string Name, string Value)[] texts) =>
        Chunk("LIST", [.. "INFO"u8, .. texts.SelectMany(text => Chunk(text.Name, [.. Encoding.UTF8.GetBytes(text.Value), 0]))]);

    private static byte[] Wav(byte[] before, byte[] behind)
    {
        byte[] format = [1, 0, 1, 0, .. Little(44100), .. Little(88200), 2, 0, 16, 0];
        return Chunk("RIFF", [.. "WAVE"u8, .. Chunk("fmt ", format), .. before, .. Chunk("data", new byte[200]), .. behind]);
    }

    private static byte[] Chunk(string name, byte[] body) =>
        [.. Encoding.ASCII.GetBytes(name), .. Little((uint)body.Length), .. body, .. new byte[body.Length % 2]];

    private static byte[] Little(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
