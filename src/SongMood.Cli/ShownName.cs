namespace SongMood.Cli;

/// <summary>
/// A song's name as people are shown it: a name may have line breaks, which would tear a table, and escape codes, which a terminal obeys.
/// CSV and JSON have names as they are.
/// </summary>
internal static class ShownName
{
    public static string Of(string name) =>
        name.Any(char.IsControl) ? string.Concat(name.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) : name;
}
