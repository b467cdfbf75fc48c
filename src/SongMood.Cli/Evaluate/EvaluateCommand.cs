using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.ML;
using SongMood.Cli.Evaluate.Html;
using SongMood.Cli.Learning;

namespace SongMood.Cli.Evaluate;

/// <summary><c>songmood evaluate --data labels.csv (--model m.zip | --cross-validate K | --hold-out SHARE) [--json out.json] [--report out.html]</c>,
/// and <c>--columns a,b,c --cross-validate K --compare SEEDS</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new TrainingOptions();
        var own = new EvaluateOptions(options);
        var command = new Command("evaluate", "Measure a model on labelled songs, or a way of training by cross-validation or on songs held out.");
        own.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed);
            foreach (var path in new[] { parsed.GetValue(own.Json), parsed.GetValue(own.Report) }.OfType<string>())
                AtomicFile.CheckWritable(path);

            if (parsed.GetValue(own.Compare) is { } seedCount)
            {
                if (settings.Columns.Count == 0)
                    throw new ArgumentException("--compare is for the numeric columns of a label file: name them with --columns.");
                await new TabularComparison(options.ReadSongs(parsed, settings).WithoutRepeats(console)).RunAsync(
                    parsed.GetValue(options.CrossValidate)!.Value, settings.Seed, seedCount, console, cancellation);
                return ExitCode.AllFine;
            }

            EvaluationResult result;
            if (parsed.GetValue(own.Model) is { } modelPath)
            {
                if (settings.Columns.Count > 0)
                    throw new ArgumentException("--columns is for --cross-validate and --hold-out: a finished model knows its columns.");
                var origin = Origin(parsed, options, settings.Seed, [new("model", modelPath)]);
                result = await new ModelEvaluation(modelPath, options.Data(parsed), parsed.GetValue(own.TrainedOn), origin)
                    .RunAsync(options.Features(parsed), console, cancellation);
            }
            else
            {
                var songs = options.ReadSongs(parsed, settings).WithoutRepeats(console);
                var learner = await Learner.PrepareAsync(new MLContext(settings.Seed), new Recipe(settings), songs, options.Features(parsed), console, cancellation);
                result = parsed.GetValue(options.CrossValidate) is { } folds
                    ? await HeldOutEvaluation.CrossValidateAsync(
                        learner, songs, folds, Origin(parsed, options, settings.Seed, [.. settings.Describe(), new("folds", $"{folds}")]), console, cancellation)
                    : await HeldOutEvaluation.HoldOutAsync(learner, songs, parsed.GetValue(own.HoldOut)!.Value, Origin(parsed, options, settings.Seed,
                        [.. settings.Describe(), new("holdOut", FormattableString.Invariant($"{parsed.GetValue(own.HoldOut)}"))]), console, cancellation);
            }
            result.Print(console);
            if (parsed.GetValue(own.Json) is { } json)
                AtomicFile.Write(json, result.WriteJson);
            if (parsed.GetValue(own.Report) is { } report)
            {
                AtomicFile.Write(report, result.WriteHtml);
                console.Say($"Wrote {report}.");
            }
            return ExitCode.AllFine;
        });
        return command;
    }

    /// <summary>What it takes to run <paramref name="parsed"/> again; read before the work, so that its date is the work's.</summary>
    public static EvaluationOrigin Origin(ParseResult parsed, TrainingOptions options, int seed, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var data = options.Data(parsed);
        var all = new Dictionary<string, string>(settings) { ["data"] = data, ["group"] = options.Group(parsed) };
        if (options.Features(parsed) is { } features)
            all["features"] = features;
        using var labels = File.Exists(data) ? File.OpenRead(data) : Stream.Null; // its reader has a better message where there is none
        return new EvaluationOrigin("songmood " + string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value))), DateTimeOffset.Now,
            options.Group(parsed), seed, all, Convert.ToHexStringLower(SHA256.HashData(labels)));
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./,:=+@%".Contains(letter)) ? argument : $"'{argument.Replace("'", "'\\''")}'";
}
