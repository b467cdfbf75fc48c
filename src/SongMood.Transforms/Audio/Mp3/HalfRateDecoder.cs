using System.Numerics.Tensors;
using SongMood.Dsp;

namespace SongMood.Audio.Mp3;

/// <summary>
/// Decodes to mono at half the stream's rate (<see cref="AudioQuality.Fast"/>): channels are mixed as spectra where their windows
/// agree, only the mid channel of MS frames is read, and only the lower 16 subbands are transformed and synthesised.
/// </summary>
/// <param name="isOdd">Whether the samples wanted are 1, 3, 5 .. of the full rate, and not 0, 2, 4 ..</param>
/// <param name="isShaped">Whether lines are weighted as resampling to half the rate would weigh them.</param>
internal sealed class HalfRateDecoder(bool isOdd, bool isShaped) : IFrameDecoder
{
    private const int LineCount = SpectrumReader.LineCount;
    private const int HalfLines = LineCount / 2;
    private const int GroupCount = 2; // of eight subbands

    // Alias reduction brings eight lines of the subband above into the highest one that is synthesised.
    private const int NeededLines = HalfLines + 8;

    private static readonly float[] Gains = MakeGains();

    // Below this line the gain is 1 to a millionth.
    private static readonly int FirstShaped = Array.FindIndex(Gains, gain => Math.Abs(gain - 1) > 1e-6);

    private readonly SpectrumReader _spectrum = new();
    private readonly float[] _scratch = new float[LineCount];
    private readonly float[] _slots = new float[LineCount];
    private readonly float[] _otherSlots = new float[LineCount];
    private readonly float[] _overlap = new float[LineCount];
    private readonly float[] _otherOverlap = new float[LineCount];
    private readonly HalfRateSynthesis _synthesis = new(isOdd);

    public bool Take(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame)
    {
        var state = _spectrum.Take(header, followsBreak, frame);
        if (followsBreak || state == FrameState.Damaged)
        {
            Array.Clear(_overlap);
            _synthesis.Reset();
        }

        return state == FrameState.Decodable;
    }

    public void Decode(Span<float> left, Span<float> right)
    {
        var header = _spectrum.Header;
        var isMidEnough = header.IsMidSide && !header.IsIntensity;
        for (var granule = 0; granule < header.GranuleCount; granule++)
            isMidEnough &= HasSameWindows(granule); // all or none: the second granule may share the first one's scale factors
        for (var granule = 0; granule < header.GranuleCount; granule++)
        {
            MakeSlots(header, granule, isMidEnough);
            _synthesis.Apply(_slots, left.Slice(HalfLines * granule, HalfLines));
        }
    }

    public int Flush(int channelCount, Span<float> left, Span<float> right)
    {
        InverseMdct.Apply(_scratch, 0, default, _overlap, _slots, GroupCount);
        _synthesis.Apply(_slots, left);
        return HalfLines;
    }

    private bool HasSameWindows(int granule)
    {
        ref readonly var first = ref _spectrum.Side[granule, 0];
        ref readonly var second = ref _spectrum.Side[granule, 1];
        return first.BlockType == second.BlockType && first.IsMixedFlagged == second.IsMixedFlagged;
    }

    private void MakeSlots(FrameHeader header, int granule, bool isMidEnough)
    {
        if (header.ChannelCount == 1)
        {
            _spectrum.Read(granule, 0, NeededLines);
            Transform(granule, 0, _overlap, _slots);
            return;
        }

        if (isMidEnough)
        {
            // (L + R) / 2 = M / sqrt 2: the sides cancel.
            _spectrum.Read(granule, 0, NeededLines);
            Scale(0, MathF.Sqrt(0.5f));
            Transform(granule, 0, _overlap, _slots);
            return;
        }

        var limit = header.IsMidSide || header.IsIntensity ? LineCount : NeededLines;
        _spectrum.Read(granule, 0, limit);
        _spectrum.Read(granule, 1, limit);
        _spectrum.ApplyStereo(granule);
        if (HasSameWindows(granule))
        {
            TensorPrimitives.Add(_spectrum.Lines(0), _spectrum.Lines(1), _spectrum.Lines(0));
            Scale(0, 0.5f);
            Transform(granule, 0, _overlap, _slots, Math.Max(_spectrum.Count(0), _spectrum.Count(1)));
            return;
        }

        // All from here on is linear, so what differs is the window alone: each channel has its own transform.
        Scale(0, 0.5f);
        Scale(1, 0.5f);
        Array.Clear(_otherOverlap);
        Transform(granule, 0, _overlap, _slots);
        Transform(granule, 1, _otherOverlap, _otherSlots);
        TensorPrimitives.Add(_slots, _otherSlots, _slots);
        TensorPrimitives.Add(_overlap, _otherOverlap, _overlap);
    }

    private void Scale(int channel, float gain)
    {
        var lines = _spectrum.Lines(channel);
        TensorPrimitives.Multiply(lines, gain, lines);
    }

    private void Transform(int granule, int channel, float[] overlap, float[] slots, int count = -1)
    {
        ref readonly var info = ref _spectrum.Side[granule, channel];
        var lines = _spectrum.Lines(channel);
        if (count < 0)
            count = _spectrum.Count(channel);
        if (info.IsShort)
        {
            Reordering.Apply(_spectrum.Bands(granule, channel), lines, _scratch);
            count = LineCount;
        }

        if (isShaped)
        {
            var shaped = lines[FirstShaped..];
            TensorPrimitives.Multiply(shaped, Gains.AsSpan(FirstShaped), shaped);
        }

        count = AliasReduction.Apply(lines, Math.Min(count, HalfLines), info);
        InverseMdct.Apply(lines, count, info, overlap, slots, GroupCount);
    }

    // Line l lies at (l + 1/2) / 576 of half the rate: bin 2l + 1 of a transform of 2304.
    private static float[] MakeGains()
    {
        var gains = new ResamplingFilter(2, 1).Gains(4 * LineCount, 2);
        return [.. Enumerable.Range(0, LineCount).Select(line => (float)gains[2 * line + 1])];
    }
}
