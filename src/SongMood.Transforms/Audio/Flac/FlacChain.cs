using SongMood.Audio.Ogg;

namespace SongMood.Audio.Flac;

/// <summary>FLAC streams that were joined end to end: one after the other, at the rate and with the channels of the first.</summary>
internal sealed class FlacChain : SampleStream
{
    private readonly IReadOnlyList<FlacLayout> _layouts;
    private readonly OggLinks? _others;
    private readonly CancellationToken _cancellation;
    private readonly JoinedStream _joined;
    private readonly Dictionary<FlacLayout, FlacStream> _opened = [];

    /// <param name="layouts">The streams.</param>
    /// <param name="others">Streams of other kinds that are joined on, which are lost; null where there are none.</param>
    /// <param name="options">The part that is asked for.</param>
    /// <exception cref="AudioFormatException">There are no samples where they are asked for.</exception>
    public FlacChain(IReadOnlyList<FlacLayout> layouts, OggLinks? others, AudioReadOptions options)
    {
        (_layouts, _others, _cancellation) = (layouts, others, options.CancellationToken);
        List<JoinedPart> parts =
            [.. layouts.Select(layout => new JoinedPart(layout.SampleCount, layout.First.SampleRate, start => Open(layout, start)))];
        var (start, count) = options.Select(LengthOf(layouts), parts[0].SampleRate);
        _joined = new JoinedStream(parts, layouts[0].First.Header.ChannelCount, start, count);
    }

    public override int SampleRate => _joined.SampleRate;

    public override int ChannelCount => _layouts[0].First.Header.ChannelCount;

    public override long SampleCount => _joined.SampleCount;

    public override AudioDamage Damage
    {
        get
        {
            var parts = _layouts.Select(layout => (layout.Duration, Damage: _opened.GetValueOrDefault(layout)?.Damage ?? AudioDamage.None))
                .ToList();
            var isOtherwise = _layouts.Any(layout => layout.First.Header.ChannelCount != ChannelCount)
                || parts.Exists(part => part.Damage.HasOtherChannels);
            var otherCount = _others?.OtherCount ?? 0;
            if (!isOtherwise && otherCount == 0 && !parts.Exists(part => part.Damage.IsAny))
                return AudioDamage.None;
            var decoded = parts.Sum(part => part.Damage.IsAny ? part.Damage.Decoded.TotalSeconds : part.Duration);
            var promised = parts.Sum(part => part.Damage.Promised?.TotalSeconds ?? part.Duration);
            return new AudioDamage
            {
                KeepsTime = true,
                LostFrameCount = (int)Math.Min(int.MaxValue, otherCount + parts.Sum(part => (long)part.Damage.LostFrameCount)),
                SkippedByteCount = (_others?.OtherByteCount ?? 0) + parts.Sum(part => part.Damage.SkippedByteCount),
                IsOtherThanEncoded = parts.Exists(part => part.Damage.IsOtherThanEncoded),
                HasOtherChannels = isOtherwise,
                Decoded = TimeSpan.FromSeconds(decoded),
                Promised = parts.Exists(part => part.Damage.Promised is not null) ? TimeSpan.FromSeconds(promised) : null,
            };
        }
    }

    /// <summary>Samples a channel of all streams, at the first one's rate.</summary>
    public static long LengthOf(IReadOnlyList<FlacLayout> layouts) =>
        JoinedStream.LengthOf([.. layouts.Select(layout => (layout.SampleCount, layout.First.SampleRate))]);

    public override void Read(float[][] target, int start, int count) => _joined.Read(target, start, count);

    private FlacStream Open(FlacLayout layout, long start) =>
        _opened[layout] = new FlacStream(layout, ChannelCount, start, layout.SampleCount - start, _cancellation);
}
