using System.CommandLine;
using SongMood.Prediction;
using Spectre.Console;

namespace SongMood.Cli.Inspect;

/// <summary><c>songmood inspect [model.zip]</c>.</summary>
internal static class InspectCommand
{
    public static Command Create(ToolConsole console)
    {
        var model = new Argument<string?>("model.zip")
        {
            Description = "A model. Default: the one that comes with SongMood.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("inspect", "Show what a model takes, does and tells apart.") { model };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(model);
            var description = path is null ? ModelDescription.ReadPretrained() : ModelDescription.Read(path);
            var table = new Table { Border = TableBorder.None, ShowHeaders = false };
            table.AddColumns("", "");
            void Add(string name, string value) => table.AddRow(new Text(name), new Text(value));

            Add("model", path ?? "(comes with SongMood)");
            Add("size", $"{description.SizeBytes / 1024.0:F0} KiB");
            Add("written by", description.WrittenBy is null ? "(not said)" : $"Microsoft.ML {description.WrittenBy.Split('+')[0]}");
            Add("takes", string.Join("\n", description.InputColumns));
            Add("steps", string.Join("\n", description.Steps));
            Add("moods", description.Moods.Count == 0 ? "(it is no classifier with named classes)" : string.Join(", ", description.Moods));
            Add("confidence", description.Confidence?.ToString() ?? "(not measured)");
            console.WriteTable(table);
            return ExitCode.AllFine;
        });
        return command;
    }
}
