using SongMood.Audio;
using SongMood.Audio.Ogg;

namespace SongMood.Formats;

/// <summary>A packet, and, where it is the last that ends on its page, what the page says of its place.</summary>
internal readonly record struct OggPacket(byte[] Bytes, long? Granule);

/// <summary>The packets of one stream of an Ogg file (RFC 3533, 5): segments of 255 bytes go on, a shorter one ends a packet.</summary>
internal static class OggPackets
{
    // Opus' longest packets have some 60 kB; what goes on for longer is damaged.
    private const int MostBytes = 1 << 20;

    public static IEnumerable<OggPacket> All(ByteSource input, OggPage first)
    {
        var packet = new List<byte>();
        var isBroken = false;
        foreach (var page in OggPage.All(input, first.Position))
        {
            if (page.Serial != first.Serial)
                continue;
            if (!page.IsContinued)
            {
                packet.Clear(); // its rest is lost
                isBroken = false;
            }
            else if (packet.Count == 0)
                isBroken = true; // its beginning is lost

            var lacing = input.At(page.Position + OggPage.FixedLength, page.SegmentCount)[..page.SegmentCount].ToArray();
            var last = Array.FindLastIndex(lacing, length => length < 255);
            var position = page.BodyPosition;
            for (var i = 0; i < lacing.Length; i++)
            {
                packet.AddRange(input.At(position, lacing[i])[..lacing[i]]);
                position += lacing[i];
                if (packet.Count > MostBytes)
                    (isBroken, packet) = (true, []);
                if (lacing[i] == 255)
                    continue;
                if (!isBroken)
                    yield return new OggPacket([.. packet], i == last ? page.Granule : null);
                packet.Clear();
                isBroken = false;
            }
        }
    }
}
