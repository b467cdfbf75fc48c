namespace SongMood.Audio.Mp3;

/// <summary>
/// The samples that a plan tells of, which are the original's, in the form asked for. Where the stream changes its rate, it goes on at the
/// first one.
/// </summary>
internal sealed class PlannedStream : SampleStream
{
    private readonly FramePlan _plan;
    private readonly JoinedStream _segments;

    public PlannedStream(FramePlan plan, AudioReadOptions options)
    {
        _plan = plan;
        var (start, count) = options.Select(plan.SampleCount, plan.First.SampleRate);
        start += plan.Skipped;
        var form = FrameForm.Of(plan, options, start);
        _segments = new JoinedStream(
            [
                .. plan.Segments.Select(segment => new JoinedPart(segment.SampleCount / form.RateDivisor,
                    segment.First.SampleRate / form.RateDivisor, at => Open(segment, form, at, options.CancellationToken))),
            ],
            form.ChannelCount,
            start / form.RateDivisor,
            (count + form.RateDivisor - 1) / form.RateDivisor); // the last segment may have a little more in its filterbanks
    }

    public override int SampleRate => _segments.SampleRate;

    public override int ChannelCount => _segments.ChannelCount;

    public override long SampleCount => _segments.SampleCount;

    public override AudioDamage Damage => _plan.Damage;

    public override void Read(float[][] target, int start, int count) => _segments.Read(target, start, count);

    private SegmentStream Open(FrameSegment segment, FrameForm form, long start, CancellationToken cancellation)
    {
        var stream = new SegmentStream(_plan, segment, form, cancellation);
        stream.Skip(start);
        return stream;
    }
}
