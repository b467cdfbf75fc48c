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
        var command = new Command("train", "Learn moods from labelled songs and write a model.") { model };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed);
            var modelPath = parsed.GetRequiredValue(model);
            AtomicFile.CheckWritable(modelPath, options.Data(parsed), options.Features(parsed));
            var learning = options.Learning(parsed, settings, console);
            console.Say($"{Plural.Of(learning.Songs.Songs.Count, "song")} of the moods {string.Join(", ", learning.Songs.Moods)}.");

            if (parsed.GetValue(options.CrossValidate) is { } folds)
                (await console.WithProgressAsync(progress => learning.CrossValidateAsync(folds, progress, cancellation))).From(parsed)
                    .Print(console);
            using var fitted = await console.WithProgressAsync(progress => learning.FitAsync(progress, cancellation));
            fitted.Save(modelPath);
            console.Say($"Wrote {modelPath} ({new FileInfo(modelPath).Length / 1024.0:F0} KiB).");
            return ExitCode.AllFine;
        });
        return command;
    }
}
