namespace SongMood.Audio.Mp3;

/// <summary>Which layers of MPEG audio a reader takes, and what reads their frames. All else is the same for all layers.</summary>
internal interface IMpegLayers
{
    /// <summary>What the frames are called in errors.</summary>
    string Name { get; }

    /// <summary>Whether half the rate can be decoded for less.</summary>
    bool HasHalfRate { get; }

    /// <summary>Whether a layer (1, 2 or 3) is one of them.</summary>
    bool Has(int layer);

    /// <summary>What tells which frames can be decoded.</summary>
    IFrameGate MakeGate();

    /// <summary>A decoder that gives what is wanted.</summary>
    IFrameDecoder MakeDecoder(FrameForm form);
}
