using System.CommandLine;
using SongMood.Cli.Help;
using SongMood.Cli.Predict;
using SongMood.Formats.Tags;
using SongMood.Prediction;

namespace SongMood.Cli.Tag;

/// <summary><c>songmood tag PATH... [--write]</c> and <c>songmood tag --undo JOURNAL</c>.</summary>
internal static class TagCommand
{
    private const string DefaultJournal = "songmood-tags.jsonl";

    public static Command Create(ToolConsole console)
    {
        var paths = SongArguments.Paths("; with --undo, which of the songs");
        var write = new Option<bool>("--write") { Description = "Change the files. Without it, what would change is told." };
        var journal = new Option<string>("--journal")
        {
            Description = "Where --write notes what takes its changes back; runs may share one.",
            HelpName = "file",
            DefaultValueFactory = _ => DefaultJournal,
        };
        var undo = new Option<string?>("--undo")
        {
            Description = $"Give songs their old bytes back, by the journal of earlier runs, {DefaultJournal} where none is named.",
            HelpName = "journal",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var fields = new Option<string[]>("--fields")
        {
            Description = $"Which tags, out of {string.Join(", ", TagRequest.AllFields)}. Default: all.",
            HelpName = "tags",
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))],
        };
        fields.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>().FirstOrDefault(field => !TagRequest.AllFields.Contains(field)) is { } other)
                result.AddError($"--fields has '{other}'; expected {string.Join(", ", TagRequest.AllFields)}, with commas between them.");
        });
        var keep = new Option<bool>("--keep-existing") { Description = "Leave tags as they are that a song has, and add those it lacks." };
        var where = SongFilterOption.Create();
        var unsureBelow = SongArguments.UnsureBelow("The score below which a mood is unsure, and not written. Default: as the model says.");
        var model = SongArguments.Model();
        var threads = SongArguments.Threads();
        var format = new Option<string>("--format", "-f")
        {
            Description = "table; json: an object a line with path, changes, written, mood, tempo and key, or path and error.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnly(["table", "json"]);
        var command = new ToolCommand("tag",
            "Write mood, tempo and key into the tags of songs (a dry run without --write), and nothing else. "
            + "Exit code: 0 all fine, 1 a file could not be tagged, 2 nothing could be done.")
        {
            paths, write, journal, undo, fields, keep, where, unsureBelow, model, threads, format,
        };
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood tag ~/Music", "a dry run: what would be written"),
                ("songmood tag ~/Music --write", "writes mood, tempo and key"),
                ("songmood tag ~/Music --write --fields tempo --keep-existing", "only the tempo, where there is none"),
                ("songmood tag --undo", "gives the songs their old bytes back"),
            ],
            Groups =
            [
                ("Which songs and tags", [where, fields, keep, unsureBelow, model]),
                ("Writing, and taking back", [write, journal, undo]),
            ],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] named = [.. SongArguments.Expand(parsed.GetValue(paths) ?? [], lists: [], output: null, console)];
            if (parsed.GetResult(undo) is not null)
                return TagRun.Undo(console, new TagJournal(parsed.GetValue(undo) ?? DefaultJournal), named, cancellation);
            if (named.Length == 0)
                throw new ArgumentException("There are no songs to tag; name files or folders.");
            var isWritten = parsed.GetValue(write);
            var journalPath = parsed.GetRequiredValue(journal);
            if (isWritten)
                AtomicFile.CheckWritable(journalPath, named);
            else if (parsed.GetResult(journal) is { Implicit: false })
                throw new ArgumentException("--journal is for --write: a dry run changes nothing.");
            using var predictor = SongArguments.Open(parsed.GetValue(model), new MoodPredictorOptions
            {
                WithFeatures = true,
                UnsureBelow = parsed.GetValue(unsureBelow),
                CoresPerSong = SongArguments.CoresPerSong(named),
            }, songs: []); // they may be written to
            var request = new TagRequest
            {
                Fields = parsed.GetValue(fields) is { Length: > 0 } some ? some : TagRequest.AllFields,
                KeepExisting = parsed.GetValue(keep),
                Where = SongFilterOption.Checked(SongFilterOption.Of(parsed, where), predictor, parsed.GetValue(unsureBelow)),
                Journal = isWritten ? new TagJournal(journalPath) : null,
            };
            var output = new TagOutput(console, asJson: parsed.GetValue(format) == "json", isWritten);
            return await new TagRun(console, request, output).SongsAsync(
                named, predictor, parsed.GetValue(threads) ?? Environment.ProcessorCount, cancellation);
        });
        return command;
    }
}
