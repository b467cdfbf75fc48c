using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// What a stream's headers and the lengths of its blocks say, without decoding: which samples it has (Vorbis I specification, A.2), and
/// what is lost.
/// </summary>
internal sealed class VorbisLayout : IOggLayout
{
    private const int HeaderCount = 3;

    private readonly OggStream _stream;
    private readonly List<Block> _blocks = [];
    private int _undecodableCount;

    /// <param name="stream">Its packets.</param>
    /// <exception cref="AudioFormatException">A header is missing or wrong, or there is no sound.</exception>
    public VorbisLayout(OggStream stream)
    {
        _stream = stream;
        if (stream.Packets.Count < HeaderCount)
            throw new AudioFormatException("this Ogg Vorbis stream lacks one of its three headers; is the file cut off?", bytePosition: 0);
        Head = ReadHeader(0, packet => VorbisHead.Read(packet));
        Setup = ReadHeader(HeaderCount - 1, packet => VorbisSetup.Read(packet, Head));
        FindBlocks();
        Trim();
        if (SampleCount <= 0)
            throw new AudioFormatException(
                $"this Ogg Vorbis stream has no samples ({Plural.Of(_blocks.Count, "block")} in "
                + $"{Plural.Of(stream.Packets.Count, "packet")}); is the file cut off or damaged?");
    }

    /// <summary>A packet of audio.</summary>
    /// <param name="Packet">Which of the stream's.</param>
    /// <param name="End">Samples up to the middle of its block, from the middle of the first block on.</param>
    private readonly record struct Block(int Packet, long End);

    public VorbisHead Head { get; }

    public VorbisSetup Setup { get; }

    /// <summary>Samples of the first blocks that are not the original's.</summary>
    public long Skipped { get; private set; }

    public int SampleRate => Head.SampleRate;

    public int ChannelCount => Head.ChannelCount;

    public long SampleCount { get; private set; }

    public long MissingCount { get; private set; }

    /// <summary>Each is a block.</summary>
    public int PacketCount => _blocks.Count;

    public long LostCount => (long)_undecodableCount + _stream.LostCount;

    public long SkippedByteCount => _stream.SkippedByteCount;

    public TagText Text => _stream.CommentBehind("\u0003vorbis"u8);

    public SampleStream Open(long start, CancellationToken cancellation) =>
        new VorbisStream(this, start, SampleCount - start, cancellation);

    /// <summary>A block's packet.</summary>
    public ReadOnlySpan<byte> PacketOf(int block) => _stream.Packets[_blocks[block].Packet].Bytes;

    /// <summary>The block that plays a sample, counted from the middle of the first block on: the first that ends behind it.</summary>
    public int BlockAt(long sample)
    {
        int low = 0, high = _blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_blocks[middle].End > sample)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>The first sample that a block plays.</summary>
    public long StartOf(int block) => block == 0 ? 0 : _blocks[block - 1].End;

    private T ReadHeader<T>(int index, Func<byte[], T> read)
    {
        try
        {
            return read(_stream.Packets[index].Bytes);
        }
        catch (AudioFormatException error)
        {
            throw VorbisFault.At(error, _stream.Packets[index]);
        }
    }

    private void FindBlocks()
    {
        var bits = new VorbisBits();
        long end = 0;
        var before = 0;
        for (var i = HeaderCount; i < _stream.Packets.Count; i++)
        {
            ReadOnlySpan<byte> packet = _stream.Packets[i].Bytes;
            bits.Open(packet[..Math.Min(packet.Length, sizeof(ushort))]);
            if (!Setup.TryReadMode(bits, out var length, out _))
            {
                _undecodableCount++;
                continue;
            }

            end += before == 0 ? 0 : (before + length) / 4;
            before = length;
            _blocks.Add(new Block(i, end));
        }
    }

    // A page's granule position is how many samples there are up to the end of its last packet. The first one may say that the stream
    // began before its first sample, by less than what the first two blocks give; the last one that it ends before its last block does.
    // What cannot be is not believed.
    private void Trim()
    {
        if (_blocks.Count == 0)
            return;
        long? first = null;
        var (known, knownEnd, isWhole) = (0L, 0L, true); // the last page's granule position, and the samples up to there
        var cut = 0L;
        foreach (var (index, end) in _blocks)
        {
            var packet = _stream.Packets[index];
            isWhole &= !packet.FollowsLoss;
            if (packet.Granule is not { } granule || granule < 0)
                continue;
            var isEnd = packet.IsLast && index == _blocks[^1].Packet;
            if (first is null && !isEnd)
            {
                first = Math.Max(0, granule - end);
                if (end > granule && end - granule <= _blocks[Math.Min(1, _blocks.Count - 1)].End)
                    Skipped = end - granule;
                (known, knownEnd, isWhole) = (granule, end, true);
                continue;
            }

            first ??= 0;
            var expected = known + end - knownEnd;
            if (isEnd && isWhole && expected > granule && expected - granule <= end - knownEnd)
                cut = expected - granule;
            (known, knownEnd, isWhole) = (granule, end, true);
        }

        SampleCount = _blocks[^1].End - Skipped - cut;
        if (LostCount > 0 && first is { } start)
            MissingCount = Math.Max(0, known - start - SampleCount);
    }
}
