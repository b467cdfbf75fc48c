namespace SongMood.Audio.Wav;

/// <summary>Reads RIFF/WAVE files: PCM of 8 to 32 bits and IEEE floats, plain or extensible; RF64 for large ones.</summary>
internal static class WavFile
{

    public static bool IsWav(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 && (bytes.StartsWith("RIFF"u8) || bytes.StartsWith("RF64"u8)) && bytes[8..].StartsWith("WAVE"u8);

    public static Waveform Read(ReadOnlySpan<byte> bytes, AudioReadOptions options)
    {
        var layout = WavLayout.Read(bytes);
        var frameCount = layout.DataLength / layout.BlockLength;
        var channels = new float[layout.ChannelCount][];
        for (var channel = 0; channel < channels.Length; channel++)
        {
            channels[channel] = new float[frameCount];
            WavSamples.Convert(bytes.Slice(layout.DataStart, layout.DataLength), layout, channel, channels[channel]);
        }

        return new Waveform(channels, layout.SampleRate);
    }
}
