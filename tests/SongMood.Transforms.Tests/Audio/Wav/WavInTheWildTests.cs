using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio.Wav;

/// <summary>WAV files as streaming programs, recorders, telephones and old editors write them.</summary>
public class WavInTheWildTests
{
    private static readonly byte[] Samples = [0x00, 0x40, 0x00, 0xC0, 0x00, 0x20, 0x34, 0x12]; // 16 bits: 0.5, -0.5, 0.25, ...
    private static readonly float[] Values = [0.5f, -0.5f, 0.25f, 0x1234 / 32768f];

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0x7FFFF000u)] // sox
    public void A_length_that_was_never_filled_in_means_to_the_end(uint length)
    {
        var bytes = new WavBytes(Samples) { DataLength = length }.ToArray();
        var wave = AudioFile.Read(bytes);
        Assert.Equal(Values, wave.Channel(0));
        Assert.Equal(0, wave.DamagedFrameCount);
        Assert.Equal(4 / 48000.0, AudioFile.Probe(bytes).Duration.TotalSeconds, 1e-6);
    }

    [Fact]
    public void An_empty_data_chunk_before_others_is_empty()
    {
        var bytes = new WavBytes([]) { After = WavBytes.Chunk("LIST", "INFOISFT\x04\0\0\0abc\0"u8.ToArray()) }.ToArray();
        Assert.Contains("no samples", Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes)).Message);
    }

    [Fact]
    public void What_is_missing_of_the_promised_length_is_counted()
    {
        var wave = AudioFile.Read(new WavBytes(Samples) { DataLength = 80 }.ToArray());
        Assert.Equal(Values, wave.Channel(0));
        Assert.Equal(1, wave.DamagedFrameCount);
        Assert.Equal(0, AudioFile.Read(new WavBytes(Samples).ToArray()).DamagedFrameCount);
    }

    [Fact]
    public void A_file_that_is_cut_off_is_called_so()
    {
        var damage = AudioFile.Read(new WavBytes(new byte[96_000]) { DataLength = 192_000 }.ToArray()).Damage;
        Assert.Equal("the audio is cut off: the header promises more than there is; 1.0 s of 2.0 s are there", damage.ToString());
        byte[] sizes = [.. new byte[8], 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. new byte[12]];
        var bogus = new WavBytes(Samples) { Mark = "RF64", DataLength = uint.MaxValue, Between = WavBytes.Chunk("ds64", sizes) };
        damage = AudioFile.Read(bogus.ToArray()).Damage;
        Assert.True(damage.IsAny);
        Assert.Null(damage.Promised); // 3 million years
    }

    [Theory]
    [InlineData("RIFF")]
    [InlineData("RIFX")]
    public void Samples_behind_a_length_that_is_too_small_are_counted(string mark)
    {
        var data = Enumerable.Range(0, 220_500).SelectMany(i => BitConverter.GetBytes((short)(9000 * Math.Sin(0.06 * i)))).ToArray();
        Assert.Equal(441_000, data.Length);
        var file = new WavBytes(data) { Mark = mark, Rate = 44100 };
        var damage = AudioFile.Read(file.ToArray()).Damage;
        Assert.Equal(AudioDamage.None, damage);
        var wave = AudioFile.Read((file with { DataLength = 1000 }).ToArray());
        Assert.Equal(500, wave.SampleCount); // as ffmpeg
        Assert.Equal(1, wave.DamagedFrameCount);
        Assert.Equal(440_000, wave.Damage.SkippedByteCount);
        Assert.Equal(5.0, wave.Damage.Promised!.Value.TotalSeconds, 1e-6);
        Assert.StartsWith("440000 bytes behind the length that the header gives were left out; 0.0 s of 5.0 s", wave.Damage.ToString());
    }

    [Fact]
    public void Chunks_tags_and_padding_behind_the_samples_are_no_loss()
    {
        var list = WavBytes.Chunk("LIST", "INFOISFT\x04\0\0\0abc\0"u8.ToArray());
        byte[] id3V1 = [.. "TAG"u8, .. new byte[125]];
        var zeros = new byte[20_000];
        foreach (var after in new byte[][] { list, [.. list, .. list, .. id3V1], id3V1, [0], zeros, [.. list, .. zeros] })
            Assert.Equal(AudioDamage.None, AudioFile.Read(new WavBytes(Samples) { After = after }.ToArray()).Damage);
    }

    [Fact]
    public void Another_WAV_or_more_samples_behind_the_samples_are_counted()
    {
        var data = new byte[96_000];
        var list = WavBytes.Chunk("LIST", "INFOISFT\x04\0\0\0abc\0"u8.ToArray());
        var second = new WavBytes(data).ToArray();
        foreach (var after in new byte[][] { second, [.. list, .. second], WavBytes.Chunk("data", data) })
        {
            var wave = AudioFile.Read(new WavBytes(data) { After = after }.ToArray());
            Assert.Equal(48_000, wave.SampleCount); // as ffmpeg
            Assert.Equal(1, wave.DamagedFrameCount);
            Assert.InRange(wave.Damage.SkippedByteCount, 96_000, 96_044);
            Assert.Contains("1.0 s of 2.0 s are there", wave.Damage.ToString());
        }
    }

    [Fact]
    public void An_empty_data_chunk_before_that_of_the_samples_is_passed_over()
    {
        var bytes = new WavBytes(Samples) { Between = WavBytes.Chunk("data", []) }.ToArray();
        Assert.Equal(Values, AudioFile.Read(bytes).Channel(0));
    }

    [Fact]
    public void Tags_and_zeros_before_the_header_are_passed_over()
    {
        byte[] tag = [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 10, .. new byte[10]];
        foreach (var before in new byte[][] { tag, [.. tag, .. tag], new byte[7], [.. tag, .. new byte[100], .. tag] })
        {
            var bytes = new WavBytes(Samples) { Before = before }.ToArray();
            Assert.Equal(Values, AudioFile.Read(bytes).Channel(0));
            Assert.Equal("WAV", AudioFile.Probe(bytes).Format);
        }
    }

    [Fact]
    public void Chunks_may_come_in_any_order_and_unpadded()
    {
        Assert.Equal(Values, AudioFile.Read(new WavBytes(Samples) { FormatLast = true }.ToArray()).Channel(0));
        var odd = WavBytes.Chunk("junk", [1, 2, 3]);
        Assert.Equal(12, odd.Length);
        Assert.Equal(Values, AudioFile.Read(new WavBytes(Samples) { Between = odd }.ToArray()).Channel(0));
        var unpadded = WavBytes.Chunk("junk", [1, 2, 3], pad: false);
        Assert.Equal(11, unpadded.Length);
        Assert.Equal(Values, AudioFile.Read(new WavBytes(Samples) { Between = unpadded }.ToArray()).Channel(0));
        byte[] padded = [.. unpadded, 0xFF]; // with what lay in the writer's memory
        Assert.Equal(Values, AudioFile.Read(new WavBytes(Samples) { Between = padded }.ToArray()).Channel(0));
    }

    [Fact]
    public void The_first_of_two_formats_counts()
    {
        var second = new WavBytes([]) { Rate = 8000 }.ToArray()[12..36];
        Assert.Equal("fmt "u8, second.AsSpan(0, 4));
        var wave = AudioFile.Read(new WavBytes(Samples) { Between = second }.ToArray());
        Assert.Equal(48000, wave.SampleRate);
        Assert.Equal(Values, wave.Channel(0));
    }

    [Theory]
    [InlineData(1, 16, 0x1234 / 32768f)]
    [InlineData(1, 24, 0x123456 / 8388608f)]
    [InlineData(1, 32, 0x12345678 / 2147483648f)]
    [InlineData(3, 32, 0.15625f)]
    [InlineData(3, 64, 0.15625f)]
    public void A_big_endian_file_is_read(int tag, int bits, float expected)
    {
        byte[] sample = tag == 1 ? [0x12, 0x34, 0x56, 0x78] : bits == 32 ? [0x3E, 0x20, 0, 0] : [0x3F, 0xC4, 0, 0, 0, 0, 0, 0];
        byte[] data = [.. sample[..(bits / 8)], .. new byte[bits / 8]];
        Assert.Equal([expected, 0], AudioFile.Read(new WavBytes(data) { Mark = "RIFX", Tag = tag, Bits = bits }.ToArray()).Channel(0));
        var extension = WavBytes.Extensible(bits, WavBytes.SubFormat(tag), isBigEndian: true);
        var extensible = new WavBytes(data) { Mark = "RIFX", Tag = 0xFFFE, Bits = bits, Extension = extension };
        Assert.Equal([expected, 0], AudioFile.Read(extensible.ToArray()).Channel(0));
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void A_large_file_says_its_length_in_ds64(string mark)
    {
        byte[] sizes = [0xFF, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var file = new WavBytes(Samples) { Mark = mark, DataLength = uint.MaxValue, Between = WavBytes.Chunk("ds64", sizes) };
        Assert.Equal(Values[..3], AudioFile.Read(file.ToArray()).Channel(0));
        sizes.AsSpan(8, 8).Fill(0xFF); // a streaming writer's
        Assert.Equal(Values, AudioFile.Read((file with { Between = WavBytes.Chunk("ds64", sizes) }).ToArray()).Channel(0));
        sizes[15] = 0x7F; // 2^63 - 1 bytes promised
        Assert.Equal(Values, AudioFile.Read((file with { Between = WavBytes.Chunk("ds64", sizes) }).ToArray()).Channel(0));
    }

    [Theory]
    [InlineData(1, 8, 0)]
    [InlineData(1, 16, 0)]
    [InlineData(1, 24, 0)]
    [InlineData(3, 32, 0)]
    [InlineData(1, 20, 3)] // 20 bits in three bytes, the upper ones
    [InlineData(1, 12, 2)]
    public void A_block_alignment_of_0_and_odd_widths_are_what_the_bits_take(int tag, int bits, int block)
    {
        var width = (bits + 7) / 8;
        var data = new byte[2 * width];
        byte[] sample =
            (tag, width) switch { (3, _) => BitConverter.GetBytes(0.5f), (_, 1) => [0xC0], (_, 2) => [0, 0x40], _ => [0, 0, 0x40] };
        sample.CopyTo(data, 0);
        Assert.Equal(0.5f, AudioFile.Read(new WavBytes(data) { Tag = tag, Bits = bits, Block = block }.ToArray()).Channel(0)[0]);
    }

    [Theory]
    [InlineData(1, 24, 24)] // plain
    [InlineData(0xFFFE, 32, 24)]
    [InlineData(0xFFFE, 24, 24)]
    public void Bits_24_in_four_bytes_are_read_wherever_they_lie(int tag, int bits, int validBits)
    {
        float[] expected = [0.5f, -0.25f, 0x123456 / 8388608f, 0, -0x123456 / 8388608f];
        var extension = tag == 1 ? [] : WavBytes.Extensible(validBits, WavBytes.SubFormat(1));
        Assert.Equal(expected, Read(v => BitConverter.GetBytes((int)(v * 8388608) << 8))); // as the standard says
        Assert.Equal(expected, Read(v => BitConverter.GetBytes((int)(v * 8388608)))); // right-aligned
        Assert.Equal(expected, Read(v => BitConverter.GetBytes(v * 8388608))); // Adobe's floats, as ffmpeg reads them

        ReadOnlySpan<float> Read(Func<float, byte[]> bytes)
        {
            var file = new WavBytes([.. expected.SelectMany(bytes)]) { Tag = tag, Bits = bits, Block = 4, Extension = extension };
            return AudioFile.Read(file.ToArray()).Channel(0);
        }
    }

    [Fact]
    public void Bytes_24_in_four_that_tell_nothing_are_the_upper_ones()
    {
        // Two channels, the low byte in use: the standard's reading is the only one without contradiction.
        var data = Enumerable.Range(0, 4000).Select(i => (byte)(37 * i)).ToArray();
        var wave = AudioFile.Read(new WavBytes(data) { Channels = 2, Bits = 24, Block = 8, Rate = 44100 }.ToArray());
        Assert.Equal((500, 2), (wave.SampleCount, wave.ChannelCount));
        Assert.Equal(BitConverter.ToInt32(data, 8) / 2147483648f, wave.Channel(0)[1]);
        Assert.Equal(BitConverter.ToInt32(data, 12) / 2147483648f, wave.Channel(1)[1]);
    }

    [Fact]
    public void Ambisonic_sub_formats_are_plain_inside()
    {
        var extension = WavBytes.Extensible(16, new Guid("00000001-0721-11d3-8644-c8c1ca000000"));
        Assert.Equal(Values, AudioFile.Read(new WavBytes(Samples) { Tag = 0xFFFE, Extension = extension }.ToArray()).Channel(0));
        var other = WavBytes.Extensible(16, new Guid("12345678-0721-11d3-8644-c8c1ca000001"));
        var bytes = new WavBytes(Samples) { Tag = 0xFFFE, Extension = other }.ToArray();
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes));
        Assert.Contains("12345678-0721-11d3-8644-c8c1ca000001", error.Message);
    }

    [Theory]
    [InlineData(0x02, 4, "Microsoft ADPCM")]
    [InlineData(0x11, 4, "IMA ADPCM")]
    [InlineData(0x31, 0, "GSM")]
    [InlineData(0x45, 4, "G.726")]
    [InlineData(0x50, 0, "MPEG Layer I or II")]
    [InlineData(0xF1AC, 16, "FLAC")]
    [InlineData(0x1234, 16, "0x1234")]
    [InlineData(0xFFFE, 16, "an extensible format without the codec's own")]
    public void A_codec_that_is_not_read_is_named(int tag, int bits, string expected)
    {
        var bytes = new WavBytes(Samples) { Tag = tag, Bits = bits, Block = 4 }.ToArray();
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes));
        Assert.Contains(expected, error.Message);
        Assert.Contains("pcm_s16le", error.Message); // what to do
        Assert.Equal(12, error.BytePosition);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(999u)]
    [InlineData(768_001u)]
    [InlineData(4_294_967_295u)]
    public void A_rate_that_cannot_be_is_named(uint rate)
    {
        var bytes = new WavBytes(Samples) { Rate = rate }.ToArray();
        foreach (var read in new Action[] { () => AudioFile.Read(bytes), () => AudioFile.Probe(bytes) })
            Assert.Contains($"{rate} Hz", Assert.Throws<AudioFormatException>(read).Message);
    }

    [Theory]
    [InlineData(1000u)]
    [InlineData(768_000u)]
    public void The_lowest_and_the_highest_rate_are_read(uint rate) =>
        Assert.Equal((int)rate, AudioFile.Read(new WavBytes(Samples) { Rate = rate }.ToArray()).SampleRate);
}
