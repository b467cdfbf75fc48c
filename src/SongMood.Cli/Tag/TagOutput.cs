using System.Globalization;
using System.Text.Json;
using SongMood.Reports;
using Spectre.Console;

namespace SongMood.Cli.Tag;

/// <summary>Prints what became of the tags: a table for people, or an object a line (docs/json.md has its schema).</summary>
internal sealed class TagOutput(ToolConsole console, bool asJson, bool isWritten)
{
    /// <summary>Raised where a reader of the one before would go wrong.</summary>
    public const int Version = 1;

    private readonly Table _table = CreateTable();
    private readonly List<string> _errors = [];

    public void Write(TagResult song)
    {
        if (asJson)
            WriteJson(song);
        else
            AddRow(song);
    }

    /// <summary>Called once, behind the last song.</summary>
    public void End()
    {
        if (asJson || _table.Rows.Count == 0)
            return;
        console.WriteTable(_table);
        foreach (var error in _errors)
            console.Show($"error: {error}");
    }

    private void WriteJson(TagResult song) => JsonLine.Write(console.Out, json =>
    {
        json.WriteNumber("version", Version);
        json.WriteString("path", song.Path);
        if (song.Change is not { } change)
        {
            json.WriteString("error", song.Error);
            return;
        }
        json.WriteBoolean("changes", change.IsNeeded);
        json.WriteBoolean("written", change.IsNeeded && isWritten);
        foreach (var (name, old, wanted) in song.Tags)
        {
            json.WriteStartObject(name);
            WriteValue(json, "old", name, old);
            WriteValue(json, "new", name, wanted ?? old);
            json.WriteEndObject();
        }
    });

    private static void WriteValue(Utf8JsonWriter json, string property, string tag, string? value)
    {
        if (tag == TagRequest.Tempo && value is not null)
            json.WriteNumber(property, int.Parse(value, CultureInfo.InvariantCulture));
        else
            json.WriteString(property, value);
    }

    private void AddRow(TagResult song)
    {
        if (song.Change is null)
        {
            _table.AddRow(new Text(ShownName.Of(song.Path)), new Text("(error)", new Style(Color.Red)));
            _errors.Add(song.Error!); // the whole message would squeeze the other columns
        }
        else
            _table.AddRow([new Text(ShownName.Of(song.Path)), .. song.Tags.Select(tag => new Text(Cell(tag.Old, tag.New)))]);
    }

    private static string Cell(string? old, string? wanted) => ShownName.Of(
        wanted is null || wanted == old ? old ?? "" : old is null ? $"+ {wanted}" : $"{old} -> {wanted}");

    private static Table CreateTable()
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("song");
        foreach (var name in TagRequest.AllFields)
            table.AddColumn(new TableColumn(name).NoWrap());
        return table;
    }
}
