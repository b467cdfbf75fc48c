namespace SongMood.Cli;

/// <summary>
/// A song's name as people are shown it: a name may have line breaks, which would tear a table, escape codes, which a terminal obeys,
/// and marks that turn the direction of all that follows.
/// CSV and JSON have names as they are. So it is with moods, and with messages, which have names of others in them.
/// </summary>
internal static class ShownName
{
    private const string OfText = "\n\r\t";

    // Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9, 2): they turn what follows the name, too.
    private const string TurnsText = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    public static string Of(string name) => Shown(name, "");

    /// <summary>A message of one line or several.</summary>
    public static string Message(string text) => Shown(text, OfText);

    private static string Shown(string text, string kept)
    {
        return text.Any(IsHidden) ? string.Concat(text.Select(letter => IsHidden(letter) ? '\uFFFD' : letter)) : text;

        bool IsHidden(char letter) => (char.IsControl(letter) || TurnsText.Contains(letter)) && !kept.Contains(letter);
    }
}
