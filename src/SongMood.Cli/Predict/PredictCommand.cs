using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
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
        var paths = SongArguments.Paths("; for a model that was trained on columns, tables (CSV)");
        var model = SongArguments.Model();
        var format = new Option<string>("--format", "-f")
        {
            Description = "table; json: an object a line with path, mood and scores, or path and error; csv; parquet, which is also what "
                + "a file whose name ends with .parquet gets.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv", "parquet");
        var timeline = new Option<bool>("--timeline") { Description = "Also the mood over time: windows and sections." };
        var features = new Option<bool?>("--features")
        {
            Description = "Also tempo, key, loudness and so on. Default: in Parquet files alone.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var embedding = new Option<bool>("--embedding")
        {
            Description = "Also the numbers by which songs are compared; only as JSON or Parquet.",
        };
        var descriptors = new Option<bool>("--descriptors") { Description = "Also all music descriptors; only as Parquet." };
        var why = new Option<bool>("--why") { Description = "Also which groups of features spoke for the mood and against it." };
        var unsureBelow = SongArguments.UnsureBelow("The score below which a mood is unsure, and shown with a '?'. Default: as the model "
            + "says.");
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The file to write the results to. Default: the standard output.",
            HelpName = "file",
        };
        var listening = new ListeningOptions();
        var threads = SongArguments.Threads();
        var maxHours = NumberOption.Real("--max-hours", "The longest song, in hours; more than 10 minutes are heard in pieces.", "hours",
            "a number above 0, 10000 at most", hours => hours is > 0 and <= 10_000);
        maxHours.DefaultValueFactory = _ => new MoodPredictorOptions().MaximumDuration.TotalHours;

        var command = new ToolCommand("predict",
            "Tell the mood of songs. Exit code: 0 all fine, 1 a file could not be read, 2 nothing could be done.")
        {
            paths, model, format, timeline, features, embedding, descriptors, why, unsureBelow, output, threads, maxHours,
        };
        foreach (var option in listening.All)
            command.Add(option);
        var lists = SongArguments.Lists(command, paths);
        var shards = new ShardOptions();
        shards.AddTo(command);
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
            Groups =
            [
                ("What to tell", [timeline, features, embedding, descriptors, why, unsureBelow, format, output]),
                ("Which songs, and playlists of them", [lists, .. listening.All]),
                ("How to listen", [model, threads, maxHours]),
            ],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var outputPath = parsed.GetValue(output);
            var shard = shards.Shard(parsed, outputPath, console);
            var written = Format(parsed.GetResult(format)!, outputPath, shard is not null);
            var request = new PredictRequest(written)
            {
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Timeline = parsed.GetValue(timeline),
                Features = parsed.GetResult(features) is null ? written == "parquet" : parsed.GetValue(features) ?? true,
                Embedding = parsed.GetValue(embedding),
                Descriptors = parsed.GetValue(descriptors),
                Why = parsed.GetValue(why),
                Where = SongFilterOption.Of(parsed, listening.Where),
                Playlists = parsed.GetValue(listening.Playlists),
                Watch = parsed.GetValue(listening.Watch),
            };
            request.Check();
            var arguments = parsed.GetValue(paths) ?? [];
            var named = SongArguments.Expand(arguments, parsed.GetValue(lists) ?? [], outputPath, console);
            string[] watched = request.Watch ? [.. named] : [];
            var modelPath = parsed.GetValue(model);
            if (outputPath is not null)
                AtomicFile.CheckWritable(outputPath, [modelPath, .. arguments, .. parsed.GetValue(lists) ?? []]);
            listening.Check(parsed, watched, intoFile: outputPath is not null);
            var songCount = console.IsWatched && SongArguments.AreOnDisk(arguments) ? new AudioPaths(named).Songs.Count() : 0;
            var maximumDuration = TimeSpan.FromHours(parsed.GetValue(maxHours)!.Value);
            if (shard is not null || written == "parquet")
                return await PredictionFile.WriteAsync(named, request, outputPath!, new CatalogueOptions
                {
                    ModelPath = modelPath,
                    Shard = shard,
                    Threads = request.Threads,
                    WithFeatures = request.Features,
                    WithEmbedding = request.Embedding,
                    WithDescriptors = request.Descriptors,
                    MaximumDuration = maximumDuration,
                    UnsureBelow = parsed.GetValue(unsureBelow),
                    RetryFailed = shards.RetryFailed(parsed),
                    SongTimeLimit = shards.SongTimeLimit(parsed),
                }, songCount, console, cancellation);
            using var opened = Open(modelPath, new MoodPredictorOptions
            {
                MaximumDuration = maximumDuration,
                UnsureBelow = parsed.GetValue(unsureBelow),
                WithFeatures = request.Features || request.Where is { NeedsFeatures: true },
                CoresPerSong = SongArguments.CoresPerSong(arguments),
            });
            if (outputPath is null)
                return await RunAsync(console);
            var exitCode = ExitCode.NotDone;
            await AtomicFile.WriteAsync(outputPath, async stream =>
            {
                await using var writer =
                    new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                exitCode = await RunAsync(console.WithOutput(writer));
            });
            return exitCode;

            Task<int> RunAsync(ToolConsole results)
            {
                if (opened is NumericModel numbers)
                    return Task.FromResult(new PredictionRun(results, request).Rows(named, numbers, modelPath!));
                var predictor = (MoodPredictor)opened;
                var filter = SongFilterOption.Checked(request.Where, predictor, parsed.GetValue(unsureBelow));
                var run = new PredictionRun(results, request with { Where = filter }, listening.Output(parsed, predictor));
                return request.Watch ? run.WatchAsync(watched, predictor, cancellation)
                    : run.SongsAsync(named, songCount, predictor, cancellation);
            }
        });
        return command;
    }

    /// <summary>What is written: of shards, and of Parquet files, the name of the file says it.</summary>
    /// <exception cref="ArgumentException">The name says something else than the option, or there is none.</exception>
    private static string Format(OptionResult asked, string? path, bool isShard)
    {
        var format = asked.GetValueOrDefault<string>()!;
        var named = isShard ? ResultName.FormatOf(path!) : ResultName.IsParquet(path) ? "parquet" : format;
        if (!asked.Implicit && format != named)
            throw new ArgumentException($"--format is {format}, but the name {path} says {named}: leave one of them out.");
        return named != "parquet" || path is not null ? named
            : throw new ArgumentException("--format parquet is for files: name one (--out moods.parquet).");
    }

    /// <summary>A predictor that listens, or a model of numbers.</summary>
    private static IDisposable Open(string? modelPath, MoodPredictorOptions options)
    {
        try
        {
            return SongArguments.Open(modelPath, options);
        }
        catch (MoodModelException) when (modelPath is not null)
        {
            if (NumericModel.TryOpen(modelPath) is { } numbers)
                return numbers;
            throw;
        }
    }
}
