namespace SongMood.Audio;

/// <summary>
/// Reads one more audio format. Name it in <see cref="AudioReadOptions.Decoders"/>, or add it for the whole process with
/// <see cref="AudioFile.Register"/>; calls may come from many threads at once.
/// </summary>
public interface IAudioDecoder
{
    /// <summary>
    /// How the names of such files end, with the point (".ogg"), by which songs are found in folders. A file that is named itself is always
    /// tried. Default: none.
    /// </summary>
    IReadOnlyList<string> FileNameSuffixes => [];

    /// <summary>
    /// What it reads, in the words of an error that tells what is read ("MP3, WAV, FLAC, AIFF and Opus are read"). Default: null, and
    /// errors do not tell of it.
    /// </summary>
    string? FormatName => null;

    /// <summary>Whether the bytes of an input, which may be anything, are of this format.</summary>
    /// <param name="bytes">All of the input.</param>
    bool CanDecode(ReadOnlySpan<byte> bytes);

    /// <summary>Reads what <see cref="AudioFile.Probe(string, AudioReadOptions?)"/> gives, without decoding.</summary>
    /// <param name="bytes">All of the input.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="AudioFormatException">The input is damaged.</exception>
    AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options);

    /// <summary>
    /// The same of an input that is decoded already, which tells how long it lasts where the file does not. Default: it is probed.
    /// </summary>
    /// <param name="bytes">All of the input.</param>
    /// <param name="options">The limits.</param>
    /// <param name="whole">What <see cref="Decode"/> gave of all of it.</param>
    /// <exception cref="AudioFormatException">The input is damaged.</exception>
    AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options, Waveform whole) => Probe(bytes, options);

    /// <summary>
    /// Decodes an input at its own rate with all its channels. The options to heed are Offset, Duration, the limits and CancellationToken:
    /// mixing down and resampling are done with what is given here.
    /// </summary>
    /// <param name="bytes">All of the input.</param>
    /// <param name="options">What to read.</param>
    /// <exception cref="AudioFormatException">The input is damaged.</exception>
    Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options);
}
