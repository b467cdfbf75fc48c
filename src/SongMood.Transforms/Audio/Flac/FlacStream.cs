using System.Numerics;
using System.Runtime.InteropServices;

namespace SongMood.Audio.Flac;

/// <summary>
/// The part of a FLAC's samples that is asked for. Frames say which samples are theirs, so those of lost frames are silent, and what
/// follows keeps its time.
/// </summary>
internal sealed class FlacStream : SampleStream
{
    private readonly FlacLayout _layout;
    private readonly CancellationToken _cancellation;
    private FlacFrame _frame;
    private FlacDigest? _digest;
    private long _position; // as frames count
    private long _silentUntil, _nextByte, _skippedBytes, _silentSamples;
    private int _lostFrames;
    private bool _isOther, _hasOtherChannels;

    /// <param name="layout">Where the frames are.</param>
    /// <param name="channelCount">Channels that come out.</param>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Ends decoding.</param>
    public FlacStream(FlacLayout layout, int channelCount, long start, long count, CancellationToken cancellation)
    {
        (_layout, ChannelCount, _cancellation) = (layout, channelCount, cancellation);
        (_position, SampleCount) = (start, count);
        if (count == layout.SampleCount)
            _digest = FlacDigest.TryBegin(layout);
        _position += layout.Base;
        // Before a frame that was sought, nothing is lost of this part.
        var isFromStart = _position == layout.Base;
        var first = isFromStart ? layout.First : layout.FindBefore(_position - layout.Base);
        _nextByte = isFromStart ? first.Position - layout.SkippedBefore : first.Position;
        _silentUntil = isFromStart ? layout.Base : first.Start;
        _frame = first with { Start = _silentUntil - first.Header.BlockSize }; // as if it were the one before
    }

    public override int SampleRate => _layout.First.SampleRate;

    public override int ChannelCount { get; }

    public override long SampleCount { get; }

    public override AudioDamage Damage
    {
        get
        {
            var blockSize = _layout.First.Header.BlockSize;
            var (missing, behind) = (_layout.MissingSamples, _layout.SkippedBehind);
            var lost = _lostFrames + (missing > 0 ? (missing + blockSize - 1) / blockSize : behind > 0 ? 1 : 0);
            if (lost == 0 && !_isOther && !_hasOtherChannels)
                return AudioDamage.None;
            var promised = (double)(_layout.SampleCount + missing) / SampleRate;
            return new AudioDamage
            {
                KeepsTime = true,
                LostFrameCount = (int)Math.Min(lost, int.MaxValue),
                SkippedByteCount = _skippedBytes + behind,
                IsOtherThanEncoded = _isOther,
                HasOtherChannels = _hasOtherChannels,
                Decoded = TimeSpan.FromSeconds((double)(_layout.SampleCount - _silentSamples) / SampleRate),
                Promised = missing + _silentSamples > 0 && promised <= TimeSpan.FromDays(1).TotalSeconds
                    ? TimeSpan.FromSeconds(promised) : null,
            };
        }
    }

    public override void Skip(long count)
    {
        _position += count;
        _digest = null;
    }

    public override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            while (_position >= _frame.End)
                Next();
            int taken;
            if (_position < _silentUntil)
            {
                taken = (int)Math.Min(count, _silentUntil - _position);
                foreach (var row in target)
                    row.AsSpan(start, taken).Clear();
            }
            else
            {
                taken = (int)Math.Min(count, _frame.End - _position);
                Copy((int)(_position - _frame.Start), taken, target, start);
            }

            _position += taken;
            start += taken;
            count -= taken;
        }
    }

    // The next sound frame whose samples are not there yet.
    private void Next()
    {
        _cancellation.ThrowIfCancellationRequested();
        var (expected, nextByte) = (_frame.End, _nextByte);
        FlacFrame frame;
        for (var search = nextByte; ; search = frame.EndPosition)
        {
            if (!_layout.Frames.TryFind(search, _layout.Last.Position + 1, out frame))
                throw new AudioFormatException("the input changed while it was read; read it again", bytePosition: nextByte);
            if (frame.Start >= expected && frame.End <= _layout.Last.End)
                break; // not one that was there already, nor one of another stream
        }

        var (gap, skipped) = (frame.Start - expected, frame.Position - nextByte);
        if (gap > 0 || skipped > 0)
        {
            var blockSize = _layout.First.Header.BlockSize;
            _lostFrames += (int)Math.Clamp((gap + blockSize - 1) / blockSize, 1, int.MaxValue - _lostFrames);
            _skippedBytes += skipped;
            _silentSamples += gap;
            _digest = null;
        }

        (_frame, _silentUntil, _nextByte) = (frame, frame.Start, frame.EndPosition);
        _hasOtherChannels |= frame.Header.ChannelCount != ChannelCount;
        _digest = _digest?.Add(frame, _layout.Frames.Decoder);
        if (frame.End == _layout.Last.End)
            Finish();
    }

    private void Finish()
    {
        _isOther = _digest is { IsRight: false };
        _digest = null;
        if (_nextByte >= _layout.Last.EndPosition)
            return;
        _lostFrames++; // another stream before the end of this one
        _skippedBytes += _layout.Last.EndPosition - _nextByte;
    }

    // Where a frame has fewer channels than come out, its last one stands for those that it lacks; where one comes out, it is their mean.
    private void Copy(int at, int count, float[][] target, int start)
    {
        var scale = 1f / (1L << (_frame.Depth - 1));
        if (target.Length == 1 && _frame.Header.ChannelCount > 1)
        {
            var mean = target[0].AsSpan(start, count);
            mean.Clear();
            for (var channel = 0; channel < _frame.Header.ChannelCount; channel++)
                AddTo(mean, _layout.Frames.Decoder.Channel(channel, at, count), scale / _frame.Header.ChannelCount);
            return;
        }

        for (var channel = 0; channel < target.Length; channel++)
        {
            var samples = _layout.Frames.Decoder.Channel(Math.Min(channel, _frame.Header.ChannelCount - 1), at, count);
            ToFloats(samples, scale, target[channel].AsSpan(start, count));
        }
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<int> samples, float scale)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += samples[i] * scale;
    }

    private static void ToFloats(ReadOnlySpan<int> samples, float scale, Span<float> floats)
    {
        var whole = MemoryMarshal.Cast<int, Vector<int>>(samples);
        var target = MemoryMarshal.Cast<float, Vector<float>>(floats);
        for (var i = 0; i < whole.Length; i++)
            target[i] = Vector.ConvertToSingle(whole[i]) * scale;
        for (var i = whole.Length * Vector<int>.Count; i < samples.Length; i++)
            floats[i] = samples[i] * scale;
    }
}
