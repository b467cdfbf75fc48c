using System.CommandLine;
using SongMood.Cli.Help;
using SongMood.Prediction;
using Spectre.Console;

namespace SongMood.Cli.Inspect;

/// <summary><c>songmood inspect [model.zip] [--format table|json]</c>.</summary>
internal static class InspectCommand
{
    public static Command Create(ToolConsole console)
    {
        var model = new Argument<string?>("model.zip")
        {
            Description = "A model. Default: the one that comes with SongMood.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = new Option<string>("--format", "-f")
        {
            Description = "table is for people; json is one object (docs/json.md has its schema).",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnly(["table", "json"]);
        var command = new ToolCommand("inspect", "Show what a model takes, does and tells apart.")
        {
            model,
            format,
        };
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood inspect moods.zip", "what is in a model"),
                ("songmood inspect moods.zip --format json | jq .moods", "a part of it, for a program"),
            ],
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(model);
            var description = path is null ? ModelDescription.ReadPretrained() : ModelDescription.Read(path);
            if (parsed.GetValue(format) == "json")
                JsonDescription.Write(console.Out, path, description);
            else
                console.WriteTable(Table(path, description));
            return ExitCode.AllFine;
        });
        return command;
    }

    private static Table Table(string? path, ModelDescription description)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumns("", "");
        void Add(string name, string value) => table.AddRow(new Text(name), new Text(ShownName.Message(value)));

        Add("model", path ?? "(comes with SongMood)");
        Add("size", $"{description.SizeBytes / 1024.0:F0} KiB");
        Add("written by", description.WriterName() ?? "(not said)");
        Add("takes", string.Join("\n", description.InputColumns));
        Add("steps", string.Join("\n", description.Steps));
        Add("moods", description.Moods.Count == 0 ? "(it is no classifier with named classes)" : string.Join(", ", description.Moods));
        Add("confidence", description.Confidence?.ToString() ?? "(not measured)");
        return table;
    }
}
