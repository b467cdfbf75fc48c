namespace SongMood.Audio.Mp3;

/// <summary>Decodes the frames of one stream in turn: the stages of ISO/IEC 11172-3, Figure A.1, in their order.</summary>
internal sealed class FrameDecoder
{
    private const int LineCount = 576;

    private readonly FrameGate _gate = new();
    private readonly SideInformation _side;
    private readonly BitReservoir _reservoir = new();
    private readonly ScaleFactors[][] _factors = [[new(), new()], [new(), new()]];
    private readonly int[] _quantised = new int[LineCount + Requantizer.LinesAfterEnd];
    private readonly float[][] _lines = [NewLines(), NewLines()];
    private readonly int[] _counts = new int[2];
    private readonly float[] _scratch = new float[LineCount];
    private readonly float[] _slots = new float[LineCount];
    private readonly float[][] _overlaps = [new float[LineCount], new float[LineCount]];
    private readonly SynthesisFilterbank[] _synthesis = [new(), new()];

    public FrameDecoder() => _side = _gate.Side;

    /// <summary>Forgets all that went before, as after a break in the stream.</summary>
    public void Reset()
    {
        _reservoir.Reset();
        foreach (var overlap in _overlaps)
            Array.Clear(overlap);
        foreach (var filterbank in _synthesis)
            filterbank.Reset();
    }

    /// <summary>
    /// Takes the next frame; where it can be decoded and <paramref name="isWanted"/>, decodes it into
    /// <see cref="FrameHeader.SampleCount"/> samples of each of its channels. A frame not wanted only feeds the bit reservoir.
    /// </summary>
    /// <returns>Whether there are samples.</returns>
    public bool Decode(in FramePlace place, ReadOnlySpan<byte> bytes, Span<float> left, Span<float> right, bool isWanted = true)
    {
        if (place.FollowsBreak)
            Reset();
        var state = _gate.Pass(place, bytes);
        if (state == FrameState.Damaged)
        {
            Reset();
            return false;
        }

        var header = place.Header;
        _reservoir.Append(bytes.Slice(place.Position + header.MainDataOffset, place.Length - header.MainDataOffset));
        if (state != FrameState.Decodable || !isWanted)
            return false;
        var data = _reservoir.From(_side.MainDataBegin);
        var bit = 0;
        for (var granule = 0; granule < header.GranuleCount; granule++)
        {
            for (var channel = 0; channel < header.ChannelCount; channel++)
            {
                DecodeLines(header, data, bit, granule, channel);
                bit += _side[granule, channel].Part23Length;
            }

            if (header.ChannelCount == 2)
                ApplyStereo(header, granule);
            for (var channel = 0; channel < header.ChannelCount; channel++)
                Synthesise(header, granule, channel, (channel == 0 ? left : right).Slice(LineCount * granule, LineCount));
        }

        return true;
    }

    /// <summary>What a silent granule after the last frame would give: the 576 samples still in the filterbanks.</summary>
    public void Flush(int channelCount, Span<float> left, Span<float> right)
    {
        Array.Clear(_lines[0]);
        for (var channel = 0; channel < channelCount; channel++)
        {
            InverseMdct.Apply(_lines[0], 0, default, _overlaps[channel], _slots);
            _synthesis[channel].Apply(_slots, channel == 0 ? left : right);
        }
    }

    private void DecodeLines(FrameHeader header, ReadOnlySpan<byte> data, int bitStart, int granule, int channel)
    {
        ref var info = ref _side[granule, channel];
        var factors = _factors[granule][channel];
        var reader = new BitReader(data, bitStart);
        if (header.IsMpeg1)
            factors.ReadMpeg1(ref reader, info, _side, channel, granule == 1 ? _factors[0][channel] : null);
        else
            factors.ReadMpeg2(ref reader, ref info, channel == 1 && header.IsIntensity);
        var bitEnd = bitStart + info.Part23Length;
        var count = HuffmanDecoder.Decode(data, reader.Position, bitEnd, info, header.RateRow, _quantised.AsSpan(0, LineCount));
        Requantizer.Apply(_quantised, count, info, factors, ScaleFactorBands.For(header.RateRow, info), _lines[channel]);
        _counts[channel] = count;
    }

    private static float[] NewLines() => new float[LineCount + Requantizer.LinesAfterEnd];

    private void ApplyStereo(FrameHeader header, int granule)
    {
        if (!header.IsMidSide && !header.IsIntensity)
            return;
        var count = Math.Max(_counts[0], _counts[1]);
        _counts.AsSpan().Fill(count);
        var left = _lines[0].AsSpan(0, LineCount);
        var right = _lines[1].AsSpan(0, LineCount);
        ref readonly var info = ref _side[granule, 1];
        if (header.IsIntensity)
            StereoProcessing.Intensity(header, info, _factors[granule][1], ScaleFactorBands.For(header.RateRow, info), left, right);
        else
            StereoProcessing.MidSide(left[..count], right[..count]);
    }

    private void Synthesise(FrameHeader header, int granule, int channel, Span<float> output)
    {
        ref readonly var info = ref _side[granule, channel];
        var lines = _lines[channel].AsSpan(0, LineCount);
        var count = _counts[channel];
        if (info.IsShort)
        {
            Reordering.Apply(ScaleFactorBands.For(header.RateRow, info), lines, _scratch);
            count = LineCount;
        }

        // Aliasing goes nine lines past the last one that is not zero.
        var boundaries = info.IsShort ? (info.IsMixed ? 1 : 0) : Math.Min(31, (count + 17) / 18);
        AliasReduction.Apply(lines, boundaries);
        InverseMdct.Apply(lines, info.IsShort ? LineCount : Math.Min(LineCount, 18 * (boundaries + 1)), info, _overlaps[channel], _slots);
        _synthesis[channel].Apply(_slots, output);
    }
}
