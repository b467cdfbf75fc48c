using SongMood.Audio;

namespace SongMood.Formats.Opus;

/// <summary>
/// A stream's samples from one of them on. What a packet sounds like depends on all before it, so these are played, too.
/// </summary>
internal sealed class OpusPlayback : PacketStream
{
    private readonly OpusLayout _layout;
    private readonly CancellationToken _cancellation;
    private readonly OpusStreams _decoder;
    private readonly float[] _interleaved;
    private readonly float[][] _rows;
    private long _toSkip, _position;
    private int _next;

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

    public override int SampleRate => _layout.SampleRate;

    public override int ChannelCount => _layout.ChannelCount;

    public override long SampleCount { get; }

    protected override void PlayNext()
    {
        _cancellation.ThrowIfCancellationRequested();
        var (bytes, length) = _layout.Packet(_next++);
        _decoder.Decode(bytes, _interleaved);
        for (var channel = 0; channel < _rows.Length; channel++)
        {
            var row = _rows[channel].AsSpan(0, length);
            for (int i = 0, from = channel; i < length; i++, from += _rows.Length)
                row[i] = _interleaved[from] * _layout.Head.Gain;
            SampleLimit.Require(row, channel, _rows.Length, _position);
        }

        _position += length;
        var skipped = (int)Math.Min(_toSkip, length);
        _toSkip -= skipped;
        Give(_rows, skipped, length);
    }
}
