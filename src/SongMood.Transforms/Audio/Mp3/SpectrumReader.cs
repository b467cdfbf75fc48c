namespace SongMood.Audio.Mp3;

/// <summary>
/// The first stages of the decoder, from a frame's bytes to the spectral lines of its granules' channels: side information, bit
/// reservoir, scale factors, Huffman codes, requantisation, joint stereo.
/// </summary>
internal sealed class SpectrumReader
{
    public const int LineCount = 576;

    private readonly FrameGate _gate = new();
    private readonly BitReservoir _reservoir = new();
    private readonly ScaleFactors[][] _factors = [[new(), new()], [new(), new()]];
    private readonly int[] _quantised = new int[LineCount + Requantizer.LinesAfterEnd];
    private readonly float[][] _lines = [NewLines(), NewLines()];
    private readonly int[] _counts = new int[2];
    private FrameHeader _header;

    /// <summary>The last frame's side information.</summary>
    public SideInformation Side => _gate.Side;

    public void Reset() => _reservoir.Reset();

    /// <summary>The header of the frame last taken.</summary>
    public FrameHeader Header => _header;

    /// <summary>Takes the next frame's bytes.</summary>
    public FrameState Take(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame)
    {
        _header = header;
        if (followsBreak)
            Reset();
        var state = _gate.Pass(header, followsBreak, frame);
        if (state == FrameState.Damaged)
            Reset();
        else
            _reservoir.Append(frame[header.MainDataOffset..]);
        return state;
    }

    /// <summary>The lines of a channel of the granule last read; those from its count on are zero.</summary>
    public Span<float> Lines(int channel) => _lines[channel].AsSpan(0, LineCount);

    /// <summary>How many lines there are before the zeros at the end.</summary>
    public int Count(int channel) => _counts[channel];

    /// <summary>The bands of the granule last read.</summary>
    public ScaleFactorBands Bands(int granule, int channel) => ScaleFactorBands.For(_header.RateRow, Side[granule, channel]);

    /// <summary>Reads one channel's lines, as coded; those from <paramref name="lineLimit"/> on may be left out (zero).</summary>
    public void Read(int granule, int channel, int lineLimit = LineCount)
    {
        var bitStart = 0;
        for (var i = 0; i < 2 * granule + channel; i++)
            if (i % 2 < _header.ChannelCount)
                bitStart += Side[i / 2, i % 2].Part23Length;
        var data = _reservoir.From(Side.MainDataBegin);
        ref var info = ref Side[granule, channel];
        var factors = _factors[granule][channel];
        var reader = new BitReader(data, bitStart);
        if (_header.IsMpeg1)
            factors.ReadMpeg1(ref reader, info, Side, channel, granule == 1 ? _factors[0][channel] : null);
        else
            factors.ReadMpeg2(ref reader, ref info, channel == 1 && _header.IsIntensity);
        var bands = ScaleFactorBands.For(_header.RateRow, info);
        var limit = lineLimit == LineCount ? LineCount : bands.EndOfBandsBelow(lineLimit);
        var bitEnd = bitStart + info.Part23Length;
        var count = HuffmanDecoder.Decode(data, reader.Position, bitEnd, info, _header.RateRow, _quantised.AsSpan(0, LineCount), limit);
        Requantizer.Apply(_quantised, count, info, factors, bands, _lines[channel]);
        _counts[channel] = count;
    }

    /// <summary>Turns the granule's two channels, both read whole, into left and right.</summary>
    public void ApplyStereo(int granule)
    {
        if (!_header.IsMidSide && !_header.IsIntensity)
            return;
        var count = Math.Max(_counts[0], _counts[1]);
        _counts.AsSpan().Fill(count);
        ref readonly var info = ref Side[granule, 1];
        if (_header.IsIntensity)
            StereoProcessing.Intensity(_header, info, _factors[granule][1], Bands(granule, 1), Lines(0), Lines(1));
        else
            StereoProcessing.MidSide(Lines(0)[..count], Lines(1)[..count]);
    }

    private static float[] NewLines() => new float[LineCount + Requantizer.LinesAfterEnd];
}
