using System.Buffers.Binary;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Flac;

/// <summary>A frame that the seek table names: its first sample, and its byte from the first frame's on (RFC 9639, 8.5.1).</summary>
internal readonly record struct SeekPoint(long Sample, long Offset);

/// <summary>The blocks between the mark "fLaC" and the first frame (RFC 9639, 8). What is damaged in them is passed over.</summary>
internal sealed class FlacMetadata
{
    private const int HeaderLength = 4, SeekPointLength = 18, LastBlock = 0x80;
    private const int StreamInfoType = 0, SeekTableType = 3, CommentType = 4;

    public StreamInfo? Info { get; private set; }

    public IReadOnlyList<SeekPoint> SeekPoints { get; private set; } = [];

    public TagText Text { get; } = new();

    /// <summary>Where the first frame should be.</summary>
    public long End { get; private set; }

    public static ReadOnlySpan<byte> Mark => "fLaC"u8;

    /// <param name="input">The bytes.</param>
    /// <param name="start">Where the mark is.</param>
    /// <param name="maxTagBytes">The longest block that is read; longer ones are passed over.</param>
    public static FlacMetadata Read(ByteSource input, long start, int maxTagBytes)
    {
        var metadata = new FlacMetadata { End = start + Mark.Length };
        for (var isLast = false; !isLast && metadata.End + HeaderLength <= input.Length;)
        {
            var header = BinaryPrimitives.ReadUInt32BigEndian(input.At(metadata.End, HeaderLength));
            var (type, length) = ((int)(header >> 24) & ~LastBlock, (int)(header & 0xFFFFFF));
            isLast = header >> 24 >= LastBlock;
            metadata.End += HeaderLength;
            if (length > input.Length - metadata.End)
                break; // cut off, or a length that cannot be
            if (length <= maxTagBytes && type is StreamInfoType or SeekTableType or CommentType)
                metadata.Take(type, input.At(metadata.End, length)[..length]);
            metadata.End += length;
        }

        return metadata;
    }

    private void Take(int type, ReadOnlySpan<byte> body)
    {
        if (type == StreamInfoType && body.Length >= StreamInfo.Length)
            Info ??= StreamInfo.Read(body);
        else if (type == CommentType)
            VorbisComment.Read(body, Text);
        else if (type == SeekTableType)
            SeekPoints = ReadSeekPoints(body);
    }

    private static List<SeekPoint> ReadSeekPoints(ReadOnlySpan<byte> body)
    {
        var points = new List<SeekPoint>();
        for (; body.Length >= SeekPointLength; body = body[SeekPointLength..])
        {
            var point = new SeekPoint(BinaryPrimitives.ReadInt64BigEndian(body), BinaryPrimitives.ReadInt64BigEndian(body[8..]));
            if (point is { Sample: >= 0, Offset: >= 0 }) // a placeholder has all bits set
                points.Add(point);
        }

        return points;
    }
}
