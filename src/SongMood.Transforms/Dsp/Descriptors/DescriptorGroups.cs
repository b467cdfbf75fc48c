namespace SongMood.Dsp.Descriptors;

/// <summary>Groups of music descriptors that can be chosen; docs/descriptors.md defines each descriptor.</summary>
[Flags]
public enum DescriptorGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Programme loudness, its range and its course (ITU-R BS.1770-4, EBU Tech 3342).</summary>
    Loudness = 1 << 0,

    /// <summary>Frame level, peaks, crest, share of quiet frames.</summary>
    Dynamics = 1 << 1,

    /// <summary>Tempo, beats, onsets, and the spectral flux that they are found in.</summary>
    Rhythm = 1 << 2,

    /// <summary>Detrended fluctuation of the level.</summary>
    Danceability = 1 << 3,

    /// <summary>Key, mode and tuning.</summary>
    Tonality = 1 << 4,

    /// <summary>Energy of the twelve pitch classes, as played and relative to the key's tonic.</summary>
    Chroma = 1 << 5,

    /// <summary>Movement of the tonal centroid.</summary>
    HarmonicChange = 1 << 6,

    /// <summary>Centroid, bandwidth, roll-off and flatness of the spectrum.</summary>
    Spectrum = 1 << 7,

    /// <summary>Peaks and valleys of the spectrum in octave bands.</summary>
    Contrast = 1 << 8,

    /// <summary>Rate of sign changes.</summary>
    ZeroCrossings = 1 << 9,

    /// <summary>Mel-frequency cepstral coefficients, their change and how they vary together.</summary>
    Mfcc = 1 << 10,

    /// <summary>Levels of mel bands.</summary>
    MelBands = 1 << 11,

    /// <summary>Sensory dissonance of spectral peaks.</summary>
    Roughness = 1 << 12,

    /// <summary>How fast and how deep the bands' levels swing.</summary>
    Modulation = 1 << 13,

    /// <summary>Every descriptor.</summary>
    All = (1 << 14) - 1,
}
