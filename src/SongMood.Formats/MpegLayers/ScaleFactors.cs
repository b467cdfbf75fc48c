using SongMood.Audio.Mp3;

namespace SongMood.Formats.MpegLayers;

/// <summary>
/// The scale factors of a frame (ISO/IEC 11172-3, Table B.1): one for each subband and part of 12 slots. Layer I has one part, Layer II
/// three.
/// </summary>
internal sealed class ScaleFactors
{
    private const int Subbands = 32, Parts = 3, Bits = 6;

    // 2 to 2^-19.67. The table ends at 62; the last number, which is not to be used, goes on as those before it.
    private static readonly double[] Values = [.. Enumerable.Range(0, 1 << Bits).Select(index => Math.Pow(2, 1 - index / 3.0))];

    private readonly float[] _units = new float[2 * Parts * Subbands];

    /// <summary>What one half step of the quantiser is worth in a subband, by subband: the scale factor over the number of steps.</summary>
    public ReadOnlySpan<float> Units(int channel, int part) => _units.AsSpan(Subbands * (Parts * channel + part), Subbands);

    /// <summary>Reads those of a frame.</summary>
    public void Read(ref BitReader reader, FrameAllocation allocation)
    {
        for (var subband = 0; subband < allocation.Limit; subband++)
            for (var channel = 0; channel < allocation.Header.ChannelCount; channel++)
                if (allocation[channel, subband] is { Bits: > 0 } coded)
                    ReadParts(ref reader, allocation.Selection(channel, subband), coded.Steps,
                        _units.AsSpan(Subbands * Parts * channel + subband));
    }

    // 2.4.2.6, scfsi: 0 three factors; 1 the first for two parts; 2 one for all; 3 the second for two parts.
    private static void ReadParts(ref BitReader reader, int selection, int steps, Span<float> units)
    {
        var first = Values[reader.Read(Bits)];
        var second = selection is 0 or 3 ? Values[reader.Read(Bits)] : first;
        var third = selection is 0 or 1 ? Values[reader.Read(Bits)] : second;
        (units[0], units[Subbands], units[2 * Subbands]) = ((float)(first / steps), (float)(second / steps), (float)(third / steps));
    }
}
