using SongMood.Audio.Mp3;

namespace SongMood.Formats.MpegLayers;

/// <summary>
/// Which quantisation classes a subband may have, by the number that the frame gives for it: in Layer II, Tables B.2a to B.2d of
/// ISO/IEC 11172-3 and Table B.1 of ISO/IEC 13818-3; in Layer I, the same for all subbands (11172-3, 2.4.2.5).
/// </summary>
internal sealed class AllocationTable
{
    private const int Subbands = 32;

    // Steps of the classes, by the number from 1 on, as subbands next to each other share them.
    private static readonly int[]
        Lowest = [3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535],
        Low = [3, 5, 7, 9, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 65535],
        Middle = [3, 5, 7, 9, 15, 31, 65535],
        High = [3, 5, 65535],
        NarrowLow = [3, 5, 9, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767],
        NarrowHigh = [3, 5, 9, 15, 31, 63, 127],
        HalvedLow = [3, 5, 7, 9, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383],
        HalvedHigh = [3, 5, 9];

    private static readonly AllocationTable
        B2A = LayerTwo((3, Lowest), (8, Low), (12, Middle), (4, High)),
        B2B = LayerTwo((3, Lowest), (8, Low), (12, Middle), (7, High)),
        B2C = LayerTwo((2, NarrowLow), (6, NarrowHigh)),
        B2D = LayerTwo((2, NarrowLow), (10, NarrowHigh)),
        LowerRates = LayerTwo((4, HalvedLow), (7, NarrowHigh), (19, HalvedHigh)),
        LayerOne = new([.. Enumerable.Repeat(LayerOneClasses(), Subbands)]);

    private readonly QuantisationClass[][] _classes;

    private AllocationTable(QuantisationClass[][] classes) => _classes = classes;

    /// <summary>Subbands that may have samples (sblimit).</summary>
    public int Limit => _classes.Length;

    /// <summary>The classes of a subband; the first is that of no samples. One without bits is forbidden.</summary>
    public ReadOnlySpan<QuantisationClass> Classes(int subband) => _classes[subband];

    /// <summary>The table of a frame.</summary>
    public static AllocationTable Of(FrameHeader header)
    {
        if (header.Layer == 1)
            return LayerOne;
        if (!header.IsMpeg1)
            return LowerRates;
        if (header.IsFreeFormat)
            return header.SampleRate == 48_000 ? B2A : B2B;
        return (header.BitRate / header.ChannelCount / 1000, header.SampleRate) switch
        {
            ( < 56, 32_000) => B2D,
            ( < 56, _) => B2C,
            ( < 96, _) or (_, 48_000) => B2A,
            _ => B2B,
        };
    }

    private static AllocationTable LayerTwo(params (int Count, int[] Steps)[] parts) =>
        new([.. parts.SelectMany(part => Enumerable.Repeat(Numbered(part.Steps.Select(QuantisationClass.OfLayerTwo)), part.Count))]);

    // 2 to 15 bits; 15, the last number, is forbidden.
    private static QuantisationClass[] LayerOneClasses() => Numbered([.. Enumerable.Range(2, 14).Select(QuantisationClass.Alone), default]);

    private static QuantisationClass[] Numbered(IEnumerable<QuantisationClass> classes) => [default, .. classes];
}
