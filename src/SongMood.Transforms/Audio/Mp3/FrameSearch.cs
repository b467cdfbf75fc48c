namespace SongMood.Audio.Mp3;

/// <summary>Finds where frames of some layers begin: at headers that belong together, a frame's length apart.</summary>
/// <param name="audio">The input without the tags at its end.</param>
/// <param name="layers">Which layers.</param>
internal sealed class FrameSearch(ByteSource audio, IMpegLayers layers)
{
    // Headers in a row that make a beginning.
    private const int ChainLength = 3;

    // How far a beginning of two frames, which bytes of other kinds have now and then, is looked for.
    private const int ShortChainSearch = 1 << 16;

    // The longest free-format frame that is looked for; the standard's own limits are 1440 in Layer III and 1728 in Layer II.
    private const int LongestFreeFrame = 4608;

    // Free-format guesses that may fail, so that adverse bytes cannot make the search slow.
    private const int MostFreeFormatGuesses = 2000;

    private int _freeFormatGuesses;

    /// <summary>The first frame from a position on; false where there is none.</summary>
    public bool TryFindStart(long from, out FrameStream stream, out long position)
    {
        for (position = NextSync(from); position >= 0; position = NextSync(position + 1))
            if (TryBegin(position, ChainLength, out stream))
                return true;
        if (OtherLayers.Name(audio.At(from, OtherLayers.SearchLength)) is null)
            for (position = NextSync(from); position >= 0 && position < from + ShortChainSearch; position = NextSync(position + 1))
                if (TryBegin(position, 2, out stream))
                    return true;
        position = from;
        return TryLoneFrame(from, out stream);
    }

    /// <summary>
    /// Whether a stream begins here: this many frames that belong together follow each other, or fewer up to exactly the end.
    /// </summary>
    public bool TryBegin(long position, int chainLength, out FrameStream stream)
    {
        stream = default;
        if (!TryReadHeader(position, out var header))
            return false;
        if (!header.IsFreeFormat)
        {
            stream = new FrameStream(header, 0);
            return IsChain(position, stream, chainLength);
        }

        return TryFindFreeFormatLength(position, header, out stream) && IsChain(position, stream, chainLength);
    }

    /// <summary>Whether another stream than this one begins here. It takes a full chain, so that damage does not look like one.</summary>
    public bool TryBeginOther(long position, FrameStream than, out FrameStream stream) =>
        TryBegin(position, ChainLength, out stream)
        && !(stream.FreeFormatLength == than.FreeFormatLength && stream.Header.BelongsWith(than.Header))
        && position + stream.LengthOf(stream.Header) < audio.Length;

    /// <summary>Where the stream, or another, goes on; -1 where it does not.</summary>
    public long Resume(long from, ref FrameStream stream)
    {
        for (var position = NextSync(from); position >= 0; position = NextSync(position + 1))
        {
            if (!TryReadHeader(position, out var header))
                continue;
            if (header.BelongsWith(stream.Header) && IsChain(position, new FrameStream(header, stream.FreeFormatLength), 2))
                return position;
            if (TryBeginOther(position, stream, out var other))
            {
                stream = other;
                return position;
            }
        }

        return -1;
    }

    private bool TryReadHeader(long position, out FrameHeader header) =>
        FrameHeader.TryRead(audio.At(position, FrameHeader.ByteCount), out header) && layers.Has(header.Layer);

    private long NextSync(long from)
    {
        while (from < audio.Length)
        {
            var bytes = audio.At(from, 1);
            var found = bytes.IndexOf((byte)0xFF);
            if (found >= 0)
                return from + found;
            from += bytes.Length;
        }

        return -1;
    }

    // A file of one frame: whole, at the very start, and nothing behind it that could be more.
    private bool TryLoneFrame(long position, out FrameStream stream)
    {
        stream = default;
        if (!TryReadHeader(position, out var header) || header.IsFreeFormat)
            return false;
        stream = new FrameStream(header, 0);
        var end = position + stream.LengthOf(header);
        return end <= audio.Length && Padding.IsOnly(audio, end);
    }

    private bool IsChain(long position, FrameStream stream, int length)
    {
        var header = stream.Header;
        for (var i = 1; i < length; i++)
        {
            position += stream.LengthOf(header);
            if (position == audio.Length)
                return true;
            if (position > audio.Length || !TryReadHeader(position, out header) || !header.BelongsWith(stream.Header))
                return false;
        }

        return true;
    }

    // 2.4.3.1: in free format the length is found from the distance to the next header, the same for all frames but for padding.
    private bool TryFindFreeFormatLength(long position, FrameHeader header, out FrameStream stream)
    {
        stream = default;
        if (_freeFormatGuesses >= MostFreeFormatGuesses)
            return false;
        var padding = header.FrameLength(0);
        var last = Math.Min(LongestFreeFrame, audio.Length - position);
        for (var length = header.MainDataOffset + 1; length <= last - FrameHeader.ByteCount; length++)
        {
            if (!TryReadHeader(position + length, out var next) || !next.BelongsWith(header))
                continue;
            stream = new FrameStream(header, length - padding);
            if (IsChain(position, stream, ChainLength))
                return true;
        }

        _freeFormatGuesses++;
        return false;
    }
}
