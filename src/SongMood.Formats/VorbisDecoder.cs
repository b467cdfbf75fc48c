using NVorbis;
using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>Ogg Vorbis, by NVorbis. The last page's granule position cuts the end, as the Vorbis I specification (A.2) says.</summary>
internal sealed class VorbisDecoder : IAudioDecoder
{
    private const string Format = "Ogg Vorbis", Library = "NVorbis";

    // For the frames that are read at once, which take a millisecond.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".ogg"];

    private static ReadOnlySpan<byte> Mark => "\u0001vorbis"u8;

    public bool CanDecode(ReadOnlySpan<byte> bytes) => OggStreams.Has(bytes, Mark);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => LibraryFaults.Told(Format, Library, () =>
    {
        using var reader = Open(bytes);
        var text = new TagText();
        foreach (var (name, values) in reader.Tags.All)
            text.Keep(name.ToUpperInvariant(), values[0]);
        var seconds = Math.Max(0, (double)reader.TotalSamples / Math.Max(1, reader.SampleRate));
        return text.AddTo(new AudioInfo
        {
            Format = Format,
            SampleRate = reader.SampleRate,
            ChannelCount = reader.Channels,
            Duration = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)),
            BitRate = seconds > 0 ? (int)Math.Min(int.MaxValue, 8L * bytes.Length / seconds) : reader.NominalBitrate,
            IsVariableBitRate = true,
        });
    });

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => LibraryFaults.Told(Format, Library,
        () => new WatchedRead(Patience).Run(watch => Decode(bytes, options, watch), options.CancellationToken));

    private static Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options, WatchedRead watch)
    {
        using var reader = Open(bytes);
        var samples = new SampleCollector(options, reader.SampleRate, reader.Channels, Format);
        samples.AddAll(buffer =>
        {
            watch.Step();
            return reader.ReadSamples(buffer, 0, buffer.Length);
        });
        return samples.ToWaveform(reader.TotalSamples > 0 ? reader.TotalSamples : null);
    }

    private static VorbisReader Open(ReadOnlyMemory<byte> bytes)
    {
        var input = ByteSource.Of(bytes);
        if (OggStreams.TryFind(input, Mark, out var first))
            VorbisHeaders.Check(OggPackets.All(input, first));
        return new VorbisReader(new MemoryStream(bytes.ToArray(), writable: false), closeOnDispose: true) { ClipSamples = false };
    }
}
