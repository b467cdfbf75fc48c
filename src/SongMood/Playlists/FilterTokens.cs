using System.Text;

namespace SongMood.Playlists;

/// <summary>Cuts a filter's text into names, numbers and symbols.</summary>
internal static class FilterTokens
{
    // The longer of two that begin alike comes first.
    private static readonly string[] Symbols = ["<=", ">=", "==", "!=", "<", ">", "=", "..", "(", ")"];

    /// <summary>All pieces, the end last.</summary>
    /// <exception cref="SongFilterException">A character that no piece begins with, or a quote that is not closed.</exception>
    public static List<FilterToken> Of(string text)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
            {
                tokens.Add(new FilterToken(FilterTokenKind.End, "", at + 1));
                return tokens;
            }
            var (token, length) = Next(text, at);
            tokens.Add(token);
            at += length;
        }
    }

    private static (FilterToken Token, int Length) Next(string text, int at)
    {
        var column = at + 1;
        if (text[at] is '"' or '\'')
        {
            var end = text.IndexOf(text[at], at + 1);
            if (end < 0)
                throw new SongFilterException(text.Length + 1, "the end", $"the {text[at]} that closes the name from column {column}");
            return (new FilterToken(FilterTokenKind.QuotedName, text[(at + 1)..end], column), end + 1 - at);
        }
        if (NumberLength(text.AsSpan(at)) is > 0 and var digits)
            return (new FilterToken(FilterTokenKind.Number, text.Substring(at, digits), column), digits);
        if (char.IsLetter(text[at]))
        {
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '#'))
                end++;
            return (new FilterToken(FilterTokenKind.Name, text[at..end], column), end - at);
        }
        if (Array.Find(Symbols, symbol => text.AsSpan(at).StartsWith(symbol)) is { } symbol)
            return (new FilterToken(FilterTokenKind.Symbol, symbol, column), symbol.Length);
        var character = Rune.TryGetRuneAt(text, at, out var rune) ? rune.ToString() : $"\\u{(int)text[at]:X4}";
        throw new SongFilterException(column, $"'{character}'", text[at] == ','
            ? "a decimal point in a number, and no comma elsewhere" : "a name, a number, ( or a comparison; other names stand in quotes");
    }

    /// <summary>
    /// The length of a sign, digits, and a fraction, or minutes and seconds (4:30); two points are no fraction. 0 where there is no number.
    /// </summary>
    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var sign = text[0] is '-' or '+' ? 1 : 0;
        var length = sign + DigitsLength(text[sign..]);
        if (length == sign)
            return 0;
        if (length < text.Length && text[length] is '.' or ':' && DigitsLength(text[(length + 1)..]) is > 0 and var more)
            length += 1 + more;
        return length;
    }

    private static int DigitsLength(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
