namespace SongMood.Audio.Pcm;

/// <summary>Where in a file samples are that are stored one by one.</summary>
/// <param name="FileFormat">The name of the file's format.</param>
/// <param name="Format">The samples' format.</param>
/// <param name="IsBigEndian">Whether a sample's highest byte comes first.</param>
/// <param name="DataStart">The samples' first byte.</param>
/// <param name="DataLength">How many bytes of them there are.</param>
/// <param name="MissingBytes">How many more the header promises.</param>
/// <param name="SkippedBytes">How many bytes behind the samples are neither chunks nor tags nor padding.</param>
internal readonly record struct PcmLayout(
    string FileFormat, PcmFormat Format, bool IsBigEndian, long DataStart, long DataLength, long MissingBytes, long SkippedBytes)
{
    /// <summary>Samples in each channel.</summary>
    public long SampleCount => DataLength / Format.BlockLength;

    /// <summary>What can be said without decoding, tags aside.</summary>
    public AudioInfo Info => new()
    {
        Format = FileFormat,
        SampleRate = Format.SampleRate,
        ChannelCount = Format.ChannelCount,
        Duration = TimeSpan.FromSeconds((double)SampleCount / Format.SampleRate),
        BitRate = (int)Math.Min(int.MaxValue, 8L * Format.BlockLength * Format.SampleRate),
    };

    /// <summary>The samples' bytes.</summary>
    public ByteSource Data(ByteSource input) => input.Slice(DataStart, DataLength);
}
