using SongMood.Dsp;

namespace SongMood.Audio.Mp3;

/// <summary>
/// The samples of a Layer III file that are the original's, in the form asked for. Where the stream changes its rate, it goes on at the
/// first one.
/// </summary>
internal sealed class Mp3Stream : SampleStream
{
    private readonly Mp3Plan _plan;
    private readonly Mp3Form _form;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<int, RateConverter> _converters = [];
    private SampleStream _segment;
    private int _index;
    private long _left; // of the segment

    public Mp3Stream(Mp3Plan plan, AudioReadOptions options)
    {
        (_plan, _cancellation) = (plan, options.CancellationToken);
        var (start, count) = options.Select(plan.SampleCount, plan.First.SampleRate);
        start += plan.Skipped;
        _form = Mp3Form.Of(plan, options, start);
        SampleCount = (count + _form.RateDivisor - 1) / _form.RateDivisor;
        start /= _form.RateDivisor;
        for (; _index < plan.Segments.Count - 1 && start >= LengthOf(_index); _index++)
            start -= LengthOf(_index);
        _segment = Open(_index);
        _segment.Skip(start);
        _left = LengthOf(_index) - start;
    }

    public override int SampleRate => _plan.First.SampleRate / _form.RateDivisor;

    public override int ChannelCount => _form.ChannelCount;

    public override long SampleCount { get; }

    public override AudioDamage Damage => _plan.Damage;

    public override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            if (_left <= 0 && _index < _plan.Segments.Count - 1)
                (_segment, _left) = (Open(++_index), LengthOf(_index));
            var isLast = _index == _plan.Segments.Count - 1; // which may have a little more in its filterbanks
            var taken = isLast ? count : (int)Math.Min(count, _left);
            _segment.Read(target, start, taken);
            _left -= taken;
            start += taken;
            count -= taken;
        }
    }

    private long LengthOf(int index)
    {
        var segment = _plan.Segments[index];
        return RateStream.LengthAt(segment.SampleCount / _form.RateDivisor, segment.First.SampleRate / _form.RateDivisor, SampleRate);
    }

    private SampleStream Open(int index)
    {
        var segment = new SegmentStream(_plan, _plan.Segments[index], _form, _cancellation);
        if (segment.SampleRate == SampleRate)
            return segment;
        if (!_converters.TryGetValue(segment.SampleRate, out var converter))
            _converters[segment.SampleRate] = converter = new RateConverter(segment.SampleRate, SampleRate);
        return new RateStream(segment, converter);
    }
}
