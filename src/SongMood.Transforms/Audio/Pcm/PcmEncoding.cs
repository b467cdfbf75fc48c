namespace SongMood.Audio.Pcm;

/// <summary>What the bytes of samples mean.</summary>
internal enum PcmEncoding
{
    /// <summary>Integers, unsigned where one byte holds them.</summary>
    Integer,

    /// <summary>Integers of one byte with a sign, as AIFF has them.</summary>
    SignedByte,

    /// <summary>IEEE floats of 32 or 64 bits, full scale 1.</summary>
    Float,

    /// <summary>24 bits in four bytes, of which only the samples tell how they lie there.</summary>
    Padded24,

    ALaw,
    MuLaw,
    Mp3,
}
