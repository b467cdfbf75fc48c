using SongMood.Audio.Mp3;

namespace SongMood.Audio.Wav;

/// <summary>Reads RIFF/WAVE files: PCM of 8 to 32 bits and IEEE floats, plain or extensible; RF64 for large ones; MP3 in a WAV.</summary>
internal sealed class WavFile : IAudioDecoder
{
    private static readonly Mp3File Mp3 = new();

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".wav", ".wave"];

    public bool CanDecode(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 && (bytes.StartsWith("RIFF"u8) || bytes.StartsWith("RF64"u8)) && bytes[8..].StartsWith("WAVE"u8);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var layout = WavLayout.Read(bytes.Span);
        if (layout.IsMp3)
            return Mp3.Probe(bytes.Slice(layout.DataStart, layout.DataLength), options);
        return new AudioInfo
        {
            Format = "WAV",
            SampleRate = layout.SampleRate,
            ChannelCount = layout.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)layout.SampleCount / layout.SampleRate),
            BitRate = (int)Math.Min(int.MaxValue, 8L * layout.BlockLength * layout.SampleRate),
        };
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var layout = WavLayout.Read(bytes.Span);
        if (layout.IsMp3)
            return Mp3.Decode(bytes.Slice(layout.DataStart, layout.DataLength), options);
        if (layout.SampleCount == 0)
            throw new AudioFormatException("this WAV has no samples; is it cut off?", bytePosition: layout.DataStart);
        var (start, count) = options.Select(layout.SampleCount, layout.SampleRate);
        var data = bytes.Span.Slice(layout.DataStart + (int)start * layout.BlockLength, count * layout.BlockLength);
        var channels = new float[layout.ChannelCount][];
        for (var channel = 0; channel < channels.Length; channel++)
        {
            channels[channel] = new float[count];
            WavSamples.Convert(data, layout, channel, channels[channel]);
        }

        return new Waveform(channels, layout.SampleRate);
    }
}
