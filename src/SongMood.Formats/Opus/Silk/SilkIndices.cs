namespace SongMood.Formats.Opus.Silk;

/// <summary>How a frame's parameters are coded (RFC 6716, 4.2.7.4 to 4.2.7.6): with or without the frame before it.</summary>
internal enum SilkCoding
{
    /// <summary>Without.</summary>
    Independent,

    /// <summary>Without, but the filter of the pitch has a state that is known.</summary>
    IndependentWithoutScaling,

    /// <summary>With.</summary>
    Conditional,
}

/// <summary>What kind of sound a frame has (RFC 6716, 4.2.7.3).</summary>
internal enum SilkSignal
{
    Inactive,
    Unvoiced,
    Voiced,
}

/// <summary>A frame's side information as it is coded (RFC 6716, 4.2.7.3 to 4.2.7.7).</summary>
internal sealed class SilkIndices
{
    public const int MostSubframes = 4, MostOrder = 16;

    /// <summary>No interpolation: the first half has the second's spectrum.</summary>
    public const int NoInterpolation = 4;

    private const int LargestResidual = 4;

    public readonly int[] Gains = new int[MostSubframes];
    public readonly int[] LineSpectrum = new int[MostOrder];
    public readonly int[] Filters = new int[MostSubframes];

    private SilkSignal _previousSignal;
    private int _previousLag;

    public SilkSignal Signal { get; set; }

    /// <summary>Which of the two offsets of the excitation.</summary>
    public int OffsetType { get; private set; }

    /// <summary>The first stage of the line spectrum.</summary>
    public int Codeword { get; private set; }

    /// <summary>Quarters of the way from the spectrum of the frame before.</summary>
    public int Interpolation { get; set; }

    public int Lag { get; private set; }

    public int Contour { get; private set; }

    /// <summary>Which codebook of pitch filters.</summary>
    public int Periodicity { get; private set; }

    public int FilterScale { get; private set; }

    public int Seed { get; private set; }

    public void Reset() => (_previousSignal, _previousLag) = (SilkSignal.Inactive, 0);

    /// <summary>Reads a frame's.</summary>
    /// <param name="bits">The packet's.</param>
    /// <param name="rate">Samples a millisecond: 8, 12 or 16.</param>
    /// <param name="subframeCount">2 or 4, of 5 ms.</param>
    /// <param name="isActive">Whether it was marked as sound, or is a copy of an earlier frame's.</param>
    /// <param name="coding">Whether the frame before is needed.</param>
    public void Read(RangeDecoder bits, int rate, int subframeCount, bool isActive, SilkCoding coding)
    {
        var type = isActive ? bits.Symbol(SilkTables.ActiveTypes) + 2 : bits.Symbol(SilkTables.InactiveTypes);
        (Signal, OffsetType) = ((SilkSignal)(type >> 1), type & 1);
        ReadGains(bits, subframeCount, coding);
        ReadLineSpectrum(bits, LineSpectrumCodebook.Of(rate));
        Interpolation = subframeCount == MostSubframes ? bits.Symbol(SilkTables.Interpolations) : NoInterpolation;
        if (Signal == SilkSignal.Voiced)
            ReadPitch(bits, rate, subframeCount, coding);
        _previousSignal = Signal;
        Seed = bits.Symbol(SilkTables.Uniform4);
    }

    // 4.2.7.4
    private void ReadGains(RangeDecoder bits, int subframeCount, SilkCoding coding)
    {
        Gains[0] = coding == SilkCoding.Conditional
            ? bits.Symbol(SilkTables.GainDeltas)
            : 8 * bits.Symbol(SilkTables.GainHighBits.Slice(8 * (int)Signal, 8)) + bits.Symbol(SilkTables.Uniform8);
        for (var i = 1; i < subframeCount; i++)
            Gains[i] = bits.Symbol(SilkTables.GainDeltas);
    }

    // 4.2.7.5.1 and 4.2.7.5.2
    private void ReadLineSpectrum(RangeDecoder bits, LineSpectrumCodebook codebook)
    {
        Codeword = bits.Symbol(codebook.Codewords(Signal));
        for (var i = 0; i < codebook.Order; i++)
        {
            var residual = bits.Symbol(codebook.Residuals(Codeword, i)) - LargestResidual;
            if (Math.Abs(residual) == LargestResidual)
                residual += Math.Sign(residual) * bits.Symbol(SilkTables.ResidualExtensions);
            LineSpectrum[i] = residual;
        }
    }

    // 4.2.7.6
    private void ReadPitch(RangeDecoder bits, int rate, int subframeCount, SilkCoding coding)
    {
        const int DeltaOffset = 9;
        var delta = coding == SilkCoding.Conditional && _previousSignal == SilkSignal.Voiced ? bits.Symbol(SilkTables.LagDeltas) : 0;
        if (delta > 0)
            Lag = (short)(_previousLag + delta - DeltaOffset);
        else
            Lag = bits.Symbol(SilkTables.LagHighBits) * (rate >> 1)
                + bits.Symbol(rate switch { 8 => SilkTables.Uniform4, 12 => SilkTables.Uniform6, _ => SilkTables.Uniform8 });
        _previousLag = Lag;
        Contour = bits.Symbol((rate, subframeCount) switch
        {
            (8, MostSubframes) => SilkTables.NarrowContours,
            (8, _) => SilkTables.ShortNarrowContours,
            (_, MostSubframes) => SilkTables.Contours,
            _ => SilkTables.ShortContours,
        });
        Periodicity = bits.Symbol(SilkTables.Periodicities);
        for (var i = 0; i < subframeCount; i++)
            Filters[i] = bits.Symbol(SilkTables.FilterSymbols(Periodicity));
        FilterScale = coding == SilkCoding.Independent ? bits.Symbol(SilkTables.FilterScaleSymbols) : 0;
    }
}
