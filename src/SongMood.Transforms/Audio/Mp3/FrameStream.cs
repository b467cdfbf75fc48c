namespace SongMood.Audio.Mp3;

/// <summary>What the frames of one stream share.</summary>
/// <param name="Header">A header of it.</param>
/// <param name="FreeFormatLength">The unpadded length of free-format frames; 0 for a stream with a bit rate.</param>
internal readonly record struct FrameStream(FrameHeader Header, int FreeFormatLength)
{
    /// <summary>The bytes of a frame.</summary>
    public int LengthOf(FrameHeader header) => header.FrameLength(FreeFormatLength);
}
