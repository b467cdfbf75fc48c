using System.CommandLine;
using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary><c>songmood predict PATH... [--model model.zip] [--format table|json|csv]</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(ToolConsole console)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Songs (MP3, WAV), or folders, of which all songs in all depths are meant.",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(result =>
        {
            // Whatever is no known option is taken for a path, so a mistyped option would be looked for on the disk.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
                result.AddError($"{token.Value} is no option of predict; a path that starts with '-' is written ./{token.Value}.");
        });
        var model = new Option<string?>("--model", "-m") { Description = "A model zip. Default: the model that comes with SongMood.", HelpName = "model.zip" };
        var format = new Option<string>("--format", "-f")
        {
            Description = "table; json: an object a line with path, mood and scores, or path and error; csv.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var maxHours = new Option<double>("--max-hours")
        {
            Description = "The longest song, in hours; more than 10 minutes are heard in pieces.",
            DefaultValueFactory = _ => new MoodPredictorOptions().MaximumDuration.TotalHours,
        };
        maxHours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 10_000))
                result.AddError("--max-hours is a number above 0, to 10000.");
        });

        var command = new Command("predict", "Tell the mood of songs. Exit code: 0 all fine, 1 a file could not be read, 2 nothing could be done.")
        {
            paths, model, format, maxHours,
        };
        command.SetAction((parsed, cancellation) =>
            RunAsync(console, parsed.GetRequiredValue(paths), parsed.GetValue(model), parsed.GetRequiredValue(format),
                new MoodPredictorOptions { MaximumDuration = TimeSpan.FromHours(parsed.GetRequiredValue(maxHours)) }, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, string[] paths, string? modelPath, string format, MoodPredictorOptions options, CancellationToken cancellation)
    {
        using var predictor = modelPath is null ? MoodPredictor.LoadPretrained(options) : MoodPredictor.Load(modelPath, options);
        var songs = AudioPaths.Expand(paths).ToArray();
        var failed = 0;
        var remarks = new List<string>();
        var heldBack = new List<SongPrediction>();
        IPredictionWriter writer = format switch
        {
            "json" => new JsonPredictionWriter(console.Out),
            "csv" => new CsvPredictionWriter(console.Out, predictor.Moods),
            _ => new TablePredictionWriter(console, predictor.Moods),
        };
        await console.WithProgressAsync(async progress =>
        {
            var steps = new StepCounter(progress, LearningActivity.Listening, songs.Length);
            await foreach (var song in OrderedParallel.SelectAsync(songs, song => PredictOne(predictor, song.Path, song.Error, cancellation), cancellation))
            {
                failed += song.Error is null ? 0 : 1;
                if (format == "csv" && song.Prediction is { } prediction) // which has no place for them
                    remarks.AddRange(prediction.Remarks.Select(remark => $"songmood: {song.Path}: {remark}"));
                if (console.HoldsResultsBack)
                    heldBack.Add(song);
                else
                    writer.Write(song);
                steps.Step();
            }
            return true;
        });
        heldBack.ForEach(writer.Write);
        writer.End();
        remarks.ForEach(console.Say);
        if (failed > 0)
            console.Say($"songmood: {failed} of {songs.Length} could not be read.");
        return failed > 0 ? ExitCode.SomeFailed : ExitCode.AllFine;
    }

    private static SongPrediction PredictOne(MoodPredictor predictor, string path, string? error, CancellationToken cancellation)
    {
        if (error is not null)
            return new SongPrediction(path, null, error);
        try
        {
            return new SongPrediction(path, predictor.PredictAsync(path, cancellation).GetAwaiter().GetResult(), null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            return new SongPrediction(path, null, ErrorMessage.Of(failure)); // the others go on
        }
    }
}
