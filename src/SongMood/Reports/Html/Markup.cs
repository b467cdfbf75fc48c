using System.Net;

namespace SongMood.Reports.Html;

/// <summary>Pieces of a page. Whatever comes from outside goes through <see cref="Text"/>.</summary>
internal static class Markup
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>
    /// A table; cells are plain text, columns whose header begins with # hold numbers, and columns without any text are left out.
    /// </summary>
    public static string Table(string caption, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var all = rows.ToArray();
        int[] shown =
            [.. Enumerable.Range(0, headers.Count).Where(column => all.Length == 0 || all.Any(row => !string.IsNullOrEmpty(row[column])))];
        string Cell(string tag, string? text, int column, string attributes = "") =>
            $"<{tag}{attributes}{(headers[column].StartsWith('#') ? " class=\"number\"" : "")}>{Text(text)}</{tag}>";
        return $"<div class=\"scroll\"><table><caption>{Text(caption)}</caption>\n<thead><tr>"
            + string.Concat(shown.Select(column => Cell("th", headers[column].TrimStart('#'), column, " scope=\"col\"")))
            + "</tr></thead>\n<tbody>\n"
            + string.Concat(all.Select(row => "<tr>" + string.Concat(shown.Select(column => Cell("td", row[column], column))) + "</tr>\n"))
            + "</tbody></table></div>";
    }

    public static string Figure(string chart, string caption) => $"<figure>{chart}<figcaption>{Text(caption)}</figcaption></figure>";
}
