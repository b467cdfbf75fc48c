namespace SongMood.Audio.Pcm;

/// <summary>What samples that are stored one by one are like.</summary>
/// <param name="Encoding">What the bytes mean.</param>
/// <param name="ChannelCount">How many channels there are.</param>
/// <param name="SampleRate">In Hz.</param>
/// <param name="SampleBytes">Bytes of one sample of one channel.</param>
internal readonly record struct PcmFormat(PcmEncoding Encoding, int ChannelCount, int SampleRate, int SampleBytes)
{
    public const int MostChannels = 64;

    public int BlockLength => ChannelCount * SampleBytes;
}
