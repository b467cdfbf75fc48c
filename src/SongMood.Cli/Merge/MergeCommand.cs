using System.CommandLine;
using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
using SongMood.Cli.Help;

namespace SongMood.Cli.Merge;

/// <summary><c>songmood merge moods.parquet</c>.</summary>
internal static class MergeCommand
{
    public static Command Create(ToolConsole console)
    {
        var output = new Argument<string>("FILE")
        {
            Description = "The file that is to be, as it was named to the runs by --out. Its shards lie in the folder FILE.shards.",
        };
        var shards = ShardOptions.CountOption("How many shards there are, where the folder has shards of several numbers.");
        var command = new ToolCommand("merge",
            "Put the shards together that 'predict', 'index' and 'extract' wrote (--shard): checks that all of them are there, and "
            + "says which songs failed and why. The result is what one run over all songs would have written.")
        {
            output, shards,
        };
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood predict ~/Music --out moods.parquet --shard 1/4", "a quarter of the songs; the others likewise, on any machine"),
                ("songmood merge moods.parquet", "all of them, once they are done"),
            ],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path);
            await using var merge = await CatalogueMerge.OpenAsync(path, parsed.GetValue(shards), cancellation);
            var failed = new ImmediateProgress<FailedSong>(song => console.Say($"songmood: {song}"));
            var report = await merge.WriteAsync(failed, cancellation);
            console.Say($"Wrote {path}: {Plural.Of(report.SongCount, "song")} of {Plural.Of(merge.ShardCount, "shard")}.");
            return CatalogueConsole.ExitCodeOf(report, console);
        });
        return command;
    }
}
