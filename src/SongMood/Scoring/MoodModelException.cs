namespace SongMood.Scoring;

/// <summary>
/// A file is no ML.NET model, or a model that cannot tell moods from audio, or cannot be unpacked here; the message says what was found and
/// expected.
/// </summary>
public sealed class MoodModelException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found, what was expected and what to do.</param>
    /// <param name="inner">What ML.NET said, if it was that.</param>
    public MoodModelException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
