using Spectre.Console;
using Spectre.Console.Rendering;

namespace SongMood.Cli;

/// <summary>
/// A table where the terminal has no room for its columns: one line a cell, with the header before it, and a blank line between rows.
/// </summary>
internal static class NarrowTable
{
    /// <summary>Wide enough for any cell to stand in one line.</summary>
    private const int CellWidth = 10_000;

    private const int FrameLines = 4; // of a table: a blank line above and below, the header, the rule

    public static void WriteFitting(this IAnsiConsole console, Table table)
    {
        string[] headers = [.. table.Columns.Select(column => table.ShowHeaders ? Text(column.Header, console, CellWidth) : "")];
        string[][] rows = [.. table.Rows.Select(row => row.Select(cell => Text(cell, console, CellWidth)).ToArray())];
        var shown = Text(table, console, console.Profile.Width);
        var longest = FrameLines + rows.Length * (headers.Length + 1); // as many as a line a cell would be
        if (HasAll(shown, headers.Concat(rows.SelectMany(row => row))) && shown.AsSpan().Count('\n') < longest)
        {
            console.Write(table);
            return;
        }
        foreach (var (index, row) in rows.Index())
        {
            if (index > 0)
                console.WriteLine();
            foreach (var (header, cell) in headers.Zip(row))
                console.Write(new Text((header.Length > 0 ? header + ": " : "") + cell + "\n"));
        }
    }

    private static string Text(IRenderable item, IAnsiConsole console, int width) =>
        string.Concat(item.Render(RenderOptions.Create(console), width).Select(segment => segment.IsLineBreak ? "\n" : segment.Text))
            .Trim();

    /// <summary>
    /// Whether no letter is missing: Spectre cuts off the end of a cell where there is no room, leaves a column without any width, or
    /// writes "…" in place of the whole table.
    /// </summary>
    private static bool HasAll(string shown, IEnumerable<string> cells)
    {
        var letters = shown.CountBy(letter => letter).ToDictionary();
        return cells.SelectMany(cell => cell).Where(letter => !char.IsWhiteSpace(letter)).CountBy(letter => letter)
            .All(wanted => letters.GetValueOrDefault(wanted.Key) >= wanted.Value);
    }
}
