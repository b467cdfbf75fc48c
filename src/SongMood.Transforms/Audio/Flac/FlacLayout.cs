using SongMood.Audio.Mp3;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Flac;

/// <summary>What a FLAC stream's ends say: where its frames are and how many samples they have.</summary>
internal sealed class FlacLayout
{
    // A frame has at least its header, a subframe of one byte and the checksum.
    private const int ShortestFrame = 10;

    // Where a stream that has lost its beginning is looked for.
    private const int HeadlessSearch = 1 << 16;

    // MP3 frames in a row by which one is known.
    private const int Mp3ChainLength = 3;

    private FlacLayout(ByteSource audio, FlacMetadata? metadata, StreamInfo? info, FlacFrames frames, FlacFrame first, long searchedFrom)
    {
        (Audio, Metadata, Info, Frames, First) = (audio, metadata, info, frames, first);
        // Where the first sample is there, what is before it are metadata, however long they say that they are.
        SkippedBefore = metadata is not null && first.Start == 0 ? 0 : first.Position - searchedFrom;
        // A stream that was recorded from its middle on begins with a high number. Where bytes are lost, samples are, too.
        Base = SkippedBefore == 0 || metadata is null ? first.Start : 0;
        SetLast(frames.FindLast());
    }

    /// <summary>The input without the tags at its end.</summary>
    public ByteSource Audio { get; }

    /// <summary>What is said before the frames; null for a stream without its beginning.</summary>
    public FlacMetadata? Metadata { get; }

    /// <summary>What is said of these samples, here or where the frames before them are; null where nothing is.</summary>
    public StreamInfo? Info { get; private set; }

    public FlacFrames Frames { get; }

    public FlacFrame First { get; }

    /// <summary>The last sound frame.</summary>
    public FlacFrame Last { get; private set; }

    /// <summary>The number of the sample that is the first here.</summary>
    public long Base { get; }

    /// <summary>Samples a channel, up to the last frame's end.</summary>
    public long SampleCount { get; private set; }

    /// <summary>How long it lasts, in seconds.</summary>
    public double Duration => (double)SampleCount / First.SampleRate;

    /// <summary>Bytes before the first frame that are neither metadata nor frames.</summary>
    public long SkippedBefore { get; }

    /// <summary>How many samples the metadata promise beyond the last frame.</summary>
    public long MissingSamples => Math.Max(0, (Info?.SampleCount ?? 0) - SampleCount);

    /// <summary>Bytes behind the last frame that are neither padding nor tags.</summary>
    public long SkippedBehind
    {
        get
        {
            var end = Last.EndPosition;
            while (TagSkipper.LengthAt(Audio, end) is > 0 and var length) // of a stream that was joined on
                end += length;
            return Padding.IsOnly(Audio, end) || (MissingSamples == 0 && Padding.IsFill(Audio, end)) ? 0 : Audio.Length - end;
        }
    }

    /// <summary>Whether a FLAC stream, or a piece of one, begins here behind tags.</summary>
    public static bool IsAt(ByteSource input)
    {
        var start = TagSkipper.AudioStart(input);
        if (input.At(start, FlacMetadata.Mark.Length).StartsWith(FlacMetadata.Mark))
            return true;
        var frames = new FlacFrames(input, null, new FlacFrameDecoder());
        return frames.TryFind(start, Math.Min(input.Length, start + HeadlessSearch), out var frame)
            && (frame.Position == start || !BeginsAsAnother(input, start));
    }

    // Other containers carry FLAC frames between bytes of their own, and a FLAC stream may be joined on to an MP3.
    private static bool BeginsAsAnother(ByteSource input, long start) =>
        ForeignContent.IsMarked(input) || new FrameSearch(input, LayerThree.Instance).TryBegin(start, Mp3ChainLength, out _);

    /// <param name="input">The stream's bytes, with tags.</param>
    /// <param name="maxTagBytes">The longest tag that is read.</param>
    /// <param name="decoder">Decodes its frames; one that serves other streams, too, holds but one frame of all.</param>
    /// <param name="saidBefore">What the metadata of frames before these say, where these have none of their own.</param>
    /// <exception cref="AudioFormatException">There is no sound frame.</exception>
    public static FlacLayout Read(ByteSource input, int maxTagBytes, FlacFrameDecoder decoder, StreamInfo? saidBefore = null)
    {
        var audio = input.Slice(0, TagSkipper.AudioEnd(input));
        var start = TagSkipper.AudioStart(audio, maxTagBytes);
        var metadata = audio.At(start, FlacMetadata.Mark.Length).StartsWith(FlacMetadata.Mark)
            ? FlacMetadata.Read(audio, start, maxTagBytes) : null;
        var info = metadata?.Info ?? saidBefore;
        var frames = new FlacFrames(audio, info, decoder);
        var from = metadata?.End ?? start;
        // Metadata whose length is wrong may claim bytes of the first frames.
        if (frames.TryFindFirst(from, from + 1, out var first) || frames.TryFindFirst(start, audio.Length, out first))
            return new FlacLayout(audio, metadata, info, frames, first, Math.Min(from, first.Position));
        throw new AudioFormatException(
            $"this FLAC has no sound frame in its {audio.Length} bytes; is it cut off?", frameIndex: 0, bytePosition: from);
    }

    /// <summary>
    /// Looks at all frames where the last one's number does not come to the number of samples that is said, or none is: some may have
    /// other block sizes than the first one, whatever their headers say.
    /// </summary>
    public void CheckBlockSizes(CancellationToken cancellation)
    {
        if (First.Header.IsVariable || Info?.SampleCount == SampleCount)
            return;
        Frames.FindBlockSizes(cancellation);
        SetLast(Last with { Start = Frames.StartOf(Last.Header) });
    }

    private void SetLast(in FlacFrame last)
    {
        (Last, SampleCount) = (last, last.End - Base);
        var most = (Audio.Length / ShortestFrame + 1) * FlacFrameHeader.MostSamples;
        if (SampleCount <= 0 || SampleCount > most)
            throw new AudioFormatException(
                $"this FLAC's last frame begins with sample {last.Start - Base}, which {Audio.Length} bytes cannot come to; is it damaged?",
                bytePosition: last.Position);
    }

    /// <summary>
    /// What is left of <see cref="Info"/> for frames of another kind that follow: its number of samples and its digest are of them all.
    /// </summary>
    public StreamInfo? LeaveRest()
    {
        if (Info is not { } said)
            return null;
        Info = said with { SampleCount = 0, Digest = [] };
        return Info with { SampleCount = Math.Max(0, said.SampleCount - SampleCount) };
    }

    /// <summary>A frame that begins at or before a sample, at most some frames before it.</summary>
    /// <param name="sample">Counted from <see cref="Base"/>.</param>
    public FlacFrame FindBefore(long sample)
    {
        const int near = 1 << 16; // bytes that are decoded rather than bisected
        sample += Base;
        if (Last.Start <= sample)
            return Last;
        var (before, end) = (First, Last.Position);
        var named = (Metadata?.SeekPoints ?? []).Where(point => point.Sample <= sample && point.Offset < end - First.Position);
        foreach (var point in named.OrderByDescending(point => point.Sample))
            if (Frames.TryDecode(First.Position + point.Offset, out var found) && found.Start <= sample && found.Start >= before.Start)
            {
                before = found;
                break;
            }

        while (end - before.EndPosition > near)
        {
            var middle = before.EndPosition + (end - before.EndPosition) / 2;
            if (Frames.TryFind(middle, end, out var frame) && frame.Start <= sample && frame.Start > before.Start)
                before = frame;
            else
                end = middle;
        }

        return before;
    }
}
