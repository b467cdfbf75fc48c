using Spectre.Console;

namespace SongMood.Cli.Predict;

/// <summary>A table for people.</summary>
internal sealed class TablePredictionWriter(ToolConsole console, IReadOnlyList<string> moods) : IPredictionWriter
{
    private readonly Table _table = CreateTable(moods);
    private readonly List<string> _notes = [];

    public void Write(SongPrediction song)
    {
        if (song.Prediction is { } prediction)
        {
            _table.AddRow([new Text(song.Name), new Text(prediction.Mood, new Style(decoration: Decoration.Bold)),
                .. moods.Select(mood => new Text($"{100 * prediction.Scores[mood]:F0} %").RightJustified())]);
            _notes.AddRange(prediction.Remarks.Select(remark => $"remark: {song.Name}: {remark}"));
        }
        else
        {
            // The whole message would squeeze the other columns: it follows the table.
            _table.AddRow(new Text(song.Name), new Text("(error)", new Style(Color.Red)));
            _notes.Add("error: " + song.Error);
        }
    }

    public void End()
    {
        console.WriteTable(_table);
        foreach (var note in _notes)
            console.Out.WriteLine(note);
    }

    private static Table CreateTable(IReadOnlyList<string> moods)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("song");
        table.AddColumn(new TableColumn("mood").NoWrap()); // paths are what may wrap
        foreach (var mood in moods)
            table.AddColumn(new TableColumn(new Text(mood)).RightAligned().NoWrap());
        return table;
    }
}
