using System.Buffers.Binary;
using SongMood.Audio;
using SongMood.Transforms.Tests.Audio.Wav;

namespace SongMood.Transforms.Tests.Audio.Aiff;

public class AiffFileTests
{
    private const int Count = 100;

    private static readonly byte[] Data = [.. Enumerable.Range(0, 4 * Count).Select(i => (byte)(37 * i + i / 7))];

    [Theory]
    [InlineData(12, 2)]
    [InlineData(16, 2)]
    [InlineData(20, 3)]
    [InlineData(24, 3)]
    [InlineData(32, 4)]
    public void Whole_numbers_are_big_endian_and_fill_their_bytes_from_the_top(int bits, int width)
    {
        var wave = AudioFile.Read(Aiff(Data[..(Count * width)], bits));
        var wav = AudioFile.Read(new WavBytes(Data[..(Count * width)]) { Mark = "RIFX", Bits = 8 * width }.ToArray());
        Assert.Equal(Count, wave.SampleCount);
        Assert.Equal(wav.Channel(0), wave.Channel(0));
    }

    [Fact]
    public void Bytes_have_a_sign()
    {
        var wave = AudioFile.Read(Aiff([0, 1, 0x7F, 0x80, 0xFF, 0], 8, channels: 2));
        Assert.Equal([0, 127 / 128f, -1 / 128f], wave.Channel(0).ToArray());
        Assert.Equal([1 / 128f, -1, 0], wave.Channel(1).ToArray());
    }

    [Theory]
    [InlineData("alaw", 6)]
    [InlineData("ULAW", 7)]
    public void Companded_samples_are_those_of_a_wav(string compression, int tag)
    {
        var wav = AudioFile.Read(new WavBytes(Data) { Tag = tag, Bits = 8 }.ToArray());
        Assert.Equal(wav.Channel(0), AudioFile.Read(Aiff(Data, 16, compression: compression, width: 1)).Channel(0));
    }

    [Theory]
    [InlineData(44100)]
    [InlineData(8000)]
    [InlineData(192000)]
    public void The_rate_is_a_number_of_80_bits(int rate) => Assert.Equal(rate, AudioFile.Read(Aiff(Data, 16, rate: rate)).SampleRate);

    [Fact]
    public void What_is_behind_and_before_does_not_matter()
    {
        var plain = AudioFile.Read(Aiff(Data, 16));
        byte[] id3 = [.. "ID3\u0004\0\0\0\0\u0001\0"u8, .. new byte[128]];
        var wave = AudioFile.Read((byte[])[.. id3, .. Aiff(Data, 16, soundFirst: true, offset: 6), .. "TAG"u8, .. new byte[125]]);
        Assert.Equal(plain.Channel(0), wave.Channel(0));
        Assert.False(wave.Damage.IsAny);
    }

    [Fact]
    public void A_file_cut_short_gives_what_is_there_and_says_so()
    {
        var whole = AudioFile.Read(Aiff(Data, 16));
        var cut = AudioFile.Read(Aiff(Data, 16).AsMemory(0, 54 + 150));
        Assert.Equal(whole.Channel(0)[..75], cut.Channel(0));
        Assert.Contains("cut off", cut.Damage.ToString());
    }

    /// <summary>As in a WAV: chunks behind the samples that have samples of their own cannot be passed over in silence.</summary>
    [Fact]
    public void Samples_behind_the_first_ones_are_counted()
    {
        byte[] file = Aiff(Data, 16), sound = Chunk("SSND", [.. new byte[8], .. Data]);
        var joined = AudioFile.Read((byte[])[.. file, .. Aiff(Data, 16, rate: 22050)]);
        Assert.Equal(AudioFile.Read(file).Channel(0), joined.Channel(0));
        Assert.Equal((1, file.Length), (joined.Damage.LostFrameCount, joined.Damage.SkippedByteCount));
        Assert.Contains($"{file.Length} bytes behind the length", joined.Damage.ToString());
        Assert.Equal(sound.Length, AudioFile.Read((byte[])[.. file, .. sound]).Damage.SkippedByteCount);
        Assert.False(AudioFile.Read((byte[])[.. file, .. Chunk("APPL", [.. "stoc"u8])]).Damage.IsAny);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_length_that_the_writer_did_not_know_goes_to_the_end(uint length)
    {
        var bytes = Aiff(Data, 16);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(42), length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(22), 0); // of COMM
        Assert.Equal(AudioFile.Read(Aiff(Data, 16)).Channel(0), AudioFile.Read(bytes).Channel(0));
    }

