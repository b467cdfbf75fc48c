using SongMood.Audio;
using SongMood.Formats.Vorbis;

namespace SongMood.Formats;

/// <summary>Ogg Vorbis (Vorbis I specification), one stream or several joined end to end.</summary>
internal sealed class VorbisDecoder : IAudioDecoder
{
    private const string Format = "Ogg Vorbis";

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".ogg"];

    public bool CanDecode(ReadOnlySpan<byte> bytes) => OggStreams.Has(bytes, VorbisHead.Mark);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var chain = VorbisChain.Read(ByteSource.Of(bytes), options.CancellationToken);
        var seconds = chain.Duration;
        return chain.First.Text.AddTo(new AudioInfo
        {
            Format = Format,
            SampleRate = chain.First.Head.SampleRate,
            ChannelCount = chain.First.Head.ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, 8L * bytes.Length / seconds),
            IsVariableBitRate = true,
        });
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var samples = VorbisChain.Read(ByteSource.Of(bytes), options.CancellationToken).Open(options);
        ChannelLimit.Require(options, samples.SampleCount, samples.SampleRate, samples.ChannelCount);
        return samples.ReadWaveform(options.LengthAtOnce(samples.SampleCount, samples.SampleRate));
    }
}
