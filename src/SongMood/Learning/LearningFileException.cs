namespace SongMood.Learning;

/// <summary>
/// A file of features or a journal of a sweep is damaged, or is of other songs or of another way to learn. The message says how and what to
/// do.
/// </summary>
public sealed class LearningFileException : FormatException, IHasTerms
{
    private readonly TermText _text;

    internal LearningFileException(TermText text, Exception? inner = null) : base(text.ToString(), inner) => _text = text;

    TermText IHasTerms.Text => _text;
}
