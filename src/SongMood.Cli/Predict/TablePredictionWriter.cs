using Spectre.Console;

namespace SongMood.Cli.Predict;

/// <summary>A table for people.</summary>
internal sealed class TablePredictionWriter(ToolConsole console, IReadOnlyList<string> moods) : IPredictionWriter
{
    private readonly Table _table = CreateTable(moods);

    public void Write(SongPrediction song)
    {
        if (song.Prediction is { } prediction)
            _table.AddRow([new Text(song.Path), new Text(prediction.Mood, new Style(decoration: Decoration.Bold)),
                .. moods.Select(mood => new Text($"{100 * prediction.Scores[mood]:F0} %").RightJustified())]);
        else
            _table.AddRow(new Text(song.Path), new Text(song.Error!, new Style(Color.Red)));
    }

    public void End() => console.WriteTable(_table);

    private static Table CreateTable(IReadOnlyList<string> moods)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("song", "mood");
        foreach (var mood in moods)
            table.AddColumn(new TableColumn(new Text(mood)).RightAligned());
        return table;
    }
}
