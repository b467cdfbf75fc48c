using System.CommandLine;
using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
using SongMood.Cli.Help;
using SongMood.Cli.Predict;
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
        var command = new ToolCommand("index", "Listen to songs, and write down what they sound like, for 'songmood similar'. Songs that "
            + "cannot be read are named and left out.")
        {
            paths, output, model, threads,
        };
        var lists = SongArguments.Lists(command, paths);
        var shards = new ShardOptions();
        shards.AddTo(command);
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood index ~/Music --out music.index", "listen once, for any number of searches"),
            ],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            var arguments = parsed.GetValue(paths) ?? [];
            AtomicFile.CheckWritable(path, [parsed.GetValue(model), .. arguments, .. parsed.GetValue(lists) ?? []]);
            var named = SongArguments.Expand(arguments, parsed.GetValue(lists) ?? [], path, console);
            var songCount = console.IsWatched && SongArguments.AreOnDisk(arguments) ? new AudioPaths(named).Songs.Count() : 0;
            if (shards.Shard(parsed, path, console) is { } shard)
                return await PredictionFile.WriteAsync(named, path, new CatalogueOptions
                {
                    ModelPath = parsed.GetValue(model),
                    Shard = shard,
                    Threads = parsed.GetValue(threads),
                    RetryFailed = shards.RetryFailed(parsed),
                    SongTimeLimit = shards.SongTimeLimit(parsed),
                    IsForIndex = true,
                }, songCount, console, cancellation);
            using var predictor = SongArguments.Open(parsed.GetValue(model), new MoodPredictorOptions
            {
                WithFeatures = true,
                CoresPerSong = SongArguments.CoresPerSong(arguments),
            }, arguments);
            var index = new SongIndex(predictor);
            var found = new AudioPaths(named);
            var failures = new List<string>();
            var run = new SongRun<(string Path, MoodPrediction? Prediction, string? Error)>(
                console, parsed.GetValue(threads) ?? Environment.ProcessorCount,
                (song, stop) => (song, predictor.Predict(song, stop), null), (song, error) => (song, null, error));
            await run.GoThroughAsync(found.Songs, songCount, song =>
            {
                if (song.Prediction is { } prediction)
                    index.Add(song.Path, prediction);
                else
                    failures.Add(song.Error!);
                return false;
            }, show: _ => { }, cancellation);
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
