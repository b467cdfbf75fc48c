namespace SongMood.Formats.Opus;

/// <summary>Plays packets of one or more Opus streams side by side (RFC 7845, 5.1.1): which of their channels each channel is.</summary>
internal sealed class OpusStreams
{
    private readonly OpusHead _head;
    private readonly OpusPacket[] _packets;
    private readonly OpusStream?[] _streams;
    private readonly float[] _samples = new float[2 * OpusPacket.MostSamples];

    public OpusStreams(OpusHead head)
    {
        _head = head;
        _packets = [.. Enumerable.Range(0, head.StreamCount).Select(_ => new OpusPacket())];
        _streams = new OpusStream?[head.StreamCount];
    }

    /// <summary>How many samples for each channel a packet has; false where its frames cannot be told apart.</summary>
    /// <param name="packet">One packet of each stream.</param>
    /// <param name="length">How many.</param>
    public bool TryRead(byte[] packet, out int length)
    {
        length = 0;
        for (int i = 0, position = 0; i < _packets.Length; i++)
        {
            if (!_packets[i].TryRead(packet, position, i < _packets.Length - 1))
                return false;
            position = _packets[i].End;
            var now = _packets[i].FrameCount * _packets[i].Configuration.FrameLength;
            if (i > 0 && now != length)
                return false;
            length = now;
        }

        return length > 0;
    }

    /// <summary>Plays a packet.</summary>
    /// <param name="packet">One packet of each stream.</param>
    /// <param name="output">Interleaved samples; <see cref="OpusPacket.MostSamples"/> for each channel.</param>
    /// <returns>How many for each channel; 0 where its frames cannot be told apart.</returns>
    public int Decode(byte[] packet, Span<float> output)
    {
        if (!TryRead(packet, out var length))
            return 0;
        output = output[..(length * _head.ChannelCount)];
        output.Clear();
        for (var i = 0; i < _packets.Length; i++)
        {
            var stream = _streams[i] ??= new OpusStream(i < _head.CoupledCount ? 2 : 1);
            stream.Decode(packet, _packets[i], _samples);
            var first = i < _head.CoupledCount ? 2 * i : i + _head.CoupledCount;
            for (var channel = 0; channel < _head.ChannelCount; channel++)
                if (_head.Mapping[channel] is var from && from >= first && from < first + stream.ChannelCount)
                    for (int k = 0, at = from - first, to = channel; k < length; k++, at += stream.ChannelCount, to += _head.ChannelCount)
                        output[to] = _samples[at];
        }

        return length;
    }
}
