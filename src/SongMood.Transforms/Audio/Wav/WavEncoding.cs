namespace SongMood.Audio.Wav;

/// <summary>What the bytes of a WAV's samples mean.</summary>
internal enum WavEncoding
{
    /// <summary>Integers, unsigned where one byte holds them.</summary>
    Integer,

    /// <summary>IEEE floats of 32 or 64 bits, full scale 1.</summary>
    Float,

    /// <summary>24 bits in four bytes, of which only the samples tell how they lie there.</summary>
    Padded24,

    ALaw,
    MuLaw,
    Mp3,
}
