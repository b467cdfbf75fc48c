using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>The packets of one stream of an Ogg file (RFC 3533, 5): segments of 255 bytes go on, a shorter one ends a packet.</summary>
internal sealed class OggStream(uint serial)
{
    // Opus' longest packets have some 60 kB; what goes on for longer is damaged.
    private const int MostBytes = 1 << 20;

    private readonly List<OggPacket> _packets = [];
    private readonly List<byte> _begun = [];
    private bool _isBroken, _isLoss;
    private uint _nextPage;

    /// <summary>Its number.</summary>
    public uint Serial => serial;

    public IReadOnlyList<OggPacket> Packets => _packets;

    /// <summary>How many pages are missing, and how many packets lack their beginning or end.</summary>
    public int LostCount { get; private set; }

    /// <summary>Bytes among and behind its pages that are no pages.</summary>
    public long SkippedByteCount { get; private set; }

    /// <summary>
    /// The text of the second packet, a Vorbis comment behind a mark of the codec (Vorbis I, 5; RFC 7845, 5.2); without the mark, none.
    /// </summary>
    public TagText CommentBehind(ReadOnlySpan<byte> mark)
    {
        var text = new TagText();
        if (_packets.Count > 1 && _packets[1].Bytes.AsSpan() is var packet && packet.StartsWith(mark))
            VorbisComment.Read(packet[mark.Length..], text);
        return text;
    }

    /// <summary>Passes over bytes that are no pages.</summary>
    public void Skip(long count) => SkippedByteCount += count;

    /// <summary>Adds the stream's next page.</summary>
    public void Add(ByteSource input, in OggPage page)
    {
        if (page.Number != _nextPage && _nextPage > 0) // a lower number: they are not in their order, or one comes twice
        {
            Lose((int)Math.Clamp((long)page.Number - _nextPage, 1, int.MaxValue / 2));
            Drop();
        }

        _nextPage = page.Number + 1;
        if (!page.IsContinued && _begun.Count > 0)
        {
            Lose(1);
            Drop();
        }
        else if (page.IsContinued && _begun.Count == 0 && !_isBroken)
        {
            if (!_isLoss)
                Lose(1);
            _isBroken = true; // its beginning is lost
        }
        else if (!page.IsContinued)
            _isBroken = false;

        Span<byte> lacing = stackalloc byte[page.SegmentCount];
        input.At(page.Position + OggPage.FixedLength, lacing.Length)[..lacing.Length].CopyTo(lacing);
        var last = lacing.LastIndexOfAnyExcept((byte)255);
        var body = input.At(page.BodyPosition, page.BodyLength)[..page.BodyLength];
        for (int i = 0, length = 0; i < lacing.Length; i++)
        {
            length += lacing[i];
            if (lacing[i] == 255 && i < lacing.Length - 1)
                continue;
            Add(body[..length], lacing[i] < 255, i == last, page);
            body = body[length..];
            length = 0;
        }
    }

    /// <summary>Tells that the file ends.</summary>
    /// <param name="rest">Bytes behind the last page.</param>
    /// <param name="isCutOff">Whether these are the beginning of another page.</param>
    public void Finish(long rest, bool isCutOff)
    {
        Skip(rest);
        if (_begun.Count > 0 || isCutOff)
            Lose(1);
        Drop();
    }

    private void Add(ReadOnlySpan<byte> part, bool isEnd, bool isLastOfPage, in OggPage page)
    {
        if (!_isBroken && _begun.Count + part.Length > MostBytes)
        {
            Lose(1);
            Drop();
            _isBroken = true;
        }

        if (!_isBroken && isEnd)
        {
            _begun.AddRange(part);
            _packets.Add(new OggPacket(
                [.. _begun], page.Number, page.BodyPosition, isLastOfPage ? page.Granule : null, page.IsLast, _isLoss));
            _isLoss = false;
        }

        if (isEnd)
            Drop();
        else if (!_isBroken)
            _begun.AddRange(part);
    }

    private void Drop()
    {
        _begun.Clear();
        _isBroken = false;
    }

    private void Lose(int count)
    {
        LostCount = (int)Math.Min(int.MaxValue, (long)LostCount + count);
        _isLoss = true;
    }
}
