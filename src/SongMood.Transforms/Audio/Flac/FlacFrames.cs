using SongMood.Dsp;

namespace SongMood.Audio.Flac;

/// <summary>A sound frame: its bytes, and its samples of the stream.</summary>
internal readonly record struct FlacFrame(long Position, int Length, long Start, FlacFrameHeader Header, int SampleRate, int Depth)
{
    /// <summary>The byte behind it.</summary>
    public long EndPosition => Position + Length;

    /// <summary>The sample behind its last one.</summary>
    public long End => Start + Header.BlockSize;
}

/// <summary>
/// Finds frames and decodes them. FLAC says nowhere how long a frame is, so a frame is one whose two checksums fit, which takes decoding.
/// </summary>
/// <param name="audio">The input without tags.</param>
/// <param name="info">What the metadata says; null where there is none.</param>
/// <param name="decoder">Decodes them.</param>
internal sealed class FlacFrames(ByteSource audio, StreamInfo? info, FlacFrameDecoder decoder)
{
    private const int BackwardChunk = 1 << 16;

    // What may be decoded in vain, so that bytes that are made to look like frames cannot take forever: samples in all, and for each byte.
    private const long FreeWaste = 1L << 28, WasteAByte = 16;

    private long _wasted;
    private FlacFrame? _first;
    private FlacNumbers? _numbers;

    /// <summary>Holds the samples of the frame found last.</summary>
    public FlacFrameDecoder Decoder => decoder;

    /// <summary>The frame that begins here; false where none does, or one that is damaged or of another stream.</summary>
    public bool TryDecode(long position, out FlacFrame frame)
    {
        frame = default;
        if (!FlacFrameHeader.TryRead(audio.At(position, FlacFrameHeader.MostBytes), out var header))
            return false;
        var rate = header.RateIn(info);
        var depth = header.BitsPerSample > 0 ? header.BitsPerSample : info?.BitsPerSample ?? 0;
        if (depth == 0 || (_first is { } first && (rate != first.SampleRate || header.IsVariable != first.Header.IsVariable)))
            return false;
        if (!decoder.TryDecode(audio, position, header, depth, out var length))
        {
            _wasted += (long)header.BlockSize * header.ChannelCount;
            if (_wasted > FreeWaste + WasteAByte * audio.Length)
                throw new AudioFormatException(
                    "too much of this FLAC looks like frames and is none (the checksums do not fit); is it damaged?",
                    bytePosition: position);
            return false;
        }

        frame = new FlacFrame(position, length, StartOf(header), header, rate, depth);
        return true;
    }

    /// <summary>The first frame that begins in a stretch of bytes.</summary>
    public bool TryFind(long from, long before, out FlacFrame frame)
    {
        for (var position = from; position < before;)
        {
            var bytes = audio.At(position, 2);
            var at = bytes.IndexOf(FlacFrameHeader.FirstByte);
            if (at < 0 || (at == bytes.Length - 1 && at > 0))
                position += at < 0 ? Math.Max(1, bytes.Length) : at;
            else if (at + 1 < bytes.Length && FlacFrameHeader.IsSync(bytes[at], bytes[at + 1])
                && position + at < before && TryDecode(position + at, out frame))
                return true;
            else
                position += at + 1;
        }

        frame = default;
        return false;
    }

    /// <summary>The first frame of the stream: those found afterwards are of its rate.</summary>
    public bool TryFindFirst(long from, long before, out FlacFrame frame)
    {
        if (!TryFind(from, before, out frame))
            return false;
        if (!SampleRates.Contains(frame.SampleRate))
            throw new AudioFormatException($"this FLAC's sample rate is {frame.SampleRate} Hz; {SampleRates.Range} are read",
                frameIndex: 0, bytePosition: frame.Position);
        var behind = audio.At(frame.EndPosition, FlacFrameHeader.MostBytes);
        _numbers = new FlacNumbers(frame, FlacFrameHeader.TryRead(behind, out var next) ? next : null);
        frame = frame with { Start = StartOf(frame.Header) };
        _first = frame;
        return true;
    }

    /// <summary>The first sample of a frame of the stream.</summary>
    public long StartOf(in FlacFrameHeader header) =>
        _numbers?.StartOf(header) ?? (header.IsVariable ? header.Number : header.Number * header.BlockSize);

    /// <summary>
    /// Looks at all bytes for frames of other block sizes than the first one's, so that numbers that count blocks tell their samples.
    /// </summary>
    public void FindBlockSizes(CancellationToken cancellation)
    {
        var first = _first!.Value;
        for (var position = first.EndPosition; position < audio.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = audio.At(position, FlacFrameHeader.MostBytes);
            var at = bytes.IndexOf(FlacFrameHeader.FirstByte);
            if (at != 0)
                position += at < 0 ? bytes.Length : at;
            else if (FlacFrameHeader.TryRead(bytes, out var header) && _numbers!.IsNews(header) && TryDecode(position, out var frame))
            {
                _numbers.Add(header);
                position = frame.EndPosition;
            }
            else
                position++;
        }
    }

    /// <summary>The last frame, which tells how long the stream is; at worst that is the first one.</summary>
    public FlacFrame FindLast()
    {
        var first = _first!.Value;
        for (var end = audio.Length; end > first.EndPosition;)
        {
            var start = Math.Max(first.EndPosition, end - BackwardChunk);
            var count = (int)(end - start);
            for (var before = count; before > 0;)
            {
                // A frame's sync code may lie across two chunks.
                var at = audio.At(start, count)[..before].LastIndexOf(FlacFrameHeader.FirstByte);
                if (at < 0)
                    break;
                var sync = audio.At(start + at, 2);
                if (sync.Length > 1 && FlacFrameHeader.IsSync(sync[0], sync[1]) && TryDecode(start + at, out var frame))
                    return frame;
                before = at;
            }

            end = start;
        }

        return first;
    }
}
