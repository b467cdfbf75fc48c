namespace SongMood.Learning;

/// <summary>
/// Options contradict each other, are out of range, or ask for what the songs or the file at hand do not have. The message says which and
/// what to do.
/// </summary>
public sealed class MoodLearningException : ArgumentException, IHasTerms
{
    private readonly TermText _text;

    internal MoodLearningException(TermText text, Exception? inner = null) : base(text.ToString(), inner) => _text = text;

    TermText IHasTerms.Text => _text;
}
