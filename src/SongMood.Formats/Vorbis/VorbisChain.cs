using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// Streams that follow each other in a file: they play as one, at the rate and with the channels of the first. One without headers or
/// sound counts as lost.
/// </summary>
internal sealed class VorbisChain : IOggChain
{
    private readonly List<VorbisLayout> _layouts = [];
    private readonly long _lostCount, _skippedByteCount;

    /// <param name="streams">The streams.</param>
    /// <param name="cancellation">Ends the look at them.</param>
    /// <exception cref="AudioFormatException">None of them can be read.</exception>
    public VorbisChain(IReadOnlyList<OggStream> streams, CancellationToken cancellation)
    {
        AudioFormatException? fault = null;
        foreach (var stream in streams)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _layouts.Add(new VorbisLayout(stream));
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
        SampleCount = JoinedStream.LengthOf(Parts(default));
    }

    public int SampleRate => First.Head.SampleRate;

    public int ChannelCount => First.Head.ChannelCount;

    public long SampleCount { get; }

    public TagText Text => First.Text;

    private VorbisLayout First => _layouts[0];

    private double Duration => (double)SampleCount / SampleRate;

    public SampleStream Open(long start, long count, CancellationToken cancellation) =>
        new JoinedStream(Parts(cancellation), ChannelCount, start, count, Damage);

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
