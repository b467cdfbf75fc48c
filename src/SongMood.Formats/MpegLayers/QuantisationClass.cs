namespace SongMood.Formats.MpegLayers;

/// <summary>How the samples of a subband are coded (ISO/IEC 11172-3, Table B.4): as numbers of so many steps from -1 to 1.</summary>
/// <param name="Steps">How many steps, an odd number; 0 where the subband has no samples.</param>
/// <param name="Bits">The bits of a code.</param>
/// <param name="IsGrouped">Whether one code has three samples that follow each other.</param>
internal readonly record struct QuantisationClass(int Steps, int Bits, bool IsGrouped)
{
    /// <summary>The bits of three samples that follow each other.</summary>
    public int TripletBits => IsGrouped ? Bits : 3 * Bits;

    /// <summary>A code a sample.</summary>
    public static QuantisationClass Alone(int bits) => new((1 << bits) - 1, bits, false);

    /// <summary>Layer II's class of so many steps: 3, 5 and 9 are those of which three samples take fewer bits together.</summary>
    public static QuantisationClass OfLayerTwo(int steps) => steps switch
    {
        3 => new(3, 5, true),
        5 => new(5, 7, true),
        9 => new(9, 10, true),
        _ => Alone(int.Log2(steps + 1)),
    };
}
