using System.Buffers.Binary;
using SongMood.Audio.Ogg;

namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Puts packets on pages (RFC 3533, 6): of one stream, as many packets a page as is said.</summary>
internal sealed class OggWriter(uint serial)
{
    private uint _number;

    /// <summary>The pages so far, each with its bytes.</summary>
    public List<byte[]> Pages { get; } = [];

    public byte[] Bytes => [.. Pages.SelectMany(page => page)];

    /// <summary>Adds a page of whole packets, which must come to less than 255 segments.</summary>
    public OggWriter Add(long granule, bool isLast, params byte[][] packets)
    {
        List<byte> lacing = [];
        foreach (var packet in packets)
        {
            lacing.AddRange(Enumerable.Repeat((byte)255, packet.Length / 255));
            lacing.Add((byte)(packet.Length % 255));
        }

        return Add(granule, (_number == 0 ? 2 : 0) | (isLast ? 4 : 0), [.. lacing], [.. packets.SelectMany(packet => packet)]);
    }

    /// <summary>Adds a packet over as many pages as it needs.</summary>
    public OggWriter AddLong(long granule, byte[] packet)
    {
        const int MostSegments = 255;
        for (int at = 0, flag = 0; ; flag = 1)
        {
            var rest = packet.Length - at;
            var isEnd = rest < 255 * MostSegments;
            byte[] lacing = isEnd ? [.. Enumerable.Repeat((byte)255, rest / 255), (byte)(rest % 255)]
                : [.. Enumerable.Repeat((byte)255, MostSegments)];
            var length = isEnd ? rest : 255 * MostSegments;
            Add(isEnd ? granule : -1, flag | (_number == 0 ? 2 : 0), lacing, packet[at..(at + length)]);
            at += length;
            if (isEnd)
                return this;
        }
    }

    private OggWriter Add(long granule, int flags, byte[] lacing, byte[] body)
    {
        Assert.InRange(lacing.Length, 0, 255);
        byte[] page = [.. OggPage.Mark, 0, (byte)flags, .. new byte[20], (byte)lacing.Length, .. lacing, .. body];
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), serial);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(18), _number++);
        OggChecksum.Write(page);
        Pages.Add(page);
        return this;
    }
}
