namespace SongMood.Transforms;

/// <summary>Errors for columns that a component cannot take: what was found, what was expected.</summary>
internal static class Refusals
{
    public static ArgumentException NoColumn(string component, string column, IEnumerable<string> columns) =>
        new($"{component}: there is no column '{column}'; the columns are {string.Join(", ", columns.Select(name => $"'{name}'"))}");

    public static ArgumentException WrongColumn(string component, string column, string found, string expected) =>
        new($"{component}: column '{column}' is {found}; expected {expected}");
}
