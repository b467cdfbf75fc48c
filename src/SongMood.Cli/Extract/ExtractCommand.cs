using System.CommandLine;
using Microsoft.ML;
using SongMood.Cli.Learning;
using SongMood.Evaluation;

namespace SongMood.Cli.Extract;

/// <summary><c>songmood extract --data labels.csv --out features.idv</c>.</summary>
internal static class ExtractCommand
{
    private const int FailuresShown = 20;

    public static Command Create(ToolConsole console)
    {
        var options = new TrainingOptions();
        var output = new Option<string>("--out", "-o") { Description = "The feature file to write, in ML.NET's binary format.", HelpName = "features.idv", Required = true };
        var threads = new Option<int>("--threads", "-t")
        {
            Description = "Songs that are computed at once, each on a core. The features are the same for any number. Default: all cores.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "n",
        };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1)
                result.AddError($"--threads is {count}; expected 1 or more.");
        });
        var command = new Command("extract", "Compute what is learned from of many songs, once, for 'train' and 'evaluate' (--features). "
            + "What is done is not done again: after Ctrl-C the same command goes on where it was, and a changed song is computed anew.") { output, threads };
        options.AddListeningTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path);
            var settings = options.Settings(parsed);
            return await RunAsync(console, path, options.ReadSongs(parsed, settings, minimumMoods: 1), new Recipe(settings), parsed.GetValue(threads), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ToolConsole console, string path, LabelledSongs songs, Recipe recipe, int threads, CancellationToken cancellation)
    {
        var context = new MLContext();
        var frontEnd = FrontEnd.Of(context, recipe);
        var finished = new FinishedSongs(path + ".parts", frontEnd);
        var wanted = songs.Songs.Select(song => ExtractedSong.Of(songs, song)).ToArray();
        if (File.Exists(path))
        {
            using var before = FeatureFile.Open(context, path);
            if (before.FrontEnd == frontEnd.Fingerprint)
            {
                if (before.Songs.SequenceEqual(wanted))
                {
                    finished.Remove();
                    console.Say($"{path} is up to date: {wanted.Length} songs.");
                    return ExitCode.AllFine;
                }
                TakeOver(before, wanted, finished);
            }
        }

        var failures = new List<LabelledDataException>();
        var open = wanted.Index().Where(pair => !finished.Contains(pair.Item)).DistinctBy(pair => pair.Item).Select(pair => pair.Index).ToArray();
        console.Say($"{wanted.Length} songs, {wanted.Length - open.Length} of them done before.");
        try
        {
            using var extractor = new FeatureExtractor(context, frontEnd, songs.File);
            await console.WithProgressAsync("Listening", open.Length, async step =>
            {
                await foreach (var failure in OrderedParallel.SelectAsync(open, Extract, threads, cancellation))
                {
                    if (failure is not null)
                        failures.Add(failure);
                    step(null);
                }
                return true;
            });

            LabelledDataException? Extract(int song)
            {
                float[] features;
                try
                {
                    features = extractor.Compute(songs.Songs[song]);
                }
                catch (LabelledDataException unreadable)
                {
                    return unreadable; // the others go on, so that all such songs are known after one run
                }
                finished.Add(wanted[song], features);
                return null;
            }
        }
        catch (OperationCanceledException)
        {
            console.Say($"{wanted.Count(finished.Contains)} of {wanted.Length} songs are done; the same command goes on from there.");
            throw;
        }
        if (failures.Count > 0)
            return Report(console, failures, wanted.Length, path);

        FeatureFile.Write(context, path, frontEnd, wanted, song =>
        {
            cancellation.ThrowIfCancellationRequested();
            return finished.Read(song);
        });
        finished.Remove();
        console.Say($"Wrote {path}: {frontEnd.Description} of {wanted.Length} songs ({new FileInfo(path).Length / 1024.0:F0} KiB).");
        return ExitCode.AllFine;
    }

    /// <summary>Keeps what an earlier file knows of these songs.</summary>
    private static void TakeOver(FeatureFile before, ExtractedSong[] wanted, FinishedSongs finished)
    {
        static (string, long, long) Heard(ExtractedSong song) => (song.Path, song.FileLength, song.FileModified);
        var heard = wanted.Select(Heard).ToHashSet();
        foreach (var (song, features) in before.Songs.Zip(before.ReadFeatures()))
            if (heard.Contains(Heard(song)) && !finished.Contains(song))
                finished.Add(song, features);
    }

    private static int Report(ToolConsole console, List<LabelledDataException> failures, int songCount, string path)
    {
        foreach (var failure in failures.Take(FailuresShown))
            console.Say("songmood: " + failure.Message);
        if (failures.Count > FailuresShown)
            console.Say($"songmood: and {failures.Count - FailuresShown} more");
        console.Say($"songmood: {failures.Count} of {songCount} songs could not be read, so {path} is not written. "
            + "The others are kept: the same command goes on from there once these are mended.");
        return ExitCode.NotDone;
    }
}
