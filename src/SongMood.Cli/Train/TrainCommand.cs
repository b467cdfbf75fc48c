using System.CommandLine;
using SongMood.Cli.Evaluate;
using SongMood.Cli.Help;
using SongMood.Learning;

namespace SongMood.Cli.Train;

/// <summary><c>songmood train --data labels.csv --model out.zip</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new LearningCommandOptions();
        var model = new Option<string>("--model", "-m") { Description = "The model zip to write.", HelpName = "out.zip", Required = true };
        var confidenceFolds = NumberOption.Whole("--confidence-folds",
            "Hold songs out in this many folds to find below which score the model is unsure, which is kept in it; 0 leaves it out. "
            + "Default: 5 where numbers are learnt from and there are 50 songs or more, else 0.", least: 0);
        var command = new ToolCommand("train", "Learn moods from labelled songs and write a model.") { model, confidenceFolds };
        options.AddTo(command, forModel: true);
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood train --data music --model moods.zip", "from a folder of songs, or an m3u list, for each mood"),
                ("songmood train --data labels.csv --model moods.zip --cross-validate 5", "from a label file; how good is it?"),
                ("songmood train --data music --model moods.zip --network crnn --validation 0.2 --patience 10 --checkpoint work",
                    "a long training that stops when it no longer gets better, and goes on where it was after Ctrl-C"),
                ("songmood train --data tracks.csv --columns energy,valence,tempo --model tracks.zip", "from numbers of a table"),
            ],
            Groups = [.. options.Groups(forModel: true), ("Result", [model, options.CrossValidate, confidenceFolds])],
            Basics = [model, options.CrossValidate, options.Run.Checkpoint, .. options.Basics],
        };
        command.KeepsWhatThereIs = parsed => parsed.GetValue(options.Run.KeepBest);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed) with { ConfidenceFolds = parsed.GetValue(confidenceFolds) };
            var modelPath = parsed.GetRequiredValue(model);
            AtomicFile.CheckWritable(modelPath, options.Data(parsed), options.Features(parsed), settings.StartFromModel);
            var learning = options.Learning(parsed, settings, console);
            console.Say($"{SongData.Describe(learning.Songs)} {SettingsText.Of(learning.Options.Describe())}.");

            if (parsed.GetValue(options.CrossValidate) is { } folds)
                (await console.WithProgressAsync(progress => learning.CrossValidateAsync(folds, progress, cancellation))).From(parsed)
                    .Print(console);
            using var fitted = await FitAsync(learning, console, cancellation);
            fitted.Save(modelPath);
            if (fitted.Confidence is not null)
                console.Say($"{fitted.Confidence}.");
            console.Say($"Wrote {modelPath} ({new FileInfo(modelPath).Length / 1024.0:F0} KiB)"
                + $"{(fitted.WasCancelled ? ", as it was when it was stopped" : "")}.");
            return fitted.WasCancelled ? ExitCode.Cancelled : ExitCode.AllFine;
        });
        return command;
    }

    /// <summary>Trains, and says where it went on and where it stopped.</summary>
    private static async Task<LearntModel> FitAsync(MoodLearning learning, ToolConsole console, CancellationToken cancellation)
    {
        var hasBegun = false;
        void Follow(LearningProgress step)
        {
            if (hasBegun || step is not { Activity: LearningActivity.Training, StepsDone: > 0 })
                return;
            hasBegun = true;
            if (step.StepsDone > 1)
                console.Say($"Going on after epoch {step.StepsDone - 1} of {step.StepCount}.");
        }
        try
        {
            var fitted = await console.WithProgressAsync(
                progress => learning.FitAsync(new ImmediateProgress<LearningProgress>(step =>
                {
                    Follow(step);
                    progress.Report(step);
                }), cancellation));
            if (learning.Options.EarlyStoppingPatience is { } patience && fitted.LastEpoch < fitted.EpochCount && !fitted.WasCancelled)
                console.Say($"Stopped early after epoch {fitted.LastEpoch} of {fitted.EpochCount}: the loss on the songs kept aside had "
                    + $"not fallen for {Plural.Of(patience, "epoch")}.");
            return fitted;
        }
        catch (OperationCanceledException) when (learning.Options.CheckpointFolder is not null)
        {
            console.Say($"What is done is kept in {learning.Options.CheckpointFolder}; the same command goes on from there.");
            throw;
        }
    }
}
