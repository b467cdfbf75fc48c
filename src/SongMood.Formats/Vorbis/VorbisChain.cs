using SongMood.Audio;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// Streams that follow each other in a file: they play as one, at the rate and with the channels of the first. One without headers or
/// sound counts as lost.
/// </summary>
internal sealed class VorbisChain
{
    private readonly List<VorbisLayout> _layouts = [];
    private long _lostCount, _skippedByteCount;

    private VorbisChain()
    {
    }

    /// <summary>The first stream.</summary>
    public VorbisLayout First => _layouts[0];

    /// <summary>How long all last, in seconds.</summary>
    public double Duration => (double)JoinedStream.LengthOf(Parts(default)) / First.Head.SampleRate;

    /// <exception cref="AudioFormatException">None of its streams can be read.</exception>
    public static VorbisChain Read(ByteSource input, CancellationToken cancellation)
    {
        var chain = new VorbisChain();
        AudioFormatException? fault = null;
        foreach (var stream in OggStreams.Read(input, VorbisHead.Mark, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                chain._layouts.Add(new VorbisLayout(stream));
            }
            catch (AudioFormatException error)
            {
                fault ??= error;
                chain._lostCount += Math.Max(1, stream.LostCount);
                chain._skippedByteCount += stream.SkippedByteCount + stream.Packets.Sum(packet => (long)packet.Bytes.Length);
            }
        }

        return chain._layouts.Count > 0 ? chain : throw fault!;
    }

    /// <summary>The part that the options ask for.</summary>
    /// <exception cref="AudioFormatException">There are no samples there.</exception>
    public SampleStream Open(AudioReadOptions options)
    {
        var parts = Parts(options.CancellationToken);
        var (start, count) = options.Select(JoinedStream.LengthOf(parts), First.Head.SampleRate);
        return new JoinedStream(parts, First.Head.ChannelCount, start, count, Damage);
    }

    private AudioDamage Damage
    {
        get
        {
            var lost = _lostCount + _layouts.Sum(layout => layout.LostCount);
            var isOtherwise = _layouts.Exists(layout => layout.Head.ChannelCount != First.Head.ChannelCount);
            if (lost == 0 && !isOtherwise)
                return AudioDamage.None;
            var missing = _layouts.Sum(layout => (double)layout.MissingCount / layout.Head.SampleRate);
            return new AudioDamage
            {
                LostFrameCount = (int)Math.Min(lost, int.MaxValue),
                SkippedByteCount = _skippedByteCount + _layouts.Sum(layout => layout.SkippedByteCount),
                HasOtherChannels = isOtherwise,
                Decoded = TimeSpan.FromSeconds(Duration),
                Promised = missing > 0 && Duration + missing <= TimeSpan.FromDays(1).TotalSeconds
                    ? TimeSpan.FromSeconds(Duration + missing) : null,
            };
        }
    }

    private List<JoinedPart> Parts(CancellationToken cancellation) =>
        [.. _layouts.Select(layout => new JoinedPart(layout.SampleCount, layout.Head.SampleRate,
            start => Open(layout, start, cancellation)))];

    private SampleStream Open(VorbisLayout layout, long start, CancellationToken cancellation)
    {
        var stream = new VorbisStream(layout, start, layout.SampleCount - start, cancellation);
        var isAlike = (layout.Head.ChannelCount, layout.Head.SampleRate) == (First.Head.ChannelCount, First.Head.SampleRate);
        return isAlike ? stream : new ChannelStream(stream, First.Head.ChannelCount);
    }
}
