using System.CommandLine;
using SongMood.Cli.Help;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Cli.Predict;

/// <summary><c>songmood predict PATH... [--model model.zip] [--format table|json|csv]</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(ToolConsole console)
    {
        var command = new ToolCommand("predict",
            "Tell the mood of songs. Exit code: 0 all fine, 1 a file could not be read, 2 nothing could be done.");
        var options = new PredictOptions(command);
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood predict song.mp3", "the mood of a song"),
                ("songmood predict ~/Music --format json > moods.jsonl", "of all songs in a folder, for a program"),
                ("songmood predict song.mp3 --timeline --features --why", "also over time, how it sounds, and what spoke for the mood"),
                ("songmood predict new-songs --model moods.zip", "by a model of your own"),
                ("find . -name '*.flac' | songmood predict - --format csv -o moods.csv", "of the songs in a list, into a file"),
                ("songmood predict ~/Music --playlists ~/Music/moods", "a playlist for each mood"),
                ("songmood predict ~/Music --where \"tempo in 120..140 and arousal > 0.5\" --playlists run.m3u8", "songs to run by"),
            ],
            Groups = options.Groups,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, console, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, PredictOptions options, ToolConsole console, CancellationToken cancellation)
    {
        var shard = options.Shard(parsed, console);
        var request = options.Request(parsed, isShard: shard is not null);
        var named = options.Songs(parsed, console);
        string[] watched = request.Watch ? [.. named] : [];
        var output = options.Output(parsed);
        options.CheckOutput(parsed);
        options.Listening.Check(parsed, watched, intoFile: output is not null);
        var songCount = console.IsWatched && SongArguments.AreOnDisk(options.Arguments(parsed)) ? new AudioPaths(named).Songs.Count() : 0;
        if (shard is not null || request.Format == "parquet")
            return await PredictionFile.WriteAsync(
                named, request, output!, options.ForCatalogue(parsed, request, shard), songCount, console, cancellation);

        var modelPath = options.ModelPath(parsed);
        using var opened = Open(modelPath, options.ForPredictor(parsed, request), options.Arguments(parsed));
        if (output is null)
            return await PredictAsync(console);
        var exitCode = ExitCode.NotDone;
        await AtomicFile.WriteAsync(output, async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            exitCode = await PredictAsync(console.WithOutput(writer));
        });
        return exitCode;

        Task<int> PredictAsync(ToolConsole results)
        {
            if (opened is NumericModel numbers)
                return Task.FromResult(new PredictionRun(results, request).Rows(named, numbers, modelPath!));
            var predictor = (MoodPredictor)opened;
            var filter = SongFilterOption.Checked(request.Where, predictor, options.UnsureBelow(parsed));
            var run = new PredictionRun(results, request with { Where = filter }, options.Listening.Output(parsed, predictor));
            return request.Watch ? run.WatchAsync(watched, predictor, cancellation)
                : run.SongsAsync(named, songCount, predictor, cancellation);
        }
    }

    /// <summary>A predictor that listens, or a model of numbers.</summary>
    private static IDisposable Open(string? modelPath, MoodPredictorOptions options, string[] songs)
    {
        try
        {
            return SongArguments.Open(modelPath, options, songs);
        }
        catch (MoodModelException) when (modelPath is not null)
        {
            if (NumericModel.TryOpen(modelPath) is { } numbers)
                return numbers;
            throw;
        }
    }
}
