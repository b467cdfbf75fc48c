using System.Net;

namespace SongMood.Reports.Html;

/// <summary>Pieces of a page. Whatever comes from outside goes through <see cref="Text"/>.</summary>
internal static class Markup
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>
    /// A table; cells are plain text, columns whose header begins with # hold numbers, with / paths and the like, which may break anywhere,
    /// and columns without any text are left out. What is too wide can be scrolled, by keyboard too.
    /// </summary>
    public static string Table(string caption, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var all = rows.ToArray();
        int[] shown =
            [.. Enumerable.Range(0, headers.Count).Where(column => all.Length == 0 || all.Any(row => !string.IsNullOrEmpty(row[column])))];
        string Cell(string tag, string? text, int column, string attributes = "") =>
            $"<{tag}{attributes}{Class(headers[column])}>{Text(text)}</{tag}>";
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{Text(caption)}\">"
            + $"<table><caption>{Text(caption)}</caption>\n<thead><tr>"
            + string.Concat(shown.Select(column => Cell("th", Name(headers[column]), column, " scope=\"col\"")))
            + "</tr></thead>\n<tbody>\n"
            + string.Concat(all.Select(row => "<tr>" + string.Concat(shown.Select(column => Cell("td", row[column], column))) + "</tr>\n"))
            + "</tbody></table></div>";
    }

    public static string Figure(string chart, string caption) =>
        $"<figure tabindex=\"0\">{chart}<figcaption>{Text(caption)}</figcaption></figure>";

    private static string Name(string header) => Class(header).Length > 0 ? header[1..] : header;

    private static string Class(string header) =>
        header.StartsWith('#') ? " class=\"number\"" : header.StartsWith('/') ? " class=\"path\"" : "";
}
