using Spectre.Console;
using Spectre.Console.Rendering;

namespace SongMood.Cli;

/// <summary>
/// A table where the terminal has no room for its columns: one line a cell, with the header before it, and a blank line between rows.
/// </summary>
internal static class NarrowTable
{
    /// <summary>What Spectre writes instead of what has no room: the end of a cell, or the whole table.</summary>
    private const char NoRoom = '…';

    /// <summary>Wide enough for any cell to stand in one line.</summary>
    private const int CellWidth = 10_000;

    public static void WriteFitting(this IAnsiConsole console, Table table)
    {
        string[] headers = [.. table.Columns.Select(column => table.ShowHeaders ? Text(column.Header, console, CellWidth) : "")];
        string[][] rows = [.. table.Rows.Select(row => row.Select(cell => Text(cell, console, CellWidth)).ToArray())];
        if (Text(table, console, console.Profile.Width).Count(NoRoom) <= headers.Concat(rows.SelectMany(row => row))
            .Sum(cell => cell.Count(NoRoom)))
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

    private static int Count(this string text, char letter) => text.AsSpan().Count(letter);
}
