using SongMood.Dsp;

namespace SongMood.Audio.Flac;

/// <summary>
/// Finds the streams of an input, where some are joined end to end. No frame tells that another stream begins, so the marks "fLaC" are
/// looked for, which takes reading all; it is done only where the ends do not agree with each other.
/// </summary>
internal static class FlacParts
{
    private const int StreamInfoHeaderLength = 4;

    /// <summary>The streams: one, or more.</summary>
    /// <exception cref="AudioFormatException">There is no sound frame.</exception>
    public static IReadOnlyList<FlacLayout> Read(ByteSource input, AudioReadOptions options)
    {
        var whole = FlacLayout.Read(input, options.MaxTagBytes);
        if (IsOneStream(whole))
            return [whole];
        List<long> starts = [0, .. FindStreams(whole, options), whole.Audio.Length];
        return starts.Count == 2 ? [whole]
            : [.. starts.Zip(starts.Skip(1), (from, to) => FlacLayout.Read(whole.Audio.Slice(from, to - from), options.MaxTagBytes))];
    }

    // Of one stream, the last frame ends where the metadata say, the samples ascend with the bytes, and a byte here and there has about as
    // many of them as all have: where a stream of the same length is joined on again and again, it is that many times as many.
    private static bool IsOneStream(FlacLayout layout)
    {
        const int probes = 3;
        const double many = 1.5;
        if (layout.Metadata?.Info is not { } info || info.SampleCount != layout.SampleCount || layout.SkippedBehind > 0)
            return false;
        var before = layout.First;
        var (start, end) = (layout.First.Position, layout.Last.EndPosition);
        var samplesAByte = 0.0;
        for (var probe = 1; probe <= probes; probe++)
        {
            if (!layout.Frames.TryFind(start + (end - start) * probe / (probes + 1), end, out var frame))
                frame = layout.Last;
            if (frame.Position > before.Position && frame.Start <= before.Start)
                return false;
            samplesAByte += (double)frame.Header.BlockSize / frame.Length / probes;
            before = frame;
        }

        return samplesAByte < many * layout.SampleCount / (end - start);
    }

    // Where a mark is followed by the stream's information and, behind the metadata, by a sound frame.
    private static IEnumerable<long> FindStreams(FlacLayout first, AudioReadOptions options)
    {
        var audio = first.Audio;
        for (var position = first.First.EndPosition; position < audio.Length;)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            var bytes = audio.At(position, FlacMetadata.Mark.Length + StreamInfoHeaderLength);
            var at = bytes.IndexOf(FlacMetadata.Mark);
            if (at < 0)
            {
                position += Math.Max(1, bytes.Length - FlacMetadata.Mark.Length + 1); // a mark may lie across two windows
                continue;
            }

            position += at;
            if (IsStream(audio, position, options))
                yield return position;
            position += FlacMetadata.Mark.Length;
        }
    }

    private static bool IsStream(ByteSource audio, long position, AudioReadOptions options)
    {
        var header = audio.At(position + FlacMetadata.Mark.Length, StreamInfoHeaderLength);
        if (header.Length < StreamInfoHeaderLength || (header[0] & 0x7F) != 0
            || !header[1..StreamInfoHeaderLength].SequenceEqual((ReadOnlySpan<byte>)[0, 0, StreamInfo.Length]))
            return false;
        var metadata = FlacMetadata.Read(audio, position, options.MaxTagBytes);
        return metadata.Info is { } info && SampleRates.Contains(info.SampleRate)
            && new FlacFrames(audio, info).TryFindFirst(metadata.End, metadata.End + 1, out _);
    }
}
