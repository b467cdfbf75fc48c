using System.CommandLine;
using System.Text;
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
            Description = "table; json: an object a line with path, mood and scores, or path and error; csv.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var timeline = new Option<bool>("--timeline") { Description = "Also the mood over time: windows and sections." };
        var features = new Option<bool>("--features") { Description = "Also tempo, key, loudness and so on." };
        var embedding = new Option<bool>("--embedding")
        {
            Description = "Also the numbers by which songs are compared; only as JSON.",
        };
        var why = new Option<bool>("--why") { Description = "Also which groups of features spoke for the mood and against it." };
        var unsureBelow = NumberOption.Real("--unsure-below", "The score below which a mood is unsure, and shown with a '?'. Default: as "
            + "the model says.", "score", "a number from 0 to 1", score => score is >= 0 and <= 1);
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

        var command = new Command("predict",
            "Tell the mood of songs. Exit code: 0 all fine, 1 a file could not be read, 2 nothing could be done.")
        {
            paths, model, format, timeline, features, embedding, why, unsureBelow, output, threads, maxHours,
        };
        foreach (var option in listening.All)
            command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new PredictRequest(parsed.GetRequiredValue(format))
            {
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Timeline = parsed.GetValue(timeline),
                Features = parsed.GetValue(features),
                Embedding = parsed.GetValue(embedding),
                Why = parsed.GetValue(why),
                Where = listening.Filter(parsed),
                Playlists = parsed.GetValue(listening.Playlists),
                Watch = parsed.GetValue(listening.Watch),
            };
            request.Check();
            string[] named = [.. SongArguments.Expand(parsed.GetRequiredValue(paths), console)];
            var modelPath = parsed.GetValue(model);
            var outputPath = parsed.GetValue(output);
            if (outputPath is not null)
                AtomicFile.CheckWritable(outputPath, [modelPath, .. named]);
            listening.Check(parsed, named, intoFile: outputPath is not null);
            using var opened = Open(modelPath, new MoodPredictorOptions
            {
                MaximumDuration = TimeSpan.FromHours(parsed.GetValue(maxHours)!.Value),
                UnsureBelow = parsed.GetValue(unsureBelow),
                WithFeatures = request.Features || request.Where is { NeedsFeatures: true },
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
                var filter = ListeningOptions.Checked(request.Where, predictor, parsed.GetValue(unsureBelow));
                var run = new PredictionRun(results, request with { Where = filter }, listening.Output(parsed, predictor));
                return request.Watch ? run.WatchAsync(named, predictor, cancellation) : run.SongsAsync(named, predictor, cancellation);
            }
        });
        return command;
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
