using System.Text;
using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio.Wav;

public class WavFileTests
{
    private static readonly double[] Left = [0, 0.5, -0.25, -1, 0.75];
    private static readonly double[] Right = [0.125, -0.5, 0.5, 0, -0.0625];

    [Theory]
    [InlineData(false, 8, false)]
    [InlineData(false, 16, false)]
    [InlineData(false, 24, false)]
    [InlineData(false, 32, false)]
    [InlineData(true, 32, false)]
    [InlineData(true, 64, false)]
    [InlineData(false, 24, true)]
    [InlineData(true, 32, true)]
    public void Every_sample_format_is_read(bool isFloat, int bits, bool isExtensible)
    {
        var wave = AudioFile.Read(Build(isFloat, bits, isExtensible));
        Assert.Equal(48000, wave.SampleRate);
        Assert.Equal(2, wave.ChannelCount);
        for (var i = 0; i < Left.Length; i++)
        {
            Assert.Equal((float)Left[i], wave.Channel(0)[i]);
            Assert.Equal((float)Right[i], wave.Channel(1)[i]);
            Assert.Equal((float)((Left[i] + Right[i]) / 2), wave.ToMono()[i]);
        }
    }

    [Fact]
    public void A_large_file_says_its_length_elsewhere() =>
        Assert.Equal(5, AudioFile.Read(Build(false, 16, false, isLarge: true)).SampleCount);

    [Fact]
    public void A_file_cut_short_gives_what_is_there() =>
        Assert.Equal(4, AudioFile.Read(Build(false, 16, false)[..^3]).SampleCount);

    [Theory]
    [InlineData(0, "fmt")] // cut within the header
    [InlineData(1, "data")]
    public void Missing_chunks_are_named(int kept, string expected)
    {
        var bytes = Build(false, 16, false);
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes[..(kept == 0 ? 12 : 36)]));
        Assert.Contains(expected, error.Message);
        Assert.NotNull(error.BytePosition);
    }

    [Theory]
    [InlineData(20, 2)] // ADPCM
    [InlineData(34, 40)] // 40 bits
    [InlineData(22, 0)] // no channels
    [InlineData(27, 1)] // 16,825,216 Hz
    [InlineData(32, 9)] // sample frames of 9 bytes
    public void A_format_that_is_not_read_is_an_error(int at, byte value)
    {
        var bytes = Build(false, 16, false);
        bytes[at] = value;
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes));
    }

    private static byte[] Build(bool isFloat, int bits, bool isExtensible, bool isLarge = false)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var dataLength = Left.Length * 2 * bits / 8;
        writer.Write(Encoding.ASCII.GetBytes(isLarge ? "RF64" : "RIFF"));
        writer.Write(isLarge ? uint.MaxValue : (uint)(36 + dataLength));
        writer.Write("WAVE"u8);
        if (isLarge)
        {
            writer.Write("ds64"u8);
            writer.Write(28);
            writer.Write((long)(72 + dataLength));
            writer.Write((long)dataLength);
            writer.Write((long)Left.Length);
            writer.Write(0);
        }

        var tag = (short)(isFloat ? 3 : 1);
        writer.Write("fmt "u8);
        writer.Write(isExtensible ? 40 : 16);
        writer.Write(isExtensible ? unchecked((short)0xFFFE) : tag);
        writer.Write((short)2);
        writer.Write(48000);
        writer.Write(48000 * 2 * bits / 8);
        writer.Write((short)(2 * bits / 8));
        writer.Write((short)bits);
        if (isExtensible)
        {
            writer.Write((short)22);
            writer.Write((short)bits);
            writer.Write(3);
            writer.Write(tag);
            writer.Write([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
        }

        writer.Write("data"u8);
        writer.Write(isLarge ? uint.MaxValue : (uint)dataLength);
        for (var i = 0; i < Left.Length; i++)
        {
            WriteSample(writer, Left[i], isFloat, bits);
            WriteSample(writer, Right[i], isFloat, bits);
        }

        return stream.ToArray();
    }

    private static void WriteSample(BinaryWriter writer, double value, bool isFloat, int bits)
    {
        switch (isFloat, bits)
        {
            case (true, 32): writer.Write((float)value); break;
            case (true, _): writer.Write(value); break;
            case (_, 8): writer.Write((byte)(128 + 128 * value)); break;
            case (_, 16): writer.Write((short)(32768 * value)); break;
            case (_, 24):
                var whole = (int)(8388608 * value);
                writer.Write([(byte)whole, (byte)(whole >> 8), (byte)(whole >> 16)]);
                break;
            default: writer.Write((int)(2147483648 * value)); break;
        }
    }
}
