using System.CommandLine;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Cli.Predict;

/// <summary><c>songmood predict PATH... [--model model.zip] [--format table|json|csv]</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(ToolConsole console)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Songs (MP3, WAV), or folders with songs in any depth; for a model that was trained on columns, tables (CSV).",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(result =>
        {
            // Whatever is no known option is taken for a path, so a mistyped option would be looked for on the disk.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
                result.AddError($"{token.Value} is no option of predict; a path that starts with '-' is written ./{token.Value}.");
        });
        var model = new Option<string?>("--model", "-m")
        {
            Description = "A model zip. Default: the model that comes with SongMood.",
            HelpName = "model.zip",
        };
        var format = new Option<string>("--format", "-f")
        {
            Description = "table; json: an object a line with path, mood and scores, or path and error; csv.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var threads = NumberOption.Whole("--threads",
            "Songs that are heard at once, each on a core. The predictions are the same for any number. Default: all cores.",
            least: 1, "-t");
        var maxHours = NumberOption.Real("--max-hours", "The longest song, in hours; more than 10 minutes are heard in pieces.", "hours",
            "a number above 0, 10000 at most", hours => hours is > 0 and <= 10_000);
        maxHours.DefaultValueFactory = _ => new MoodPredictorOptions().MaximumDuration.TotalHours;

        var command = new Command("predict",
            "Tell the mood of songs. Exit code: 0 all fine, 1 a file could not be read, 2 nothing could be done.")
        {
            paths, model, format, threads, maxHours,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetRequiredValue(paths);
            var modelPath = parsed.GetValue(model);
            var longest = TimeSpan.FromHours(parsed.GetValue(maxHours)!.Value);
            using var opened = Open(modelPath, new MoodPredictorOptions { MaximumDuration = longest });
            var run = new PredictionRun(console, parsed.GetRequiredValue(format));
            return opened is NumericModel numbers
                ? run.Rows(named, numbers, modelPath!)
                : await run.SongsAsync(named, (MoodPredictor)opened, parsed.GetValue(threads) ?? Environment.ProcessorCount, cancellation);
        });
        return command;
    }

    /// <summary>A predictor that listens, or a model of numbers.</summary>
    private static IDisposable Open(string? modelPath, MoodPredictorOptions options)
    {
        if (modelPath is null)
            return MoodPredictor.LoadPretrained(options);
        try
        {
            return MoodPredictor.Load(modelPath, options);
        }
        catch (MoodModelException)
        {
            if (NumericModel.TryOpen(modelPath) is { } numbers)
                return numbers;
            throw;
        }
    }
}
