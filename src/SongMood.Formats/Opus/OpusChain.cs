using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Opus;

/// <summary>Opus streams that follow each other in a file. One without a header that can be read counts as lost.</summary>
internal sealed class OpusChain : IOggChain
{
    /// <summary>Samples a second (RFC 7845, 5.1, item 5).</summary>
    public const int Rate = 48_000;

    private readonly List<OpusLayout> _layouts = [];
    private readonly long _lostCount, _skippedByteCount;

    /// <param name="streams">The streams.</param>
    /// <param name="cancellation">Ends the look at them.</param>
    /// <exception cref="AudioFormatException">None of them can be read, or they have no samples.</exception>
    public OpusChain(IReadOnlyList<OggStream> streams, CancellationToken cancellation)
    {
        AudioFormatException? fault = null;
        foreach (var stream in streams)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _layouts.Add(new OpusLayout(stream));
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
        SampleCount = _layouts.Sum(layout => layout.SampleCount);
        if (SampleCount == 0)
            throw new AudioFormatException(
                $"this Opus file has no samples ({Plural.Of(_layouts.Sum(layout => layout.PacketCount), "packet")} that can be played); "
                + "is it cut off or damaged?");
    }

    public int SampleRate => Rate;

    public int ChannelCount => _layouts[0].Head.ChannelCount;

    public long SampleCount { get; }

    public TagText Text => _layouts[0].Text;

    private AudioDamage Damage
    {
        get
        {
            var lost = _lostCount + _layouts.Sum(layout => layout.LostCount);
            var isOtherwise = _layouts.Exists(layout => layout.Head.ChannelCount != ChannelCount);
            return lost == 0 && !isOtherwise ? AudioDamage.None : new AudioDamage
            {
                LostFrameCount = (int)Math.Min(lost, int.MaxValue),
                SkippedByteCount = lost == 0 ? 0 : _skippedByteCount + _layouts.Sum(layout => layout.SkippedByteCount),
                HasOtherChannels = isOtherwise,
                Decoded = TimeSpan.FromSeconds((double)SampleCount / Rate),
            };
        }
    }

    public SampleStream Open(long start, long count, CancellationToken cancellation)
    {
        var parts = _layouts.Where(layout => layout.SampleCount > 0)
            .Select(layout => new JoinedPart(layout.SampleCount, Rate, at => Open(layout, at, cancellation)));
        return new JoinedStream([.. parts], ChannelCount, start, count, Damage);
    }

    private SampleStream Open(OpusLayout layout, long start, CancellationToken cancellation)
    {
        var stream = new OpusPlayback(layout, start, cancellation);
        return stream.ChannelCount == ChannelCount ? stream : new ChannelStream(stream, ChannelCount);
    }
}
