using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>A file that is opened for its samples says what it holds by the way.</summary>
public class OpenWithInfoTests
{
    public static TheoryData<string> Paths => [.. FixtureSignal.AllPaths(), .. Fixtures.Lossless("flac"), .. Fixtures.Lossless("aiff")];

    [Theory]
    [MemberData(nameof(Paths))]
    public void It_is_what_a_probe_says_and_the_samples_are_all(string path)
    {
        using var stream = File.OpenRead(path);
        var (samples, info) = AudioFile.OpenWithInfo(new StreamBytes(stream), new AudioReadOptions());
        Assert.Equal(AudioFile.Probe(path), info);
        Assert.Equal(AudioFile.Read(path).Channel(0), samples.ReadWaveform((int)samples.SampleCount).Channel(0));
    }

    /// <summary>An MP3 without a header frame must be gone through to know how long it is, which its opening does already.</summary>
    [Fact]
    public void An_untagged_MP3_is_gone_through_once()
    {
        var frames = File.ReadAllBytes(FixtureSignal.PathOf("mpeg2-24000-mono-untagged.mp3"));
        byte[] file = [.. Enumerable.Repeat(frames, (4 << 20) / frames.Length).SelectMany(bytes => bytes)];
        var opened = BytesReadBy(stream => AudioFile.Open(new StreamBytes(stream), new AudioReadOptions()));
        var probed = BytesReadBy(stream => AudioFile.Probe(stream));
        var both = BytesReadBy(stream => AudioFile.OpenWithInfo(new StreamBytes(stream), new AudioReadOptions()));
        Assert.True(Math.Min(opened, probed) >= file.Length);
        Assert.InRange(both, opened, opened + (1 << 20)); // the ends, where tags are

        long BytesReadBy(Action<Stream> use)
        {
            using var stream = new CountingStream(file);
            use(stream);
            return stream.BytesRead;
        }
    }

    [Fact]
    public void An_added_decoder_decodes_once()
    {
        var decoder = new CountingDecoder();
        var options = new AudioReadOptions { Decoders = [decoder] };
        var (samples, info) = AudioFile.OpenWithInfo(ByteSource.Of("COUNT"u8.ToArray()), options);
        Assert.Equal((800, TimeSpan.FromSeconds(0.1), 1), (samples.SampleCount, info.Duration, decoder.Decodings));
        (samples, info) = AudioFile.OpenWithInfo(ByteSource.Of("COUNT"u8.ToArray()),
            options with { Duration = TimeSpan.FromSeconds(0.05) });
        Assert.Equal((400, TimeSpan.FromSeconds(0.1), 3), (samples.SampleCount, info.Duration, decoder.Decodings)); // a part can't say
    }

    private sealed class CountingDecoder : IAudioDecoder
    {
        public int Decodings { get; private set; }

        public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.StartsWith("COUNT"u8);

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) =>
            Probe(bytes, options, Decode(bytes, new AudioReadOptions()));

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options, Waveform whole) => new()
        {
            Format = "count",
            SampleRate = whole.SampleRate,
            ChannelCount = whole.ChannelCount,
            Duration = whole.Duration,
            BitRate = 1,
        };

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
        {
            Decodings++;
            return new Waveform([new float[options.Select(800, 8000).Count]], 8000);
        }
    }
}
