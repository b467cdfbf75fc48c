namespace SongMood.Audio.Mp3;

/// <summary>Decodes the frames of one stream in turn.</summary>
internal interface IFrameDecoder
{
    /// <summary>
    /// Takes the next frame; where it can be decoded and <paramref name="isWanted"/>, decodes it. A frame not wanted only feeds the
    /// bit reservoir.
    /// </summary>
    /// <returns>Whether there are samples.</returns>
    bool Decode(in FramePlace place, ReadOnlySpan<byte> bytes, Span<float> left, Span<float> right, bool isWanted = true);

    /// <summary>What a silent granule after the last frame would give: the samples still in the filterbanks.</summary>
    /// <returns>How many samples these are.</returns>
    int Flush(int channelCount, Span<float> left, Span<float> right);
}
