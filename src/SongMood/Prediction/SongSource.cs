using SongMood.Audio;

namespace SongMood.Prediction;

/// <summary>
/// A song to listen to: a file, its bytes, a stream, or decoded samples. Each of them is one where a song is asked for:
/// <c>predictor.Predict("song.mp3")</c>.
/// </summary>
public abstract class SongSource
{
    private protected SongSource(string name) => Name = name;

    /// <summary>The path of a file; of others, what they are, such as "the bytes".</summary>
    public string Name { get; }

    /// <summary>A file.</summary>
    /// <param name="path">Its path; what it is, its content says.</param>
    public static implicit operator SongSource(string path) => new OfFile(path ?? "");

    /// <summary>A file in memory.</summary>
    /// <param name="bytes">All of its bytes.</param>
    public static implicit operator SongSource(byte[] bytes) =>
        new OfBytes(bytes ?? throw new ArgumentNullException(nameof(bytes)));

    /// <summary>A file in memory.</summary>
    /// <param name="bytes">All of its bytes.</param>
    public static implicit operator SongSource(ReadOnlyMemory<byte> bytes) => new OfBytes(bytes);

    /// <summary>A file that is a stream: it is read once, from where it stands to its end, and stays open.</summary>
    /// <param name="stream">A readable stream, which need not be able to seek.</param>
    public static implicit operator SongSource(Stream stream) =>
        new OfStream(stream ?? throw new ArgumentNullException(nameof(stream)));

    /// <summary>Decoded audio.</summary>
    /// <param name="waveform">The samples, at any rate and of any number of channels.</param>
    public static implicit operator SongSource(Waveform waveform) =>
        new OfSamples(waveform ?? throw new ArgumentNullException(nameof(waveform)));

    /// <summary>The song's <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>Opens the part that is asked for, and uses it.</summary>
    internal abstract T Use<T>(AudioReadOptions options, Func<SampleStream, T> use);

    /// <summary>The same without a stream that must not be read synchronously, such as the body of a web request.</summary>
    internal virtual ValueTask<SongSource> BufferAsync(CancellationToken cancellation) => new(this);

    private protected static T UseFile<T>(string path, Func<Stream, T> use)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return InputBytes.InFile(path, () =>
        {
            using var stream = InputBytes.Open(path);
            return use(stream);
        });
    }

    private static T UseStream<T>(Stream stream, AudioReadOptions options, Func<SampleStream, T> use)
    {
        using var input = InputBytes.Source(stream, options);
        return use(AudioFile.Open(input, options));
    }

    private sealed class OfFile(string path) : SongSource(path)
    {
        internal override T Use<T>(AudioReadOptions options, Func<SampleStream, T> use) =>
            UseFile(Name, stream => UseStream(stream, options, use));
    }

    private sealed class OfBytes(ReadOnlyMemory<byte> bytes) : SongSource("the bytes")
    {
        internal override T Use<T>(AudioReadOptions options, Func<SampleStream, T> use) =>
            use(AudioFile.Open(ByteSource.Of(bytes), options));
    }

    private sealed class OfStream(Stream stream) : SongSource("the stream")
    {
        internal override T Use<T>(AudioReadOptions options, Func<SampleStream, T> use) =>
            stream.CanSeek ? UseStream(stream, options, use) : Buffer(options.CancellationToken).Use(options, use);

        internal override async ValueTask<SongSource> BufferAsync(CancellationToken cancellation) =>
            await InputBytes.FromStreamAsync(stream, InMemory(cancellation)).ConfigureAwait(false);

        private SongSource Buffer(CancellationToken cancellation) => InputBytes.FromStream(stream, InMemory(cancellation));

        private static AudioReadOptions InMemory(CancellationToken cancellation) => new()
        {
            CancellationToken = cancellation,
            Advice = (MoodPredictorOptions.LongerAdvice, "save it in a file and give the file's path: a file is heard in pieces"),
        };
    }

    private sealed class OfSamples(Waveform waveform) : SongSource("the waveform")
    {
        internal override T Use<T>(AudioReadOptions options, Func<SampleStream, T> use)
        {
            if (waveform.SampleCount == 0)
                throw new AudioFormatException("the audio has no samples");
            var (start, count) = options.Select(waveform.SampleCount, waveform.SampleRate);
            return use(new WaveformStream(SampleLimit.Checked(waveform, TimeSpan.Zero), (int)start, (int)count));
        }
    }
}
