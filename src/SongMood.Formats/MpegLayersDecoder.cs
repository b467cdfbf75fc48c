using NLayer;
using SongMood.Audio;
using SongMood.Audio.Mp3;

namespace SongMood.Formats;

/// <summary>MPEG-1 and MPEG-2 Layers I and II, by NLayer.</summary>
internal sealed class MpegLayersDecoder : IAudioDecoder
{
    private const string Format = "MPEG Layer I or II", Library = "NLayer";

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".mp1", ".mp2"];

    public bool CanDecode(ReadOnlySpan<byte> bytes) => ForeignContent.FindLayer(bytes) is OtherStream.Layer1 or OtherStream.Layer2;

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => Probe(bytes, options, Decode(bytes,
        new AudioReadOptions { MaxDuration = TimeSpan.MaxValue, CancellationToken = options.CancellationToken }));

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options, Waveform whole) => new()
    {
        Format = ForeignContent.FindLayer(bytes.Span) is OtherStream.Layer2 ? "MP2" : "MP1",
        SampleRate = whole.SampleRate,
        ChannelCount = whole.ChannelCount,
        Duration = whole.Duration,
        BitRate = (int)Math.Min(int.MaxValue, 8L * bytes.Length / whole.Duration.TotalSeconds),
    };

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => LibraryFaults.Told(Format, Library, () =>
    {
        using var file = new MpegFile(new MemoryStream(bytes.ToArray(), writable: false));
        var samples = new SampleCollector(options, file.SampleRate, file.Channels, Format);
        samples.AddAll(buffer => file.ReadSamples(buffer, 0, buffer.Length));
        return samples.ToWaveform();
    });
}
