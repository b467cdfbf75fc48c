namespace SongMood.Dsp;

/// <summary>How frequency in Hz becomes mel.</summary>
public enum MelScale
{
    /// <summary>Linear to 1 kHz, logarithmic above (M. Slaney, Auditory Toolbox, 1998): librosa's default.</summary>
    Slaney,

    /// <summary>2595 log10(1 + f / 700) (HTK, and O'Shaughnessy 1987): librosa's htk=True.</summary>
    Htk,
}

/// <summary>Over what the sides of a mel band's triangle are straight lines.</summary>
public enum TriangleScale
{
    /// <summary>Over frequency in Hz: librosa.filters.mel.</summary>
    Hz,

    /// <summary>Over mel: HTK, and TensorFlow's linear_to_mel_weight_matrix.</summary>
    Mel,
}

/// <summary>How the triangles of a mel bank are scaled.</summary>
public enum MelNorm
{
    /// <summary>Each to the same area, 2 / (its width in Hz) high: librosa's norm="slaney", its default.</summary>
    Area,

    /// <summary>Each one high: librosa's norm=None.</summary>
    None,
}
