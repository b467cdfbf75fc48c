using SongMood.Formats.Opus;

namespace SongMood.Formats.Tests.Opus;

public class OpusPacketTests
{
    private const byte Celt = 0b11111_000; // 20 ms, 20 kHz, mono

    [Theory]
    [InlineData(0, OpusMode.Silk, 0, 480)]
    [InlineData(3, OpusMode.Silk, 0, 2880)]
    [InlineData(5, OpusMode.Silk, 1, 960)]
    [InlineData(10, OpusMode.Silk, 2, 1920)]
    [InlineData(12, OpusMode.Hybrid, 3, 480)]
    [InlineData(15, OpusMode.Hybrid, 4, 960)]
    [InlineData(16, OpusMode.Celt, 0, 120)]
    [InlineData(21, OpusMode.Celt, 2, 240)]
    [InlineData(26, OpusMode.Celt, 3, 480)]
    [InlineData(31, OpusMode.Celt, 4, 960)]
    internal void Configurations_are_those_of_Table_2(int number, object mode, int bandwidth, int length)
    {
        Assert.Equal(new((OpusMode)mode, bandwidth, length, false), OpusConfiguration.Of((byte)(number << 3)));
        Assert.Equal(new((OpusMode)mode, bandwidth, length, true), OpusConfiguration.Of((byte)(number << 3 | 4)));
    }

    [Fact]
    public void Frames_lie_where_the_codes_say()
    {
        Assert.Equal([(1, 4)], Frames([Celt, 9, 9, 9, 9]));
        Assert.Equal([(1, 2), (3, 2)], Frames([Celt | 1, 9, 9, 9, 9]));
        Assert.Equal([(2, 1), (3, 3)], Frames([Celt | 2, 1, 9, 9, 9, 9]));
        Assert.Equal([(2, 2), (4, 2), (6, 2)], Frames([Celt | 3, 3, 9, 9, 9, 9, 9, 9]));
        Assert.Equal([(4, 1), (5, 0), (5, 2)], Frames([Celt | 3, 128 | 3, 1, 0, 9, 9, 9]));
        Assert.Equal([(3, 2)], Frames([Celt | 3, 64 | 1, 3, 9, 9, 0, 0, 0])); // padding
        byte[] far = [Celt | 2, 253, 1, .. new byte[253 + 4 + 7]];
        Assert.Equal([(3, 257), (260, 7)], Frames(far));
    }

    [Fact]
    public void A_packet_may_tell_its_own_length()
    {
        byte[] two = [Celt, 2, 9, 9, Celt, 8];
        var packet = new OpusPacket();
        Assert.True(packet.TryRead(two, 0, true));
        Assert.Equal((2, 2), packet.Frame(0));
        Assert.Equal(4, packet.End);
        Assert.True(packet.TryRead(two, packet.End, false));
        Assert.Equal((5, 1), packet.Frame(0));
        Assert.True(packet.TryRead([Celt | 1, 2, 9, 9, 9, 9, 7], 0, true));
        Assert.Equal((2, (4, 2), 6), (packet.FrameCount, packet.Frame(1), packet.End));
    }

    [Fact]
    public void Packets_against_the_rules_are_refused()
    {
        byte[][] wrong =
        [
            [], [Celt | 1, 9], [Celt | 2], [Celt | 2, 5, 9], [Celt | 3], [Celt | 3, 0], [Celt | 3, 7, 1, 2, 3, 4, 5, 6, 7], // 140 ms
            [Celt | 3, 2, 9, 9, 9], [Celt | 3, 64 | 1, 9], [Celt, .. new byte[1276]],
        ];
        Assert.All(wrong, bytes => Assert.False(new OpusPacket().TryRead(bytes, 0, false)));
    }

    private static (int, int)[] Frames(byte[] bytes)
    {
        var packet = OpusPackets.Read(bytes);
        return [.. Enumerable.Range(0, packet.FrameCount).Select(packet.Frame)];
    }
}
