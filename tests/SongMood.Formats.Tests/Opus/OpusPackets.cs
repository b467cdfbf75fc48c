using SongMood.Audio;
using SongMood.Formats.Opus;

namespace SongMood.Formats.Tests.Opus;

/// <summary>The packets of a fixture.</summary>
internal static class OpusPackets
{
    public static (OpusHead Head, byte[][] Packets) Of(string name)
    {
        var input = ByteSource.Of(File.ReadAllBytes(FormatsFixtures.PathOf(name)));
        var packets = Assert.Single(new OggStreams(input, "OpusHead"u8, new()).All).Packets;
        Assert.True(packets.Count > 3);
        return (OpusHead.Read(packets), [.. packets.Skip(2).Select(packet => packet.Bytes)]);
    }

    public static OpusPacket Read(byte[] bytes)
    {
        var packet = new OpusPacket();
        Assert.True(packet.TryRead(bytes, 0, false));
        return packet;
    }
}
