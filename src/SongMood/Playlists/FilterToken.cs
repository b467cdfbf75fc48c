namespace SongMood.Playlists;

/// <summary>What a piece of a filter's text is.</summary>
internal enum FilterTokenKind
{
    Name,
    QuotedName,
    Number,
    Symbol,
    End,
}

/// <summary>A piece of a filter's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The piece; of a quoted name, what is between the quotes.</param>
/// <param name="Column">Where it begins; the first character is 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Column)
{
    private const int LongestShown = 40;

    /// <summary>Whether it is this symbol, or this word in any case.</summary>
    public bool Is(string text) =>
        Kind is FilterTokenKind.Name or FilterTokenKind.Symbol && Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>As errors quote it.</summary>
    public string Found => Kind == FilterTokenKind.End ? "the end"
        : Text.Length > LongestShown ? $"'{Text[..LongestShown]}...'" : $"'{Text}'";

    public SongFilterException Unexpected(string expected) => new(Column, Found, expected);
}
