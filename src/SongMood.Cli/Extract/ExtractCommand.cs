using System.CommandLine;
using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
using SongMood.Cli.Help;
using SongMood.Learning;

namespace SongMood.Cli.Extract;

/// <summary><c>songmood extract --data labels.csv --out features.idv</c>.</summary>
internal static class ExtractCommand
{
    private const int FailuresShown = 20;

    public static Command Create(ToolConsole console)
    {
        var options = new LearningCommandOptions();
        var output = new Option<string>("--out", "-o")
        {
            Description = "The file to write: .csv and .parquet are tables for other tools, with a column a feature; any other is in "
                + "ML.NET's binary format, for --features.",
            HelpName = "features.idv",
            Required = true,
        };
        var threads = NumberOption.Whole("--threads",
            "Songs that are computed at once, each on a core. The features are the same for any number. Default: all cores.",
            least: 1, "-t");
        var command = new ToolCommand("extract",
            "Compute the features of many songs, once, for 'train' and 'evaluate' (--features). "
            + "What is done is not done again: after Ctrl-C the same command goes on where it was, and a changed song is computed anew.")
        {
            output,
            threads,
        };
        var listening = options.AddListeningTo(command);
        var format = new Option<string?>("--format", "-f") { Description = "idv, csv or parquet. Default: as the name of the file says." };
        format.AcceptOnly(["idv", "csv", "parquet"]);
        command.Add(format);
        var shards = new ShardOptions();
        shards.AddTo(command);
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood extract --data music --out features.idv", "listen once, for any number of trainings"),
                ("songmood train --data music --features features.idv --model moods.zip", "such as this one"),
            ],
            Groups =
            [
                ("Songs, and what to compute of them", listening),
                ("Result", [output, format]),
                ("Parts of a large list", shards.All),
            ],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path, options.Data(parsed));
            var settings = options.Settings(parsed);
            var shard = shards.Shard(parsed, path, console);
            var written = FeatureTableFile.FormatOf(path, parsed.GetValue(format), shard is not null);
            FeatureTableFile.Check(written, settings.Inputs);
            var songs = options.ReadSongs(parsed, settings, minimumMoods: 1);
            console.SayRemarks(songs);
            if (shard is not null || written != "idv")
                return await FeatureTableFile.WriteAsync(songs, path, settings, written, new CatalogueOptions
                {
                    Shard = shard,
                    Threads = parsed.GetValue(threads),
                    RetryFailed = shards.RetryFailed(parsed),
                    SongTimeLimit = shards.SongTimeLimit(parsed),
                }, console, cancellation);
            return await RunAsync(new FeatureExtraction(songs, path, settings), path,
                parsed.GetValue(threads) ?? Environment.ProcessorCount, console, cancellation);
        });
        return command;
    }

    /// <returns>The tool's exit code.</returns>
    public static async Task<int> RunAsync(FeatureExtraction extraction, string path, int threads, ToolConsole console,
        CancellationToken cancellation)
    {
        var wasUpToDate = extraction.IsUpToDate;
        if (!wasUpToDate)
            console.Say($"{Plural.Of(extraction.SongCount, "song")}, {extraction.DoneBefore} done before.");
        try
        {
            if (await console.WithProgressAsync(
                progress => extraction.RunAsync(threads, progress, cancellation)) is { Count: > 0 } failures)
                return Report(failures, extraction.SongCount, path, console);
        }
        catch (OperationCanceledException)
        {
            console.Say($"{extraction.DoneCount} of {Plural.Of(extraction.SongCount, "song")} done; the same command goes on from there.");
            throw;
        }
        console.Say(wasUpToDate ? $"{path} is up to date: {Plural.Of(extraction.SongCount, "song")}."
            : $"Wrote {path}: {extraction.Description} of {Plural.Of(extraction.SongCount, "song")} "
                + $"({new FileInfo(path).Length / 1024.0:F0} KiB).");
        return ExitCode.AllFine;
    }

    private static int Report(IReadOnlyList<LabelledDataException> failures, int songCount, string path, ToolConsole console)
    {
        foreach (var failure in failures.Take(FailuresShown))
            console.Say("songmood: " + failure.Message);
        if (failures.Count > FailuresShown)
            console.Say($"songmood: and {failures.Count - FailuresShown} more");
        console.Say($"songmood: {failures.Count} of {Plural.Of(songCount, "song")} could not be read, so {path} is not written. "
            + "The others are kept: the same command goes on from there once these are mended.");
        return ExitCode.NotDone;
    }
}
