namespace SongMood.Audio;

// Streams that must not block a thread, such as the body of a web request.
public static partial class AudioFile
{
    /// <summary>
    /// Decodes a stream from where it stands to its end, as <see cref="Read(Stream, AudioReadOptions?)"/> does. The stream is read
    /// asynchronously only, and left open; at most <see cref="AudioReadOptions.MaxBytes"/> of it are taken. Decoding itself then runs on
    /// the thread that the last bytes came on.
    /// </summary>
    /// <param name="stream">A readable stream; it need not be seekable.</param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <param name="cancellationToken">Ends reading and decoding.</param>
    /// <exception cref="AudioFormatException">The stream holds no audio that we read, or more bytes than the limit.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read or the options are wrong; all faults are listed.</exception>
    /// <exception cref="OperationCanceledException">The token, or that of the options, was cancelled.</exception>
    public static Task<Waveform> ReadAsync(
        Stream stream, AudioReadOptions? options = null, CancellationToken cancellationToken = default) =>
        FromStreamAsync(stream, options, Decode, cancellationToken);

    /// <summary>Says what a stream holds, as <see cref="Probe(Stream, AudioReadOptions?)"/> does, with asynchronous reads only.</summary>
    /// <param name="stream">A readable stream; it is read to its end and left open.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public static Task<AudioInfo> ProbeAsync(
        Stream stream, AudioReadOptions? options = null, CancellationToken cancellationToken = default) =>
        FromStreamAsync(stream, options, ProbeBytes, cancellationToken);

    private static async Task<T> FromStreamAsync<T>(
        Stream stream, AudioReadOptions? options, Func<ReadOnlyMemory<byte>, AudioReadOptions, T> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options = Checked(options);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, cancellationToken);
        options = options with { CancellationToken = either.Token };
        return use(await InputBytes.FromStreamAsync(stream, options).ConfigureAwait(false), options);
    }
}
