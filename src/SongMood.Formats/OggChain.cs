using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>
/// Streams that follow each other in an Ogg file: they play as one, at the rate and with the channels of the first. One that cannot be
/// read counts as lost.
/// </summary>
internal sealed class OggChain
{
    private readonly List<IOggLayout> _layouts = [];
    private readonly long _lostCount, _skippedByteCount;

    /// <param name="format">The format's name, for errors.</param>
    /// <param name="streams">The streams.</param>
    /// <param name="lay">Looks at one of them; an <see cref="AudioFormatException"/> says that it cannot be read.</param>
    /// <param name="cancellation">Ends the look at them.</param>
    /// <exception cref="AudioFormatException">None of them can be read, or they have no samples.</exception>
    public OggChain(string format, OggStreams streams, Func<OggStream, IOggLayout> lay, CancellationToken cancellation)
    {
        AudioFormatException? fault = null;
        (_lostCount, _skippedByteCount) = (streams.Links.OtherCount, streams.Links.OtherByteCount);
        foreach (var stream in streams.All)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _layouts.Add(lay(stream));
            }
            catch (AudioFormatException error)
            {
                fault ??= error;
                _lostCount += Math.Max(1, stream.LostCount);
                _skippedByteCount += stream.SkippedByteCount + stream.Packets.Sum(packet => (long)packet.Bytes.Length);
            }
        }

        if (_layouts.Count == 0)
            throw fault!;
        SampleCount = JoinedStream.LengthOf([.. _layouts.Select(layout => (layout.SampleCount, layout.SampleRate))]);
        if (SampleCount == 0)
            throw new AudioFormatException(
                $"this {format} file has no samples ({Plural.Of(_layouts.Sum(layout => layout.PacketCount), "packet")} that can be "
                + "played); is it cut off or damaged?");
    }

    public int SampleRate => _layouts[0].SampleRate;

    public int ChannelCount => _layouts[0].ChannelCount;

    /// <summary>Samples a channel, at least one.</summary>
    public long SampleCount { get; }

    /// <summary>The first one's comments.</summary>
    public TagText Text => _layouts[0].Text;

    private AudioDamage Damage
    {
        get
        {
            var lost = _lostCount + _layouts.Sum(layout => layout.LostCount);
            var isOtherwise = _layouts.Exists(layout => layout.ChannelCount != ChannelCount);
            if (lost == 0 && !isOtherwise)
                return AudioDamage.None;
            var duration = (double)SampleCount / SampleRate;
            var missing = _layouts.Sum(layout => (double)layout.MissingCount / layout.SampleRate);
            return new AudioDamage
            {
                LostFrameCount = (int)Math.Min(lost, int.MaxValue),
                SkippedByteCount = _skippedByteCount + _layouts.Sum(layout => layout.SkippedByteCount),
                HasOtherChannels = isOtherwise,
                Decoded = TimeSpan.FromSeconds(duration),
                Promised = missing > 0 && duration + missing <= TimeSpan.FromDays(1).TotalSeconds
                    ? TimeSpan.FromSeconds(duration + missing) : null,
            };
        }
    }

    /// <summary>Its samples from one of them on.</summary>
    public SampleStream Open(long start, long count, CancellationToken cancellation) =>
        new JoinedStream(Parts(cancellation), ChannelCount, start, count, Damage);

    private List<JoinedPart> Parts(CancellationToken cancellation) =>
        [.. _layouts.Select(layout => new JoinedPart(layout.SampleCount, layout.SampleRate, start => Open(layout, start, cancellation)))];

    private SampleStream Open(IOggLayout layout, long start, CancellationToken cancellation)
    {
        var stream = layout.Open(start, cancellation);
        return layout.ChannelCount == ChannelCount ? stream : new ChannelStream(stream, ChannelCount);
    }
}
