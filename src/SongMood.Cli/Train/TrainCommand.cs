using System.CommandLine;
using Microsoft.ML;
using SongMood.Cli.Evaluate;
using SongMood.Cli.Learning;

namespace SongMood.Cli.Train;

/// <summary><c>songmood train --data labels.csv --model out.zip</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new TrainingOptions();
        var model = new Option<string>("--model", "-m") { Description = "The model zip to write.", HelpName = "out.zip", Required = true };
        var command = new Command("train", "Learn moods from labelled songs and write a model.") { model };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed);
            var modelPath = parsed.GetRequiredValue(model);
            AtomicFile.CheckWritable(modelPath);
            var songs = options.ReadSongs(parsed, settings).WithoutRepeats(console);
            console.Say($"{songs.Songs.Count} songs of the moods {string.Join(", ", songs.Moods)}.");

            var recipe = new Recipe(settings);
            var learner = await Learner.PrepareAsync(new MLContext(settings.Seed), recipe, songs, options.Features(parsed), console, cancellation);
            if (parsed.GetValue(options.CrossValidate) is { } folds)
                (await HeldOutEvaluation.CrossValidateAsync(
                    learner, songs, folds, EvaluateCommand.Origin(parsed, options, settings.Seed, settings.Describe()), console, cancellation)).Print(console);

            var fitted = await console.WithProgressAsync("Training", recipe.Epochs, step =>
                Task.Run(() => learner.Fit([.. Enumerable.Range(0, songs.Songs.Count)], step, cancellation), cancellation));
            cancellation.ThrowIfCancellationRequested();
            learner.Save(fitted, modelPath);
            console.Say($"Wrote {modelPath} ({new FileInfo(modelPath).Length / 1024.0:F0} KiB).");
            return ExitCode.AllFine;
        });
        return command;
    }
}
