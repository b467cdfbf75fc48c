namespace SongMood.Audio.Mp3;

/// <summary>Whether a frame can be decoded after those before it.</summary>
internal enum FrameState
{
    Decodable,

    /// <summary>Its main data begins in frames that are missing: it is left out, but what it carries serves those after it.</summary>
    MissesMainData,

    /// <summary>What it says cannot be: it is left out and all before it forgotten.</summary>
    Damaged,
}

/// <summary>Tells of the frames of one stream in turn which can be decoded.</summary>
internal interface IFrameGate
{
    /// <summary>Takes the next frame's bytes.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="followsBreak">Whether the frame before it is missing.</param>
    /// <param name="frame">Its bytes, header and all.</param>
    FrameState Pass(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame);
}
