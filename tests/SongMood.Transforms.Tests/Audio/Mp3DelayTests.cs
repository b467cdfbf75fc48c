using System.Buffers.Binary;
using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>What a header frame says is believed only as far as it can be.</summary>
public class Mp3DelayTests
{
    private const string Tagged = "mpeg1-44100-joint-cbr128.mp3";

    [Fact]
    public void A_delay_and_padding_longer_than_the_file_are_not_believed()
    {
        var path = FixtureSignal.PathOf(Path.Combine("..", "Faults", "delay_padding_too_big.mp3"));
        Assert.Equal(2304, AudioFile.Read(path).SampleCount);
        Assert.Equal(2304, Math.Round(AudioFile.Probe(path).Duration.TotalSeconds * 44100));
    }

    [Theory]
    [InlineData(4095, 4095)]
    [InlineData(4095, 0)]
    [InlineData(0, 4095)]
    public void Delays_longer_than_two_frames(int delay, int padding)
    {
        var bytes = WithDelays(TwoFrames(), delay, padding);
        Assert.Equal(2304, AudioFile.Read(bytes).SampleCount);
    }

    [Fact]
    public void Delays_that_fit_are_believed()
    {
        Assert.Equal(2304 - 576 - 1000, AudioFile.Read(WithDelays(TwoFrames(), 576, 1000)).SampleCount);
        Assert.Equal(1, AudioFile.Read(WithDelays(TwoFrames(), 576, 2304 - 576 - 1)).SampleCount);
    }

    [Theory]
    [InlineData(1900, 300, 104)] // all of it from the filterbanks: it begins at 2429 of 2304 decoded samples
    [InlineData(2000, 200, 104)]
    [InlineData(1700, 300, 304)]
    [InlineData(1900, 0, 404)]
    public void A_delay_up_to_the_end_leaves_what_the_tag_says(int delay, int padding, int expected)
    {
        var bytes = WithDelays(TwoFrames(), delay, padding);
        var wave = AudioFile.Read(bytes);
        Assert.Equal(expected, wave.SampleCount);
        var late = AudioFile.Read(WithDelays(TwoFrames(), delay - 600, 0)); // the same samples, 600 later
        Assert.Equal(late.Channel(0).Slice(600, expected), wave.Channel(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_count_of_frames_that_cannot_be_promises_nothing(int count)
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf(Tagged));
        var whole = AudioFile.Read(bytes);
        var info = bytes.AsSpan().IndexOf("Info"u8);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(info + 8), count);
        var read = AudioFile.Read(bytes);
        Assert.Equal(0, read.DamagedFrameCount);
        Assert.Equal(whole.Channel(0), read.Channel(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x7F)]
    [InlineData(0xFF)]
    public void One_frame_and_a_stray_byte_are_the_frame(byte stray)
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg2-24000-mono-untagged.mp3"));
        var length = bytes.AsSpan(1).IndexOf(bytes.AsSpan(0, 2)) + 1;
        Assert.InRange(length, 50, 500);
        foreach (var file in new byte[][] { [.. bytes[..length]], [.. bytes[..length], stray], [.. bytes[..length], .. new byte[200]] })
        {
            var wave = AudioFile.Read(file);
            Assert.Equal(576, wave.SampleCount);
            Assert.Equal(0, wave.DamagedFrameCount);
        }
    }

    // The header frame, and two of the first frames (the second's main data is in them).
    private static byte[] TwoFrames()
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf(Tagged));
        var starts = Enumerable.Range(0, bytes.Length - 3)
            .Where(i => bytes[i] == 0xFF && bytes[i + 1] == 0xFB && (bytes[i + 2] & 0xF0) == 0x90).ToArray();
        bytes = bytes[..starts[3]];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("Info"u8) + 8), 2);
        return bytes;
    }

    private static byte[] WithDelays(byte[] bytes, int delay, int padding)
    {
        var delays = bytes.AsSpan(bytes.AsSpan().IndexOf("LAME"u8) + 21);
        (delays[0], delays[1], delays[2]) = ((byte)(delay >> 4), (byte)((delay & 15) << 4 | padding >> 8), (byte)padding);
        return bytes;
    }
}
