using SongMood.Audio;

namespace SongMood.Formats.Tags;

/// <summary>What a library throws at damaged input may be anything: to our callers, the input is at fault.</summary>
internal static class LibraryFaults
{
    /// <summary>Runs a library over an input.</summary>
    /// <param name="format">What the input is.</param>
    /// <param name="library">Who reads it.</param>
    /// <param name="read">The work.</param>
    /// <exception cref="AudioFormatException">The library failed.</exception>
    public static T Told<T>(string format, string library, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (AudioFormatException or OperationCanceledException or OutOfMemoryException))
        {
            throw new AudioFormatException(
                $"this {format} file is damaged, or of a kind that {library} does not read ({error.GetType().Name}: {error.Message})",
                innerException: error);
        }
    }
}
