using SongMood.Audio.Mp3;

namespace SongMood.Audio.Wav;

/// <summary>
/// Reads RIFF/WAVE files (also RIFX, RF64 and BW64): PCM of 8 to 32 bits, IEEE floats, A-law and mu-law, plain or extensible; MP3 in a
/// WAV.
/// </summary>
internal sealed class WavFile : IAudioDecoder
{
    private static readonly Mp3File Mp3 = new();

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".wav", ".wave"];

    public bool CanDecode(ReadOnlySpan<byte> bytes) => WavLayout.FindStart(bytes) >= 0;

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var layout = WavLayout.Read(bytes.Span, options.MaxTagBytes);
        if (layout.Format.Encoding == WavEncoding.Mp3)
            return Mp3.Probe(bytes.Slice(layout.DataStart, layout.DataLength), options);
        return new AudioInfo
        {
            Format = "WAV",
            SampleRate = layout.Format.SampleRate,
            ChannelCount = layout.Format.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)layout.SampleCount / layout.Format.SampleRate),
            BitRate = (int)Math.Min(int.MaxValue, 8L * layout.Format.BlockLength * layout.Format.SampleRate),
        };
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var layout = WavLayout.Read(bytes.Span, options.MaxTagBytes);
        if (layout.Format.Encoding == WavEncoding.Mp3)
            return Mp3.Decode(bytes.Slice(layout.DataStart, layout.DataLength), options);
        if (layout.SampleCount == 0)
            throw new AudioFormatException("this WAV has no samples; is it cut off?", bytePosition: layout.DataStart);
        var format = layout.Format;
        var (start, count) = options.Select(layout.SampleCount, format.SampleRate);
        var all = bytes.Span.Slice(layout.DataStart, layout.SampleCount * format.BlockLength);
        var data = all.Slice((int)start * format.BlockLength, count * format.BlockLength);
        if (layout.IsBigEndian)
            all = data = WavSamples.ToLittleEndian(data, format.SampleBytes);
        var padding = format.Encoding == WavEncoding.Padded24 ? Padded24.Find(all) : default;
        var channels = new float[format.ChannelCount][];
        for (var channel = 0; channel < channels.Length; channel++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            channels[channel] = new float[count];
            if (format.Encoding == WavEncoding.Padded24)
                Padded24.Convert(data, format, channel, padding, channels[channel]);
            else
                WavSamples.Convert(data, format, channel, channels[channel]);
        }

        return new Waveform(channels, format.SampleRate, layout.MissingBytes > 0 ? 1 : 0);
    }
}
