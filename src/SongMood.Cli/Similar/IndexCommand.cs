using System.CommandLine;
using SongMood.Cli.Predict;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Similarity;

namespace SongMood.Cli.Similar;

/// <summary><c>songmood index PATH... --out songs.index</c>.</summary>
internal static class IndexCommand
{
    public static Command Create(ToolConsole console)
    {
        var paths = SongArguments.Paths();
        var output = new Option<string>("--out", "-o") { Description = "The index to write.", HelpName = "songs.index", Required = true };
        var model = SongArguments.Model();
        var threads = SongArguments.Threads();
        var command = new Command("index", "Listen to songs, and write down what they sound like, for 'songmood similar'. Songs that "
            + "cannot be read are named and left out.")
        {
            paths, output, model, threads,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path, parsed.GetValue(model));
            using var predictor = SongArguments.Open(parsed.GetValue(model), new MoodPredictorOptions { WithFeatures = true });
            var index = new SongIndex(predictor);
            var found = AudioPaths.Expand(SongArguments.Expand(parsed.GetRequiredValue(paths), console));
            List<string> failures = [.. found.Songs.Select(song => song.Error).OfType<string>()];
            await console.WithProgressAsync(async progress =>
            {
                string[] songs = [.. found.Songs.Where(song => song.Error is null).Select(song => song.Path)];
                var steps = new StepCounter(progress, LearningActivity.Listening, songs.Length);
                var options = new PredictManyOptions { Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount };
                await foreach (var song in predictor.PredictManyAsync(songs, options, cancellation))
                {
                    if (song.Prediction is { } prediction)
                        index.Add(song.Song.Name, prediction);
                    else
                        failures.Add(ErrorMessage.Of(song.Error!));
                    steps.Step();
                }
                return true;
            });
            foreach (var remark in found.Remarks.Concat(failures))
                console.Say($"songmood: {remark}");
            if (index.Songs.Count == 0)
                throw new ArgumentException("None of the songs could be read: no index is written.");
            index.Save(path);
            console.Say($"Wrote {path} ({Plural.Of(index.Songs.Count, "song")}).");
            return failures.Count == 0 ? ExitCode.AllFine : ExitCode.SomeFailed;
        });
        return command;
    }
}
