namespace SongMood.Audio;

/// <summary>An input that cannot be read as audio. The message says what was found, what was expected and what to do.</summary>
public sealed class AudioFormatException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found, what was expected, what to do next.</param>
    /// <param name="file">The file at fault, where the input is one.</param>
    /// <param name="frameIndex">The frame at fault, counted from 0, where one is.</param>
    /// <param name="bytePosition">The byte at which the fault was found, counted from 0.</param>
    /// <param name="innerException">The error behind this one.</param>
    public AudioFormatException(
        string message, string? file = null, long? frameIndex = null, long? bytePosition = null, Exception? innerException = null)
        : base(Describe(message, file, frameIndex, bytePosition), innerException) =>
        (Problem, File, FrameIndex, BytePosition) = (message, file, frameIndex, bytePosition);

    /// <summary>The message without the place.</summary>
    public string Problem { get; }

    /// <summary>The file at fault, or null where the input was bytes or a stream.</summary>
    public string? File { get; }

    /// <summary>The frame at fault, counted from 0, or null.</summary>
    public long? FrameIndex { get; }

    /// <summary>The byte at which the fault was found, counted from 0, or null.</summary>
    public long? BytePosition { get; }

    internal AudioFormatException InFile(string? file) =>
        file is null || File is not null ? this : new AudioFormatException(Problem, file, FrameIndex, BytePosition, InnerException);

    private static string Describe(string message, string? file, long? frameIndex, long? bytePosition)
    {
        var place = (frameIndex, bytePosition) switch
        {
            ({ } frame, { } position) => $" (frame {frame}, byte {position})",
            ({ } frame, null) => $" (frame {frame})",
            (null, { } position) => $" (byte {position})",
            _ => "",
        };
        return file is null ? $"{message}{place}" : $"{file}: {message}{place}";
    }
}
