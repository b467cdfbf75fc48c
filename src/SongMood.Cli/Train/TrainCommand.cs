using System.CommandLine;
using SongMood.Cli.Evaluate;

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
        var command = new Command("train", "Learn moods from labelled songs and write a model.") { model, confidenceFolds };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed) with { ConfidenceFolds = parsed.GetValue(confidenceFolds) };
            var modelPath = parsed.GetRequiredValue(model);
            AtomicFile.CheckWritable(modelPath, options.Data(parsed), options.Features(parsed));
            var learning = options.Learning(parsed, settings, console);
            console.Say($"{Plural.Of(learning.Songs.Songs.Count, "song")} of the moods {string.Join(", ", learning.Songs.Moods)}.");

            if (parsed.GetValue(options.CrossValidate) is { } folds)
                (await console.WithProgressAsync(progress => learning.CrossValidateAsync(folds, progress, cancellation))).From(parsed)
                    .Print(console);
            using var fitted = await console.WithProgressAsync(progress => learning.FitAsync(progress, cancellation));
            fitted.Save(modelPath);
            if (fitted.Confidence is not null)
                console.Say($"{fitted.Confidence}.");
            console.Say($"Wrote {modelPath} ({new FileInfo(modelPath).Length / 1024.0:F0} KiB).");
            return ExitCode.AllFine;
        });
        return command;
    }
}
