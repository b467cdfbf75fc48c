namespace SongMood.Audio.Mp3;

/// <summary>Decodes the frames of one stream in turn: the stages of ISO/IEC 11172-3, Figure A.1, in their order.</summary>
internal sealed class FrameDecoder : IFrameDecoder
{
    private const int LineCount = SpectrumReader.LineCount;

    private readonly SpectrumReader _spectrum = new();
    private readonly float[] _scratch = new float[LineCount];
    private readonly float[] _slots = new float[LineCount];
    private readonly float[][] _overlaps = [new float[LineCount], new float[LineCount]];
    private readonly SynthesisFilterbank[] _synthesis = [new(), new()];

    public bool Take(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame)
    {
        var state = _spectrum.Take(header, followsBreak, frame);
        if (followsBreak || state == FrameState.Damaged)
            Reset();
        return state == FrameState.Decodable;
    }

    public void Decode(Span<float> left, Span<float> right)
    {
        var header = _spectrum.Header;
        for (var granule = 0; granule < header.GranuleCount; granule++)
        {
            for (var channel = 0; channel < header.ChannelCount; channel++)
                _spectrum.Read(granule, channel);
            if (header.ChannelCount == 2)
                _spectrum.ApplyStereo(granule);
            for (var channel = 0; channel < header.ChannelCount; channel++)
                Synthesise(granule, channel, (channel == 0 ? left : right)[(LineCount * granule)..]);
        }
    }

    public int Flush(int channelCount, Span<float> left, Span<float> right)
    {
        for (var channel = 0; channel < channelCount; channel++)
        {
            InverseMdct.Apply(_scratch, 0, default, _overlaps[channel], _slots);
            _synthesis[channel].Apply(_slots, channel == 0 ? left : right);
        }

        return LineCount;
    }

    private void Reset()
    {
        foreach (var overlap in _overlaps)
            Array.Clear(overlap);
        foreach (var filterbank in _synthesis)
            filterbank.Reset();
    }

    private void Synthesise(int granule, int channel, Span<float> output)
    {
        ref readonly var info = ref _spectrum.Side[granule, channel];
        var lines = _spectrum.Lines(channel);
        var count = _spectrum.Count(channel);
        if (info.IsShort)
        {
            Reordering.Apply(_spectrum.Bands(granule, channel), lines, _scratch);
            count = LineCount;
        }

        count = AliasReduction.Apply(lines, count, info);
        InverseMdct.Apply(lines, count, info, _overlaps[channel], _slots);
        _synthesis[channel].Apply(_slots, output);
    }
}
