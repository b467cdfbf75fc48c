namespace SongMood.Audio.Mp3;

/// <summary>Decodes the frames of one stream in turn.</summary>
internal interface IFrameDecoder
{
    /// <summary>Takes the next frame's bytes into the bit reservoir.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="followsBreak">Whether the frame before it is missing: what is kept of earlier frames is forgotten.</param>
    /// <param name="frame">Its bytes, header and all; not needed after the call.</param>
    /// <returns>Whether it can be decoded.</returns>
    bool Take(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame);

    /// <summary>Decodes the frame just taken. Where its samples are not wanted, this may be left out.</summary>
    void Decode(Span<float> left, Span<float> right);

    /// <summary>What a silent granule after the last frame would give: the samples still in the filterbanks.</summary>
    /// <returns>How many samples these are.</returns>
    int Flush(int channelCount, Span<float> left, Span<float> right);
}
