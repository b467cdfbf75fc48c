using System.Globalization;

namespace SongMood;

/// <summary>Counts in messages: "1 song", "2 songs", "0 songs".</summary>
internal static class Plural
{
    /// <param name="count">How many.</param>
    /// <param name="one">The noun, or a noun and what belongs to it, for one.</param>
    /// <param name="many">The same for any other number; null where an s is added.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {Word(count, one, many)}");

    /// <summary>The same without the count: "column" or "columns".</summary>
    public static string Word(long count, string one, string? many = null) => count == 1 ? one : many ?? one + "s";
}
