using SongMood.Audio.Mp3;

namespace SongMood.Formats.MpegLayers;

/// <summary>
/// Reads and requantises the samples of a frame (ISO/IEC 11172-3, 2.4.3.2 and 2.4.3.3): code c of n steps is (2c + 1 - n) / n of the scale
/// factor, which is what the constants C and D of Table B.4 come to. Codes above the last step, which are forbidden, go on as those below.
/// </summary>
internal sealed class SubbandSamples
{
    private const int Subbands = 32, TripletsAPart = 4;

    // The three codes in one of 3, 5 and 9 steps (2.4.3.3.4), a byte each.
    private static readonly int[] Of3 = Ungroup(3, 5), Of5 = Ungroup(5, 7), Of9 = Ungroup(9, 10);

    private readonly ScaleFactors _factors = new();

    /// <summary>Reads a frame's samples.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="allocation">What was read of it.</param>
    /// <param name="slots">A row a channel: for each slot, 32 subbands. Channels that the frame lacks are left as they are.</param>
    public void Read(ReadOnlySpan<byte> frame, FrameAllocation allocation, float[][] slots)
    {
        for (var channel = 0; channel < allocation.Header.ChannelCount; channel++)
            slots[channel].AsSpan(0, allocation.Header.SampleCount).Clear();
        var reader = new BitReader(frame, allocation.End);
        _factors.Read(ref reader, allocation);
        if (allocation.Header.Layer == 1)
            ReadSingles(ref reader, allocation, slots);
        else
            ReadTriplets(ref reader, allocation, slots);
    }

    // Layer I: slot by slot.
    private void ReadSingles(ref BitReader reader, FrameAllocation allocation, float[][] slots)
    {
        for (var at = 0; at < allocation.Header.SampleCount; at += Subbands)
            for (var subband = 0; subband < allocation.Limit; subband++)
                for (var channel = 0; channel < CodedChannels(allocation, subband); channel++)
                    if (allocation[channel, subband] is { Bits: > 0 } coded)
                        Write(allocation, slots, channel, subband, 0, at + subband, Distance(reader.Read(coded.Bits), coded.Steps));
    }

    // Layer II: three slots at a time.
    private void ReadTriplets(ref BitReader reader, FrameAllocation allocation, float[][] slots)
    {
        for (var triplet = 0; triplet < 3 * TripletsAPart; triplet++)
            for (var subband = 0; subband < allocation.Limit; subband++)
                for (var channel = 0; channel < CodedChannels(allocation, subband); channel++)
                {
                    ref readonly var coded = ref allocation[channel, subband];
                    if (coded.Bits == 0)
                        continue;
                    var (part, at) = (triplet / TripletsAPart, 3 * triplet * Subbands + subband);
                    var codes = coded.IsGrouped ? Grouped(coded.Steps)[reader.Read(coded.Bits)] : 0;
                    for (var i = 0; i < 3; i++)
                    {
                        var code = coded.IsGrouped ? codes >> 8 * i & 255 : reader.Read(coded.Bits);
                        Write(allocation, slots, channel, subband, part, at + i * Subbands, Distance(code, coded.Steps));
                    }
                }
    }

    // In intensity stereo both channels have the same codes, each with its own scale factor.
    private void Write(FrameAllocation allocation, float[][] slots, int channel, int subband, int part, int at, int distance)
    {
        slots[channel][at] = distance * _factors.Units(channel, part)[subband];
        if (subband >= allocation.Bound && allocation.Header.ChannelCount == 2)
            slots[1][at] = distance * _factors.Units(1, part)[subband];
    }

    private static int CodedChannels(FrameAllocation allocation, int subband) =>
        subband < allocation.Bound ? allocation.Header.ChannelCount : 1;

    // Half steps from the middle.
    private static int Distance(int code, int steps) => 2 * code + 1 - steps;

    private static int[] Grouped(int steps) => steps switch { 3 => Of3, 5 => Of5, _ => Of9 };

    private static int[] Ungroup(int steps, int bits) =>
        [.. Enumerable.Range(0, 1 << bits).Select(code => code % steps | code / steps % steps << 8 | code / steps / steps << 16)];
}
