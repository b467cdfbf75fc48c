using System.CommandLine;
using System.Globalization;
using SongMood.Cli.Help;
using SongMood.Cli.Predict;
using SongMood.Prediction;
using SongMood.Reports;
using SongMood.Similarity;
using Spectre.Console;

namespace SongMood.Cli.Similar;

/// <summary><c>songmood similar SONG --in songs.index</c>.</summary>
internal static class SimilarCommand
{
    public static Command Create(ToolConsole console)
    {
        var song = new Argument<string>("SONG") { Description = "The song whose like is looked for." };
        var input = new Option<string>("--in") { Description = "What 'songmood index' wrote.", HelpName = "songs.index", Required = true };
        var count = NumberOption.Whole("--count", "How many songs at most.", least: 1, new SimilarityOptions().Count, "-k");
        var mood = new Option<string?>("--mood") { Description = "Only songs of this mood.", HelpName = "mood" };
        var slowest = Tempo("--min-tempo", "Only songs of this tempo or a faster one.");
        var fastest = Tempo("--max-tempo", "Only songs of this tempo or a slower one.");
        var model = SongArguments.Model();
        var format = new Option<string>("--format", "-f")
        {
            Description = "table; json: an object a line with path, similarity, mood and tempoBpm.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnly(["table", "json"]);
        var command = new ToolCommand("similar", "Find the songs that sound most like one. The song itself is left out.")
        {
            song, input, count, mood, slowest, fastest, model, format,
        };
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood similar song.mp3 --in music.index", "what sounds most like it"),
                ("songmood similar song.mp3 --in music.index --mood calm --min-tempo 80 --max-tempo 120",
                    "the same among calm songs of that tempo"),
            ],
        };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(song);
            var options = new SimilarityOptions
            {
                Count = parsed.GetValue(count)!.Value,
                Mood = parsed.GetValue(mood),
                MinimumTempoBpm = parsed.GetValue(slowest),
                MaximumTempoBpm = parsed.GetValue(fastest),
            };
            var index = SongIndex.Load(parsed.GetRequiredValue(input));
            using var predictor = SongArguments.Open(parsed.GetValue(model), new MoodPredictorOptions(), [path]);
            if (index.ModelId != predictor.ModelId)
                throw new ArgumentException($"{parsed.GetRequiredValue(input)} was made by another model, whose numbers mean something "
                    + "else: name that one (--model), or write the index anew by 'songmood index'.");
            var itself = index.Songs.FirstOrDefault(known => Path.GetFullPath(known.Name) == Path.GetFullPath(path))?.Name;
            var found = index.Nearest(predictor.Predict(path, cancellation), options with { Except = itself });
            if (parsed.GetValue(format) == "json")
                WriteJson(console, found);
            else
                WriteTable(console, found);
            return Task.FromResult(ExitCode.AllFine);
        });
        return command;
    }

    private static Option<double?> Tempo(string name, string description) => NumberOption.Real(
        name, $"{description} Beats a minute.", "bpm", "a number from 0 to 1000", bpm => bpm is >= 0 and <= 1000);

    private static void WriteTable(ToolConsole console, IReadOnlyList<SimilarSong> found)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("song");
        foreach (var header in new[] { "similarity", "mood", "tempo" })
            table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        foreach (var similar in found)
            table.AddRow(new Text(ShownName.Of(similar.Song.Name)), Number(similar.Similarity, "0.000"),
                new Text(ShownName.Of(similar.Song.Mood)).RightJustified(), Number(similar.Song.Features?.TempoBpm, "0"));
        console.WriteTable(table);
    }

    private static Text Number(double? value, string format) =>
        new Text(value?.ToString(format, CultureInfo.InvariantCulture) ?? "").RightJustified();

    private static void WriteJson(ToolConsole console, IReadOnlyList<SimilarSong> found)
    {
        foreach (var similar in found)
            JsonLine.Write(console.Out, json =>
            {
                json.WriteString("path", similar.Song.Name);
                json.WriteNumber("similarity", similar.Similarity);
                json.WriteString("mood", similar.Song.Mood);
                if (similar.Song.Features is { } features)
                    json.WriteNumber("tempoBpm", features.TempoBpm);
            });
    }
}
