using SongMood.Dsp;

namespace SongMood.Audio.Flac;

/// <summary>
/// Finds the streams of an input, where some are joined end to end, with or without metadata of their own, or where frames of another
/// rate follow (RFC 9639, 9.1, allows it). No frame tells that others follow, so all bytes are searched; it is done only where the ends
/// do not agree with each other.
/// </summary>
internal static class FlacParts
{
    private const int StreamInfoHeaderLength = 4;

    /// <summary>The streams: one, or more.</summary>
    /// <exception cref="AudioFormatException">There is no sound frame.</exception>
    public static IReadOnlyList<FlacLayout> Read(ByteSource input, AudioReadOptions options)
    {
        var decoder = new FlacFrameDecoder();
        var whole = FlacLayout.Read(input, options.MaxTagBytes, decoder);
        if (IsOneStream(whole))
            return [whole];
        List<(long Position, bool HasMetadata)> starts = [(0, true), .. FindStreams(whole, options)];
        if (starts.Count == 1)
        {
            whole.CheckBlockSizes(options.CancellationToken);
            return [whole];
        }

        var parts = new List<FlacLayout>();
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Position : whole.Audio.Length;
            var rest = starts[i].HasMetadata ? null : parts[^1].LeaveRest();
            parts.Add(FlacLayout.Read(whole.Audio.Slice(starts[i].Position, end - starts[i].Position), options.MaxTagBytes, decoder, rest));
            parts[^1].CheckBlockSizes(options.CancellationToken);
        }

        return parts;
    }

    // The last frame of one stream ends where the metadata say, and at a byte here and there frames are of the first one's rate, the
    // samples ascend with the bytes, and a byte has about as many of them as all have: where a stream of the same length is joined on
    // again and again, it is that many times as many.
    private static bool IsOneStream(FlacLayout layout)
    {
        const int probes = 3;
        const double many = 1.5;
        if (layout.Info is not { } info || info.SampleCount != layout.SampleCount || layout.SkippedBehind > 0)
            return false;
        var before = layout.First;
        var (start, end) = (layout.First.Position, layout.Last.EndPosition);
        var anyFrames = new FlacFrames(layout.Audio, info, layout.Frames.Decoder);
        var samplesAByte = 0.0;
        for (var probe = 1; probe <= probes; probe++)
        {
            if (!anyFrames.TryFind(start + (end - start) * probe / (probes + 1), end, out var frame))
                frame = layout.Last;
            else if (frame.SampleRate != before.SampleRate)
                return false;
            if (frame.Position > before.Position && frame.Start <= before.Start)
                return false;
            samplesAByte += (double)frame.Header.BlockSize / frame.Length / probes;
            before = frame;
        }

        return samplesAByte < many * layout.SampleCount / (end - start);
    }

    // Where a mark is followed by the stream's information and, behind the metadata, by a sound frame; or where a sound frame is of another
    // rate or kind than those before, or is the first of its stream.
    private static List<(long Position, bool HasMetadata)> FindStreams(FlacLayout whole, AudioReadOptions options)
    {
        var starts = new List<(long, bool)>();
        var (audio, info, before) = (whole.Audio, whole.Info, whole.First);
        var anyFrames = new FlacFrames(audio, info, whole.Frames.Decoder);
        for (var position = before.EndPosition; position < audio.Length;)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            var bytes = audio.At(position, FlacMetadata.Mark.Length + StreamInfoHeaderLength);
            var at = bytes.IndexOfAny(FlacMetadata.Mark[0], FlacFrameHeader.FirstByte);
            if (at != 0)
                position += at < 0 ? Math.Max(1, bytes.Length) : at;
            else if (bytes.StartsWith(FlacMetadata.Mark) && TryReadMetadata(audio, position, options) is { Info: not null } metadata
                && new FlacFrames(audio, metadata.Info, whole.Frames.Decoder) is var ownFrames
                && ownFrames.TryDecode(metadata.End, out var first))
            {
                starts.Add((position, true));
                (info, before, anyFrames) = (metadata.Info, first, ownFrames);
                position = first.EndPosition;
            }
            else if (FlacFrameHeader.TryRead(audio.At(position, FlacFrameHeader.MostBytes), out var header)
                && (header.Number == 0 || header.IsVariable != before.Header.IsVariable || header.RateIn(info) != before.SampleRate)
                && SampleRates.Contains(header.RateIn(info)) && anyFrames.TryDecode(position, out first))
            {
                starts.Add((position, false));
                before = first;
                position = first.EndPosition;
            }
            else
                position++;
        }

        return starts;
    }

    private static FlacMetadata? TryReadMetadata(ByteSource audio, long position, AudioReadOptions options)
    {
        var header = audio.At(position + FlacMetadata.Mark.Length, StreamInfoHeaderLength);
        if (header.Length < StreamInfoHeaderLength || (header[0] & 0x7F) != 0
            || !header[1..StreamInfoHeaderLength].SequenceEqual((ReadOnlySpan<byte>)[0, 0, StreamInfo.Length]))
            return null;
        var metadata = FlacMetadata.Read(audio, position, options.MaxTagBytes);
        return metadata.Info is { } info && SampleRates.Contains(info.SampleRate) ? metadata : null;
    }
}
