using System.Buffers.Binary;

namespace SongMood.Audio.Ogg;

/// <summary>A page of an Ogg file (RFC 3533, 6).</summary>
/// <param name="Position">Its first byte.</param>
/// <param name="Flags">Whether it goes on with a packet, and whether it is its stream's first or last.</param>
/// <param name="Granule">What the last packet that ends here says of its place; -1 where none ends.</param>
/// <param name="Serial">Its stream's number.</param>
/// <param name="Number">Which of its stream's pages it is, from 0.</param>
/// <param name="SegmentCount">Entries of its table of segments, which is right behind its fixed fields.</param>
/// <param name="BodyLength">Bytes of packets.</param>
internal readonly record struct OggPage(
    long Position, byte Flags, long Granule, uint Serial, uint Number, int SegmentCount, int BodyLength)
{
    /// <summary>Bytes before the table of segments.</summary>
    public const int FixedLength = 27;

    /// <summary>Bytes of the longest page.</summary>
    public const int MostBytes = FixedLength + 255 + 255 * 255;

    private const int ContinuedFlag = 1, FirstFlag = 2, LastFlag = 4;

    public static ReadOnlySpan<byte> Mark => "OggS"u8;

    /// <summary>Whether it begins with the rest of a packet.</summary>
    public bool IsContinued => (Flags & ContinuedFlag) != 0;

    /// <summary>Whether it is the first of its stream.</summary>
    public bool IsFirst => (Flags & FirstFlag) != 0;

    /// <summary>Whether it is the last of its stream.</summary>
    public bool IsLast => (Flags & LastFlag) != 0;

    /// <summary>The first byte of its packets.</summary>
    public long BodyPosition => Position + FixedLength + SegmentCount;

    /// <summary>The byte behind it.</summary>
    public long EndPosition => BodyPosition + BodyLength;

    /// <summary>Bytes of it.</summary>
    public int Length => FixedLength + SegmentCount + BodyLength;

    /// <summary>The page that begins here; false where none does (it is empty then), or one that goes on past the end.</summary>
    public static bool TryRead(ByteSource input, long position, out OggPage page)
    {
        page = default;
        var bytes = input.At(position, FixedLength + 255);
        if (bytes.Length < FixedLength || !bytes.StartsWith(Mark) || bytes[4] != 0 || bytes.Length < FixedLength + bytes[26])
            return false;
        var length = 0;
        foreach (var lacing in bytes.Slice(FixedLength, bytes[26]))
            length += lacing;
        page = new OggPage(position, bytes[5], BinaryPrimitives.ReadInt64LittleEndian(bytes[6..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[18..]), bytes[26], length);
        return page.EndPosition <= input.Length;
    }

    /// <summary>The next page from a byte on, past bytes that are none.</summary>
    public static bool TryFind(ByteSource input, long from, out OggPage page)
    {
        page = default;
        while (from < input.Length)
        {
            if (TryRead(input, from, out page))
                return true;
            var bytes = input.At(from + 1, Mark.Length);
            var found = bytes.IndexOf(Mark);
            from += 1 + (found >= 0 ? found : Math.Max(1, bytes.Length - Mark.Length + 1));
        }

        return false;
    }

    /// <summary>The pages of an input, of all its streams.</summary>
    public static IEnumerable<OggPage> All(ByteSource input, long from)
    {
        for (; TryFind(input, from, out var page); from = page.EndPosition)
            yield return page;
    }
}