    /// <summary>As in ffmpeg: all samples of a chunk are played, whatever the other one says of their number.</summary>
    [Theory]
    [InlineData(0u)]
    [InlineData(40u)]
    [InlineData(7_000u)]
    public void The_length_of_the_chunk_counts_rather_than_the_number_of_samples(uint said)
    {
        var bytes = Aiff(Data, 16);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(22), said);
        var wave = AudioFile.Read(bytes);
        Assert.Equal(AudioFile.Read(Aiff(Data, 16)).Channel(0), wave.Channel(0));
        Assert.False(wave.Damage.IsAny);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // a writer forgot the byte that makes its length even
    public void Text_of_an_odd_length_is_read(bool isPadded)
    {
        byte[] file = Aiff(Data, 16), name = Chunk("NAME", [.. "caf"u8, 0xE9, (byte)'!']), author = Chunk("AUTH", [.. "Zo\u00EB"u8]);
        byte[] bytes = [.. file[..12], .. isPadded ? name : name[..^1], .. author, .. file[12..]];
        Assert.Equal(1, name.Length - name.AsSpan().TrimEnd((byte)0).Length);
        var info = AudioFile.Probe(bytes);
        Assert.Equal(("caf\u00E9!", "Zo\u00EB"), (info.Title, info.Artist)); // Latin-1, as it cannot be UTF-8, and UTF-8
        Assert.Equal(AudioFile.Read(file).Channel(0), AudioFile.Read(bytes).Channel(0));
    }

    [Fact]
    public void A_huge_text_is_passed_over()
    {
        var file = Aiff(Data, 16);
        byte[] bytes = [.. file[..12], .. Chunk("NAME", new byte[1 << 20]), .. Chunk("ANNO", [.. "short"u8]), .. file[12..]];
        bytes.AsSpan(20, 1 << 20).Fill((byte)'x');
        Assert.Equal((null, "short"), (AudioFile.Probe(bytes).Title, AudioFile.Probe(bytes).Comment));
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        Refused("'ima4'", Aiff(Data, 16, compression: "ima4"));
        Refused("0 channels", Aiff(Data, 16, channels: 0));
        Refused("40-bit", Aiff(Data, 40));
        Refused("500 Hz", Aiff(Data, 16, rate: 500));
        Refused("no SSND chunk", Aiff(Data, 16).AsMemory(0, 40));
        Refused("no COMM chunk", Aiff(Data, 16).AsMemory(0, 14));
        Refused("no samples", Aiff([], 16));
    }

    private static void Refused(string said, ReadOnlyMemory<byte> bytes) =>
        Assert.Contains(said, Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes)).Message);

    private static byte[] Aiff(byte[] data, int bits, int channels = 1, int rate = 44100, string? compression = null, int? width = null,
        bool soundFirst = false, int offset = 0)
    {
        var block = channels * (width ?? (bits + 7) / 8);
        var common = new byte[compression is null ? 18 : 24];
        BinaryPrimitives.WriteInt16BigEndian(common, (short)channels);
        BinaryPrimitives.WriteInt32BigEndian(common.AsSpan(2), block == 0 ? 0 : data.Length / block);
        BinaryPrimitives.WriteInt16BigEndian(common.AsSpan(6), (short)bits);
        var exponent = (int)Math.Log2(rate);
        BinaryPrimitives.WriteInt16BigEndian(common.AsSpan(8), (short)(16383 + exponent));
        BinaryPrimitives.WriteUInt64BigEndian(common.AsSpan(10), (ulong)rate << (63 - exponent));
        if (compression is not null)
            System.Text.Encoding.ASCII.GetBytes(compression).CopyTo(common, 18);
        var sound = Chunk("SSND", [0, 0, 0, (byte)offset, 0, 0, 0, 0, .. new byte[offset], .. data]);
        byte[] chunks = soundFirst ? [.. sound, .. Chunk("COMM", common)] : [.. Chunk("COMM", common), .. sound];
        return Chunk("FORM", [.. compression is null ? "AIFF"u8 : "AIFC"u8, .. chunks]);
    }

    private static byte[] Chunk(string name, byte[] body)
    {
        byte[] chunk = [.. System.Text.Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, .. body, .. new byte[body.Length % 2]];
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), body.Length);
        return chunk;
    }
}
