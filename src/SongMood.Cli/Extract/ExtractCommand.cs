using System.CommandLine;
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
            Description = "The feature file to write, in ML.NET's binary format.",
            HelpName = "features.idv",
            Required = true,
        };
        var threads = NumberOption.Whole("--threads",
            "Songs that are computed at once, each on a core. The features are the same for any number. Default: all cores.",
            least: 1, "-t");
        var command = new Command("extract",
            "Compute the features of many songs, once, for 'train' and 'evaluate' (--features). "
            + "What is done is not done again: after Ctrl-C the same command goes on where it was, and a changed song is computed anew.")
        {
            output,
            threads,
        };
        options.AddListeningTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path, options.Data(parsed));
            var settings = options.Settings(parsed);
            var songs = options.ReadSongs(parsed, settings, minimumMoods: 1);
            console.SayRemarks(songs);
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
