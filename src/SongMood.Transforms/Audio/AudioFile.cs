using SongMood.Audio.Mp3;
using SongMood.Audio.Wav;

namespace SongMood.Audio;

/// <summary>Reads audio files: MP3 (MPEG-1, 2 and 2.5 Layer III) and WAV, recognised by what they hold.</summary>
public static class AudioFile
{
    /// <summary>Decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to read; null for all with the default limits.</param>
    /// <returns>The samples at the file's own rate, all its channels.</returns>
    /// <exception cref="AudioFormatException">The file is missing, cannot be opened, or is no audio that we read.</exception>
    public static Waveform Read(string path, AudioReadOptions? options = null)
    {
        options = Checked(options);
        var bytes = InputBytes.FromFile(path, options);
        try
        {
            return Decode(bytes.Span, options);
        }
        catch (AudioFormatException e)
        {
            throw e.InFile(path);
        }
    }

    /// <summary>Decodes an encoded file's bytes.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="options">What to read; null for all with the default limits.</param>
    /// <returns>The samples at the file's own rate, all its channels.</returns>
    /// <exception cref="AudioFormatException">The bytes are no audio that we read.</exception>
    public static Waveform Read(ReadOnlyMemory<byte> bytes, AudioReadOptions? options = null)
    {
        options = Checked(options);
        InputBytes.CheckLength(bytes.Length, options);
        return Decode(bytes.Span, options);
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, AudioReadOptions?)"/>
    public static Waveform Read(byte[] bytes, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Read(bytes.AsMemory(), options);
    }

    /// <summary>Decodes a stream from where it stands to its end; it need not be seekable and is left open.</summary>
    /// <param name="stream">A readable stream.</param>
    /// <param name="options">What to read; null for all with the default limits.</param>
    /// <returns>The samples at the stream's own rate, all its channels.</returns>
    /// <exception cref="AudioFormatException">The stream holds no audio that we read.</exception>
    public static Waveform Read(Stream stream, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options = Checked(options);
        return Decode(InputBytes.FromStream(stream, options).Span, options);
    }

    private static AudioReadOptions Checked(AudioReadOptions? options)
    {
        options ??= AudioReadOptions.Default;
        options.Validate();
        return options;
    }

    private static Waveform Decode(ReadOnlySpan<byte> bytes, AudioReadOptions options)
    {
        if (bytes.IsEmpty)
            throw new AudioFormatException("the input is empty (0 bytes); an MP3 or WAV file was expected");
        return WavFile.IsWav(bytes) ? WavFile.Read(bytes, options) : Mp3File.Read(bytes, options);
    }
}
