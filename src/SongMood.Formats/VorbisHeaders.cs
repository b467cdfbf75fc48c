using System.Buffers.Binary;
using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// Looks at what the three headers of a Vorbis stream promise (Vorbis I specification, 3.2.1, 4.2 and 5.2.1), since NVorbis makes room for
/// it unseen: a few bytes could ask for gigabytes.
/// </summary>
internal static class VorbisHeaders
{
    private const int MarkLength = 7, LengthBytes = 4;

    // Numbers in one codebook; libvorbis' own have some ten thousand.
    private const long MostNumbers = 1 << 22;

    /// <summary>Refuses headers that promise too much.</summary>
    /// <exception cref="AudioFormatException">They do, or one is missing.</exception>
    public static void Check(IEnumerable<OggPacket> packets)
    {
        var headers = packets.Take(3).Select(packet => packet.Bytes).ToArray();
        if (headers.Length < 3 || headers[1].Length < MarkLength || headers[2].Length < MarkLength)
            throw new AudioFormatException("this Ogg Vorbis file lacks one of its three headers; is it cut off?", bytePosition: 0);
        CheckComments(headers[1].AsSpan(MarkLength));
        CheckCodebooks(new BitsFromLowest(headers[2].AsMemory(MarkLength)));
    }

    private static void CheckComments(ReadOnlySpan<byte> body)
    {
        Take(ref body); // the vendor
        if (body.Length < LengthBytes)
            throw TooLong();
        var count = BinaryPrimitives.ReadUInt32LittleEndian(body);
        body = body[LengthBytes..];
        if (count > body.Length / LengthBytes)
            throw TooLong();
        for (var i = 0u; i < count; i++)
            Take(ref body);

        static void Take(ref ReadOnlySpan<byte> body)
        {
            if (body.Length < LengthBytes || BinaryPrimitives.ReadUInt32LittleEndian(body) > body.Length - LengthBytes)
                throw TooLong();
            body = body[(LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(body))..];
        }

        static AudioFormatException TooLong() => new("this Ogg Vorbis file's comments go on past their packet; is it damaged?");
    }

    private static void CheckCodebooks(BitsFromLowest bits)
    {
        for (var left = bits.Read(8) + 1; left > 0 && !bits.IsPastEnd; left--)
        {
            bits.Read(24); // the mark
            int dimensions = (int)bits.Read(16), entries = (int)bits.Read(24);
            if ((long)Math.Max(1, dimensions) * entries > MostNumbers)
                throw new AudioFormatException(
                    $"this Ogg Vorbis file has a codebook of {entries} entries of {dimensions} numbers; {MostNumbers} numbers are the "
                    + "most that are read");
            SkipLengths(bits, entries);
            var lookup = bits.Read(4);
            if (lookup is not (1 or 2))
                continue;
            bits.Skip(64);
            var width = (int)bits.Read(4) + 1;
            bits.Skip(1);
            bits.Skip(width * (lookup == 1 ? RootOf(entries, dimensions) : (long)entries * dimensions));
        }
    }

    private static void SkipLengths(BitsFromLowest bits, int entries)
    {
        if (bits.Read(1) != 0) // in the order of their lengths
        {
            bits.Skip(5);
            for (var entry = 0; entry < entries && !bits.IsPastEnd;)
                entry += (int)bits.Read(32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(entries - entry)));
            return;
        }

        var isSparse = bits.Read(1) != 0;
        for (var entry = 0; entry < entries && !bits.IsPastEnd; entry++)
            if (!isSparse || bits.Read(1) != 0)
                bits.Skip(5);
    }

    /// <summary>9.2.3: the largest number whose power by the dimensions is no more than the entries.</summary>
    private static int RootOf(int entries, int dimensions)
    {
        if (dimensions == 0)
            return 0;
        var root = (int)Math.Floor(Math.Pow(entries, 1.0 / dimensions));
        return Math.Pow(root + 1, dimensions) <= entries ? root + 1 : root;
    }

    /// <summary>Vorbis packs bits from the lowest of each byte on (2.1.4).</summary>
    private sealed class BitsFromLowest(ReadOnlyMemory<byte> bytes)
    {
        private long _position;

        public bool IsPastEnd => _position > 8L * bytes.Length;

        public uint Read(int count)
        {
            var value = 0u;
            for (var i = 0; i < count; i++, _position++)
                if (_position < 8L * bytes.Length)
                    value |= (uint)(bytes.Span[(int)(_position >> 3)] >> (int)(_position & 7) & 1) << i;
            return value;
        }

        public void Skip(long count) => _position += count;
    }
}
