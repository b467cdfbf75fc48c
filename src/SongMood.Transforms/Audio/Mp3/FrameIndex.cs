using SongMood.Audio.Tags;

namespace SongMood.Audio.Mp3;

/// <summary>Where one frame is.</summary>
/// <param name="Position">Its first byte in the input.</param>
/// <param name="Length">Its bytes, header and all.</param>
/// <param name="Header">Its header.</param>
/// <param name="FollowsBreak">Bytes that are no frame come before it, so main data before it cannot be trusted.</param>
internal readonly record struct FramePlace(int Position, int Length, FrameHeader Header, bool FollowsBreak);

/// <summary>
/// The frames of a Layer III stream, found by their headers alone: tags are skipped, and after bytes that are no frame the
/// search goes on until two headers that belong together are found a frame's length apart.
/// </summary>
internal sealed class FrameIndex
{
    // Headers in a row that make a beginning; a file of fewer frames must end exactly where its last one does.
    private const int ChainLength = 3;

    // The longest free-format frame that is looked for; the standard's own limit, 320 kb/s at 32 kHz, is 1440.
    private const int LongestFreeFrame = 4608;

    // Free-format guesses that may fail, so that adverse bytes cannot make the search slow.
    private const int MostFreeFormatGuesses = 2000;

    private readonly List<FramePlace> _frames = [];
    private int _freeFormatGuesses;

    private FrameIndex()
    {
    }

    /// <summary>The audio frames, a VBR header frame not among them.</summary>
    public IReadOnlyList<FramePlace> Frames => _frames;

    /// <summary>What a VBR header says, or null.</summary>
    public VbrHeader? VbrHeader { get; private set; }

    /// <summary>The unpadded length of free-format frames; 0 for a stream with a bit rate.</summary>
    public int FreeFormatLength { get; private set; }

    /// <summary>Stretches of bytes within the audio that are neither frames nor tags.</summary>
    public int BreakCount { get; private set; }

    /// <summary>Whether the input ends within a frame, which is left out.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The first byte of the first frame (or VBR header frame), -1 where there is none.</summary>
    public int Start { get; private set; } = -1;

    /// <summary>Whether there is anything to build an index of.</summary>
    public static bool HasFrames(ReadOnlySpan<byte> bytes, int maxTagBytes)
    {
        var audio = bytes[..TagSkipper.AudioEnd(bytes)];
        return new FrameIndex().FindStart(audio, TagSkipper.AudioStart(audio, maxTagBytes)) >= 0;
    }

    /// <summary>Finds all frames.</summary>
    public static FrameIndex Build(ReadOnlySpan<byte> bytes, int maxTagBytes)
    {
        var index = new FrameIndex();
        var audio = bytes[..TagSkipper.AudioEnd(bytes)];
        index.Start = index.FindStart(audio, TagSkipper.AudioStart(audio, maxTagBytes));
        if (index.Start >= 0)
            index.Walk(audio, index.Start, maxTagBytes);
        return index;
    }

    private int FindStart(ReadOnlySpan<byte> audio, int from)
    {
        var start = FindStart(audio, from, ChainLength);
        return start < 0 && OtherLayers.Name(audio[from..]) is null ? FindStart(audio, from, 2) : start;
    }

    private int FindStart(ReadOnlySpan<byte> audio, int from, int chainLength)
    {
        for (var position = NextSync(audio, from); position >= 0; position = NextSync(audio, position + 1))
        {
            if (!FrameHeader.TryRead(audio[position..], out var header) || header.Layer != 3)
                continue;
            FreeFormatLength = 0;
            if (header.IsFreeFormat && !TryFindFreeFormatLength(audio, position, header))
                continue;
            if (IsChain(audio, position, header, chainLength))
                return position;
        }

        return -1;
    }

    private static int NextSync(ReadOnlySpan<byte> audio, int from)
    {
        if (from >= audio.Length)
            return -1;
        var found = audio[from..].IndexOf((byte)0xFF);
        return found < 0 ? -1 : from + found;
    }

    // Whether this many frames that belong together follow each other from here, or fewer up to exactly the end.
    private bool IsChain(ReadOnlySpan<byte> audio, int position, FrameHeader first, int length)
    {
        var header = first;
        for (var i = 1; i < length; i++)
        {
            position += header.FrameLength(FreeFormatLength);
            if (position == audio.Length)
                return true;
            if (position > audio.Length || !FrameHeader.TryRead(audio[position..], out header) || !header.BelongsWith(first))
                return false;
        }

        return true;
    }

    // 2.4.3.1: in free format the length is found from the distance to the next header, the same for all frames but for padding.
    private bool TryFindFreeFormatLength(ReadOnlySpan<byte> audio, int position, FrameHeader header)
    {
        if (_freeFormatGuesses >= MostFreeFormatGuesses)
            return false;
        var padding = header.FrameLength(0);
        var last = Math.Min(LongestFreeFrame, audio.Length - position);
        for (var length = header.MainDataOffset + 1; length <= last - FrameHeader.ByteCount; length++)
        {
            if (!FrameHeader.TryRead(audio[(position + length)..], out var next) || !next.BelongsWith(header))
                continue;
            FreeFormatLength = length - padding;
            if (IsChain(audio, position, header, ChainLength))
                return true;
        }

        _freeFormatGuesses++;
        FreeFormatLength = 0;
        return false;
    }

    private void Walk(ReadOnlySpan<byte> audio, int first, int maxTagBytes)
    {
        FrameHeader.TryRead(audio[first..], out var reference);
        var followsBreak = false;
        var isFirst = true;
        for (var position = first; position < audio.Length;)
        {
            if (FrameHeader.TryRead(audio[position..], out var header) && header.BelongsWith(reference))
            {
                var length = header.FrameLength(FreeFormatLength);
                if (position + length > audio.Length)
                {
                    IsCutShort = true; // what is missing cannot be decoded
                    return;
                }

                if (isFirst)
                    VbrHeader = VbrHeader.TryRead(header, audio.Slice(position, length));
                if (!isFirst || VbrHeader is null)
                    _frames.Add(new FramePlace(position, length, header, followsBreak));
                isFirst = followsBreak = false;
                position += length;
                continue;
            }

            var tag = TagSkipper.LengthAt(audio, position); // files put together keep their tags
            if (tag > 0 && tag <= maxTagBytes)
            {
                position += tag;
                continue;
            }

            position = Resync(audio, position + 1, reference);
            if (position < 0)
                return;
            BreakCount++;
            followsBreak = true;
        }
    }

    private int Resync(ReadOnlySpan<byte> audio, int from, FrameHeader reference)
    {
        for (var position = NextSync(audio, from); position >= 0; position = NextSync(audio, position + 1))
            if (FrameHeader.TryRead(audio[position..], out var header)
                && header.BelongsWith(reference)
                && IsChain(audio, position, header, 2))
                return position;
        return -1;
    }
}
