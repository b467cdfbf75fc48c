namespace SongMood.Audio.Mp3;

/// <summary>Streams of frames that look like Layer III but are not.</summary>
internal enum OtherStream
{
    /// <summary>MPEG Layer I.</summary>
    Layer1,

    /// <summary>MPEG Layer II.</summary>
    Layer2,

    /// <summary>AAC, each frame with a header of its own.</summary>
    Adts,
}
