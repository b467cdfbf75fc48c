using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>A decoder that plays an input bit by bit, as our built-in ones do; what is asked for at once, too, comes from there.</summary>
internal abstract class WindowDecoder : IAudioDecoder, IStreamDecoder
{
    public abstract IReadOnlyList<string> FileNameSuffixes { get; }

    public abstract string FormatName { get; }

    public abstract bool CanDecode(ByteSource input);

    public abstract AudioInfo Probe(ByteSource input, AudioReadOptions options);

    public abstract SampleStream Open(ByteSource input, AudioReadOptions options);

    public abstract (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options);

    public bool CanDecode(ReadOnlySpan<byte> bytes) => CanDecode(ByteSource.Of(bytes.ToArray()));

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => Probe(ByteSource.Of(bytes), options);

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var samples = Open(ByteSource.Of(bytes), options);
        return samples.ReadWaveform(options.LengthAtOnce(samples.SampleCount, samples.SampleRate, samples.ChannelCount));
    }
}
