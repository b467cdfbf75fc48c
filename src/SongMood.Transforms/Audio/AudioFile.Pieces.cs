using SongMood.Dsp;

namespace SongMood.Audio;

// Long audio, a piece at a time.
public static partial class AudioFile
{
    /// <summary>
    /// Decodes a file a piece at a time, in memory for little more than one piece. The pieces, put together, are the samples that
    /// <see cref="Read(string, AudioReadOptions?)"/> gives with the same options. What we read ourselves goes through a
    /// window, so that <see cref="AudioReadOptions.MaxBytes"/> does not matter; what an added decoder reads is decoded as a whole,
    /// within both limits, and cut. What is lost of the file is said with the first piece; of a FLAC, which only decoding tells,
    /// all that is lost so far is said with each piece in which it grows.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="pieceLength">
    /// How long a piece is, to the nearest sample, at most <see cref="AudioReadOptions.MaxDuration"/>; the last one may be shorter.
    /// </param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <returns>The pieces. The file is opened when the first is asked for, and closed after the last.</returns>
    /// <exception cref="AudioFormatException">When a piece is asked for: the file is missing, or is no audio that we read.</exception>
    /// <exception cref="ArgumentException">The path is empty or the options are wrong; all faults are listed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Pieces of no length, or longer than the limit.</exception>
    public static IEnumerable<Waveform> ReadPieces(string path, TimeSpan pieceLength, AudioReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Pieces(path, CheckedForPieces(pieceLength, options), pieceLength);
    }

    /// <summary>
    /// Decodes a stream from where it stands to its end, a piece at a time, as
    /// <see cref="ReadPieces(string, TimeSpan, AudioReadOptions?)"/> does; it is left open. One that cannot seek is taken into memory
    /// first, within <see cref="AudioReadOptions.MaxBytes"/>.
    /// </summary>
    /// <param name="stream">A readable stream; it must not be used otherwise before the last piece was given.</param>
    /// <param name="pieceLength">
    /// How long a piece is, to the nearest sample, at most <see cref="AudioReadOptions.MaxDuration"/>; the last one may be shorter.
    /// </param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <returns>The pieces.</returns>
    /// <exception cref="AudioFormatException">When a piece is asked for: the stream holds no audio that we read.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read or the options are wrong; all faults are listed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Pieces of no length, or longer than the limit.</exception>
    public static IEnumerable<Waveform> ReadPieces(Stream stream, TimeSpan pieceLength, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("the stream cannot be read", nameof(stream));
        return Pieces(stream, CheckedForPieces(pieceLength, options), pieceLength);
    }

    private static AudioReadOptions CheckedForPieces(TimeSpan pieceLength, AudioReadOptions? options)
    {
        options = Checked(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pieceLength, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pieceLength, options.MaxDuration);
        return options;
    }

    private static IEnumerable<Waveform> Pieces(string path, AudioReadOptions options, TimeSpan pieceLength)
    {
        using var stream = InputBytes.InFile(path, () => InputBytes.Open(path));
        using var pieces = Pieces(stream, options, pieceLength).GetEnumerator();
        while (InputBytes.InFile(path, pieces.MoveNext))
            yield return pieces.Current;
    }

    private static IEnumerable<Waveform> Pieces(Stream stream, AudioReadOptions options, TimeSpan pieceLength)
    {
        using var input = InputBytes.Source(stream, options);
        var samples = Open(input, options);
        if (options.Mono)
            samples = MonoStream.Of(samples);
        if (options.SampleRate is { } rate && rate != samples.SampleRate)
            samples = new RateStream(samples, new RateConverter(samples.SampleRate, rate)); // not a thread's own: pieces may change threads
        var length = (int)Math.Clamp(Math.Round(pieceLength.TotalSeconds * samples.SampleRate), 1, Array.MaxLength);
        options.RequireRoom(Math.Min(length, samples.SampleCount), samples.ChannelCount);
        AudioDamage? told = null;
        for (long start = 0; start < samples.SampleCount; start += length, told = samples.Damage)
            yield return samples.ReadWaveform((int)Math.Min(length, samples.SampleCount - start), told);
    }

    /// <summary>The samples of the part that the options ask for, to be decoded as they are read, in the file's own form.</summary>
    /// <exception cref="AudioFormatException">The input holds no audio that we read.</exception>
    internal static SampleStream Open(ByteSource input, AudioReadOptions options) => Find(input, options).Open(input, options);

    /// <summary>
    /// The same, with what <see cref="Probe(Stream, AudioReadOptions?)"/> says: the input is looked at, or decoded, once.
    /// </summary>
    /// <exception cref="AudioFormatException">The input holds no audio that we read.</exception>
    internal static (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options) =>
        Find(input, options).OpenWithInfo(input, options);
}
