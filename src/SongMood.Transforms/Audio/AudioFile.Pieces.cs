namespace SongMood.Audio;

// Long audio, a piece at a time.
public static partial class AudioFile
{
    /// <summary>
    /// Decodes a file a piece at a time. The pieces, put together, are the samples that
    /// <see cref="Read(string, AudioReadOptions?)"/> gives with the same options.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="pieceLength">
    /// How long a piece is, to the nearest sample, at most <see cref="AudioReadOptions.MaxDuration"/>; the last one may be shorter.
    /// </param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <returns>The pieces. The file is opened when the first is asked for, and is closed after the last.</returns>
    /// <exception cref="AudioFormatException">When a piece is asked for: the file is missing, or is no audio that we read.</exception>
    /// <exception cref="ArgumentException">The path is empty or the options are wrong; all faults are listed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Pieces of no length, or longer than the limit.</exception>
    public static IEnumerable<Waveform> ReadPieces(string path, TimeSpan pieceLength, AudioReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = CheckedForPieces(pieceLength, options);
        return Pieces(() => Read(path, options.With(TimeSpan.MaxValue)), pieceLength);
    }

    /// <summary>Decodes a stream from where it stands to its end, a piece at a time; it is left open.</summary>
    /// <param name="stream">A readable stream; it must not be used otherwise before the last piece was given.</param>
    /// <inheritdoc cref="ReadPieces(string, TimeSpan, AudioReadOptions?)"/>
    /// <param name="pieceLength">How long a piece is; the last one may be shorter.</param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    public static IEnumerable<Waveform> ReadPieces(Stream stream, TimeSpan pieceLength, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options = CheckedForPieces(pieceLength, options);
        return Pieces(() => Read(stream, options.With(TimeSpan.MaxValue)), pieceLength);
    }

    private static AudioReadOptions CheckedForPieces(TimeSpan pieceLength, AudioReadOptions? options)
    {
        options = Checked(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pieceLength, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pieceLength, options.MaxDuration);
        return options;
    }

    private static IEnumerable<Waveform> Pieces(Func<Waveform> read, TimeSpan pieceLength)
    {
        var whole = read();
        var length = (int)Math.Clamp(Math.Round(pieceLength.TotalSeconds * whole.SampleRate), 1, whole.SampleCount);
        for (var start = 0; start < whole.SampleCount; start += length)
        {
            var channels = new float[whole.ChannelCount][];
            for (var channel = 0; channel < channels.Length; channel++)
                channels[channel] = whole.Channel(channel).Slice(start, Math.Min(length, whole.SampleCount - start)).ToArray();
            yield return new Waveform(channels, whole.SampleRate, whole.DamagedFrameCount);
        }
    }
}
