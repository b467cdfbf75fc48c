using System.Numerics.Tensors;

namespace SongMood.Audio.Mp3;

/// <summary>Decodes one segment's frames in turn, into a fixed number of channels.</summary>
internal sealed class SegmentStream : SampleStream
{
    // Two frames before the first one wanted bring the overlap and the synthesis to what they would be: a granule's samples depend
    // on its own lines, on the overlap of the granule before, and on 15 slots before it, which had an overlap themselves.
    private const int WarmUpFrames = 2;

    private const int MaxFrameSamples = 1152;

    private readonly FramePlan _plan;
    private readonly FrameSegment _segment;
    private readonly FrameForm _form;
    private readonly CancellationToken _cancellation;
    private readonly float[] _left = new float[MaxFrameSamples], _right = new float[MaxFrameSamples];
    private readonly int _frameSamples;
    private IFrameDecoder? _decoder;
    private FrameWalker? _walker;
    private long _nextFrame, _position, _bufferStart;
    private int _bufferCount, _bufferChannels;

    /// <param name="plan">The file's plan.</param>
    /// <param name="segment">One of its segments.</param>
    /// <param name="form">What is wanted of it.</param>
    /// <param name="cancellation">Ends decoding.</param>
    public SegmentStream(FramePlan plan, FrameSegment segment, FrameForm form, CancellationToken cancellation)
    {
        (_plan, _segment, _form, _cancellation) = (plan, segment, form, cancellation);
        _frameSamples = segment.First.SampleCount / form.RateDivisor;
    }

    public override int SampleRate => _segment.First.SampleRate / _form.RateDivisor;

    public override int ChannelCount => _form.ChannelCount;

    /// <summary>
    /// What the frames give; up to <see cref="FramePlan.DecoderDelay"/> more may be read, which are still in the filterbanks.
    /// </summary>
    public override long SampleCount => _segment.SampleCount / _form.RateDivisor;

    private bool IsMono => _bufferChannels == 1 || _form.RateDivisor > 1;

    public override void Skip(long count) => _position += count;

    public override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            var taken = _frameSamples;
            if (_position < _bufferStart + _bufferCount || !ReadFrame(target, start, count))
            {
                var at = (int)(_position - _bufferStart);
                taken = Math.Min(count, _bufferCount - at);
                Copy(at, taken, target, start);
            }

            _position += taken;
            start += taken;
            count -= taken;
        }
    }

    // Brings the frame that the position lies in: to where it is wanted, if all of it is and as it is (true), or into the buffers.
    private bool ReadFrame(float[][] target, int start, int count)
    {
        _cancellation.ThrowIfCancellationRequested();
        var wanted = Math.Min(_position / _frameSamples, _segment.FrameCount);
        if (_decoder is null)
            Begin(Math.Max(0, Math.Min(wanted, _segment.FrameCount - 1) - WarmUpFrames));
        for (; _nextFrame < wanted; _nextFrame++)
            TakeDecodable().Decode(_left, _right);
        (_bufferStart, _bufferCount) = (wanted * _frameSamples, _frameSamples);
        if (wanted == _segment.FrameCount)
        {
            _bufferCount = _decoder!.Flush(_bufferChannels = _segment.First.ChannelCount, _left, _right);
            return false;
        }

        var decoder = TakeDecodable();
        _nextFrame++;
        if (_position > _bufferStart || count < _frameSamples || target.Length < (IsMono ? 1 : 2))
        {
            decoder.Decode(_left, _right);
            return false;
        }

        _bufferCount = 0;
        var left = target[0].AsSpan(start, _frameSamples);
        var right = (target.Length == 2 ? target[1] : _right).AsSpan(target.Length == 2 ? start : 0, _frameSamples);
        decoder.Decode(left, right);
        if (IsMono && target.Length == 2)
            left.CopyTo(right);
        return true;
    }

    // Feeds the bit reservoir up to the first frame that is to be decoded.
    private void Begin(long firstFrame)
    {
        _decoder = _plan.Layers.MakeDecoder(_form);
        var (feed, count) = _segment.Before(firstFrame);
        _walker = new FrameWalker(_plan.Audio, feed.Walk, _plan.MaxTagBytes, _plan.Layers);
        while (_walker.Position.Byte < count.Walk.Byte && _walker.TryNext(out var place))
            Take(place);
        for (_nextFrame = count.FrameCount; _nextFrame < firstFrame; _nextFrame++)
            TakeDecodable();
    }

    private IFrameDecoder TakeDecodable()
    {
        while (_walker!.TryNext(out var place))
            if (Take(place))
            {
                _bufferChannels = place.Header.ChannelCount;
                return _decoder!;
            }

        throw new AudioFormatException("the input changed while it was read; read it again", frameIndex: _nextFrame);
    }

    private bool Take(in FramePlace place) =>
        _decoder!.Take(place.Header, place.FollowsBreak, _plan.Audio.At(place.Position, place.Length)[..place.Length]);

    // A stream may change between one and two channels; what comes out keeps the first frame's.
    private void Copy(int at, int count, float[][] target, int start)
    {
        var left = _left.AsSpan(at, count);
        var right = _right.AsSpan(at, count);
        var first = target[0].AsSpan(start, count);
        if (target.Length == 1 && !IsMono)
        {
            TensorPrimitives.Add(left, right, first);
            TensorPrimitives.Multiply(first, 0.5f, first);
            return;
        }

        left.CopyTo(first);
        if (target.Length == 2)
            (IsMono ? left : right).CopyTo(target[1].AsSpan(start));
    }
}
