namespace SongMood.Formats.Opus.Silk;

/// <summary>How long a frame is.</summary>
/// <param name="Rate">Samples a millisecond: 8, 12 or 16.</param>
/// <param name="SubframeCount">2 or 4, of 5 ms.</param>
internal readonly record struct SilkShape(int Rate, int SubframeCount)
{
    public int SubframeLength => 5 * Rate;

    public int FrameLength => SubframeCount * SubframeLength;

    /// <summary>Samples that are kept of the past: 20 ms.</summary>
    public int PastLength => 20 * Rate;

    /// <summary>Coefficients of the short filter.</summary>
    public int Order => Rate == 16 ? 16 : 10;

    /// <summary>A frame's length, rounded up to whole blocks of pulses.</summary>
    public int PulseCount => (FrameLength + SilkExcitation.BlockLength - 1) / SilkExcitation.BlockLength * SilkExcitation.BlockLength;
}
