using SongMood.Audio.Mp3;

namespace SongMood.Formats.MpegLayers;

/// <summary>Decodes the frames of one stream of Layer I or II in turn (ISO/IEC 11172-3, Figure A.1).</summary>
internal sealed class LayersDecoder(bool believesChecksums) : IFrameDecoder
{
    private const int Subbands = 32, MostSlots = 36, SlotsAtOnce = InverseMdct.SlotCount;

    private readonly FrameAllocation _allocation = new(believesChecksums);
    private readonly SubbandSamples _samples = new();
    private readonly float[][] _slots = [new float[Subbands * MostSlots], new float[Subbands * MostSlots]];
    private readonly SynthesisFilterbank[] _synthesis = [new(), new()];
    private byte[] _frame = [];
    private int _frameLength;

    public bool Take(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame)
    {
        var isDecodable = _allocation.Pass(header, followsBreak, frame) == FrameState.Decodable;
        if (followsBreak || !isDecodable)
            foreach (var filterbank in _synthesis)
                filterbank.Reset();
        if (_frame.Length < frame.Length)
            _frame = new byte[frame.Length];
        frame.CopyTo(_frame);
        _frameLength = frame.Length;
        return isDecodable;
    }

    public void Decode(Span<float> left, Span<float> right)
    {
        _samples.Read(_frame.AsSpan(0, _frameLength), _allocation, _slots);
        for (var channel = 0; channel < _allocation.Header.ChannelCount; channel++)
            Synthesise(channel, _allocation.Header.SampleCount, channel == 0 ? left : right);
    }

    public int Flush(int channelCount, Span<float> left, Span<float> right)
    {
        const int length = SlotsAtOnce * Subbands;
        for (var channel = 0; channel < channelCount; channel++)
        {
            _slots[channel].AsSpan(0, length).Clear();
            Synthesise(channel, length, channel == 0 ? left : right);
        }

        return length;
    }

    private void Synthesise(int channel, int length, Span<float> output)
    {
        for (var at = 0; at < length; at += SlotsAtOnce * Subbands)
            _synthesis[channel].Apply(_slots[channel].AsSpan(at), Math.Min(SlotsAtOnce, (length - at) / Subbands), output[at..]);
    }
}
