using SongMood.Prediction;
using SongMood.Reports;
using Spectre.Console;

namespace SongMood.Cli.Predict;

/// <summary>A table for people.</summary>
internal sealed class TablePredictionWriter(ToolConsole console, IReadOnlyList<string> moods) : PredictionWriter
{
    private const int Indent = 2;

    private readonly int _lineWidth = Math.Min(80, console.OutWidth ?? 80) - Indent - 2; // a little less than there is room for
    private readonly List<string> _notes = [];
    private readonly ToldRemarks _remarks = new();
    private Table _table = CreateTable(moods);

    public override void Write(PredictedSong song)
    {
        if (song.Prediction is { } prediction)
        {
            // A column of its own for the question mark would take room from the names.
            var mood = ShownName.Of(prediction.Mood) + (prediction.IsUnsure == true ? "?" : "");
            _table.AddRow([new Text(ShownName.Of(song.Name)), new Text(mood, new Style(decoration: Decoration.Bold)),
                .. moods.Select(mood => new Text($"{100 * prediction.Scores[mood]:F0} %").RightJustified())]);
            _notes.AddRange(_remarks.Of(prediction).Select(remark => $"remark: {ShownName.Of(song.Name)}: {remark}"));
            AddDetails(song, prediction);
        }
        else
        {
            // The whole message would squeeze the other columns: it follows the table.
            _table.AddRow(new Text(ShownName.Of(song.Name)), new Text("(error)", new Style(Color.Red)));
            _notes.Add("error: " + song.Error);
        }
    }

    public override void Flush()
    {
        if (_table.Rows.Count == 0)
            return;
        Show();
        _notes.Clear();
        _table = CreateTable(moods);
    }

    public override void Dispose() => Show(); // also where it is empty

    private void Show()
    {
        console.WriteTable(_table);
        foreach (var note in _notes)
            console.Show(note);
    }

    /// <summary>What would not fit into 80 columns beside the scores: lines of their own, behind the table.</summary>
    private void AddDetails(PredictedSong song, MoodPrediction prediction)
    {
        var name = ShownName.Of(song.Name);
        if (prediction.Features is { } features)
            _notes.AddRange([$"features: {name}:", .. Lines($"{features}")]);
        if (song.Explanation is { } explanation)
            _notes.AddRange([$"why: {name}:", .. Lines($"{explanation}")]);
        if (song.Timeline is { } timeline)
            _notes.AddRange([$"timeline: {name}:", .. timeline.Sections.SelectMany(section => Lines($"{section}"))]);
    }

    /// <summary>A text in lines that are indented, broken between its words.</summary>
    private IEnumerable<string> Lines(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && $"{line} {word}".GetCellWidth() > _lineWidth)
            {
                yield return $"  {line}";
                line = "";
            }
            line += line.Length > 0 ? $" {word}" : word;
        }
        yield return $"  {line}";
    }

    private static Table CreateTable(IReadOnlyList<string> moods)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("song");
        table.AddColumn(new TableColumn("mood").NoWrap()); // paths are what may wrap
        foreach (var mood in moods)
            table.AddColumn(new TableColumn(new Text(ShownName.Of(mood))).RightAligned().NoWrap());
        return table;
    }
}
