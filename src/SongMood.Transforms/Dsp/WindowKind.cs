namespace SongMood.Dsp;

/// <summary>
/// The shape that a frame is weighted with before its Fourier transform; all are periodic, as scipy.signal.get_window's default.
/// </summary>
public enum WindowKind
{
    /// <summary>0.5 - 0.5 cos: librosa's default.</summary>
    Hann,

    /// <summary>0.54 - 0.46 cos.</summary>
    Hamming,

    /// <summary>0.42 - 0.5 cos + 0.08 cos of twice the angle.</summary>
    Blackman,

    /// <summary>Kaiser's, with the shape parameter beta.</summary>
    Kaiser,

    /// <summary>All ones (scipy's boxcar).</summary>
    Rectangular,
}
