namespace SongMood.Dsp;

/// <summary>What lies before and after the signal where frames are centred (numpy.pad's modes of these names).</summary>
public enum PadMode
{
    /// <summary>Zeros: librosa's default.</summary>
    Constant,

    /// <summary>The signal mirrored about its first and last sample, which are not repeated.</summary>
    Reflect,

    /// <summary>The first and the last sample repeated.</summary>
    Edge,
}
