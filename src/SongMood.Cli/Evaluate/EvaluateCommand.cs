using System.CommandLine;
using Microsoft.ML;
using SongMood.Cli.Learning;

namespace SongMood.Cli.Evaluate;

/// <summary><c>songmood evaluate --data labels.csv (--model m.zip | --cross-validate K) [--json out.json]</c>, and
/// <c>--columns a,b,c --cross-validate K --compare SEEDS</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new TrainingOptions();
        var model = new Option<string?>("--model", "-m") { Description = "Measure this model, on songs that it has not learnt from.", HelpName = "model.zip" };
        var json = new Option<string?>("--json") { Description = "Also write the figures to this file.", HelpName = "out.json" };
        var compare = new Option<int?>("--compare")
        {
            Description = "With --columns and --cross-validate: compare our networks with ML.NET's own trainers over this many seeds.", HelpName = "seeds",
        };
        var command = new Command("evaluate", "Measure a model on labelled songs, or a way of training by cross-validation.") { model, json, compare };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(model) is null == result.GetResult(options.CrossValidate) is null)
                result.AddError("Name either a model to measure (--model) or a number of folds to train and measure by (--cross-validate).");
            if (result.GetValue(compare) is { } seeds && (seeds < 1 || result.GetResult(options.CrossValidate) is null))
                result.AddError("--compare takes a number of seeds, 1 or more, and needs --cross-validate.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed);
            var jsonPath = parsed.GetValue(json);
            if (jsonPath is not null)
                AtomicFile.CheckWritable(jsonPath);

            if (parsed.GetValue(compare) is { } seedCount)
            {
                if (settings.Columns.Count == 0)
                    throw new ArgumentException("--compare is for the numeric columns of a label file: name them with --columns.");
                await new TabularComparison(options.ReadSongs(parsed, settings).WithoutRepeats(console)).RunAsync(
                    parsed.GetValue(options.CrossValidate)!.Value, settings.Seed, seedCount, console, cancellation);
                return ExitCode.AllFine;
            }

            MetricsReport report;
            if (parsed.GetValue(model) is { } modelPath)
            {
                if (settings.Columns.Count > 0)
                    throw new ArgumentException("--columns is for --cross-validate: a finished model knows its columns.");
                report = await ModelEvaluation.RunAsync(modelPath, options.Data(parsed), options.Features(parsed), console, cancellation);
            }
            else
            {
                var songs = options.ReadSongs(parsed, settings).WithoutRepeats(console);
                var learner = await Learner.PrepareAsync(new MLContext(settings.Seed), new Recipe(settings), songs, options.Features(parsed), console, cancellation);
                report = await MetricsReport.CrossValidateAsync(
                    learner, songs, settings, parsed.GetValue(options.CrossValidate)!.Value, options.Group(parsed), console, cancellation);
            }
            report.Print(console);
            if (jsonPath is not null)
                AtomicFile.Write(jsonPath, report.WriteJson);
            return ExitCode.AllFine;
        });
        return command;
    }
}
