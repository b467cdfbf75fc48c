using SongMood.Audio;

namespace SongMood.Formats.Opus;

/// <summary>
/// A stream's samples from one of them on. What a packet sounds like depends on all before it, so these are played, too.
/// </summary>
internal sealed class OpusPlayback : SampleStream
{
    private readonly OpusLayout _layout;
    private readonly CancellationToken _cancellation;
    private readonly OpusStreams _decoder;
    private readonly float[] _interleaved;
    private readonly float[][] _rows;
    private long _toSkip, _position;
    private int _next, _at, _count; // the next packet; the next sample of those that are there

    /// <param name="layout">Where the packets are.</param>
    /// <param name="start">The first sample.</param>
    /// <param name="cancellation">Ends decoding.</param>
    public OpusPlayback(OpusLayout layout, long start, CancellationToken cancellation)
    {
        (_layout, _cancellation, _decoder) = (layout, cancellation, new OpusStreams(layout.Head));
        _interleaved = new float[OpusPacket.MostSamples * layout.Head.ChannelCount];
        _rows = NewRows(OpusPacket.MostSamples);
        (_toSkip, _position) = (layout.Head.PreSkip + start, -layout.Head.PreSkip);
        SampleCount = layout.SampleCount - start;
    }

    public override int SampleRate => OpusChain.Rate;

    public override int ChannelCount => _layout.Head.ChannelCount;

    public override long SampleCount { get; }

    public override void Skip(long count) => _toSkip += count - Take(count, _count - _at);

    public override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            while (_at == _count)
                PlayNext();
            var taken = Math.Min(count, _count - _at);
            for (var channel = 0; channel < target.Length; channel++)
                _rows[channel].AsSpan(_at, taken).CopyTo(target[channel].AsSpan(start));
            _at += taken;
            start += taken;
            count -= taken;
        }
    }

    private int Take(long wanted, int there)
    {
        var taken = (int)Math.Min(wanted, there);
        _at += taken;
        return taken;
    }

    private void PlayNext()
    {
        _cancellation.ThrowIfCancellationRequested();
        var (bytes, length) = _layout.Packet(_next++);
        _decoder.Decode(bytes, _interleaved);
        (_at, _count) = (0, length);
        _toSkip -= Take(_toSkip, length);
        for (var channel = 0; channel < _rows.Length; channel++)
        {
            var row = _rows[channel].AsSpan(0, length);
            for (int i = 0, from = channel; i < length; i++, from += _rows.Length)
                row[i] = _interleaved[from] * _layout.Head.Gain;
            SampleLimit.Require(row, channel, _rows.Length, _position);
        }

        _position += length;
    }
}
