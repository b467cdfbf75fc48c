using NLayer;
using SongMood.Audio;
using SongMood.Audio.Mp3;

namespace SongMood.Formats;

/// <summary>MPEG-1 and MPEG-2 Layers I and II, by NLayer.</summary>
internal sealed class MpegLayersDecoder : IAudioDecoder
{
    private const string Format = "MPEG Layer I or II", Library = "NLayer";

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".mp1", ".mp2"];

    public bool CanDecode(ReadOnlySpan<byte> bytes) => OtherLayers.Find(bytes) is OtherStream.Layer1 or OtherStream.Layer2;

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var wave = Decode(bytes, new AudioReadOptions { MaxDuration = TimeSpan.MaxValue, CancellationToken = options.CancellationToken });
        return new AudioInfo
        {
            Format = OtherLayers.Find(bytes.Span) is OtherStream.Layer2 ? "MP2" : "MP1",
            SampleRate = wave.SampleRate,
            ChannelCount = wave.ChannelCount,
            Duration = wave.Duration,
            BitRate = (int)Math.Min(int.MaxValue, 8 * bytes.Length / wave.Duration.TotalSeconds),
        };
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => LibraryFaults.Told(Format, Library, () =>
    {
        using var file = new MpegFile(new MemoryStream(bytes.ToArray(), writable: false));
        var samples = new SampleCollector(options, file.SampleRate, file.Channels, Format);
        samples.AddAll(buffer => file.ReadSamples(buffer, 0, buffer.Length));
        return samples.ToWaveform();
    });
}
