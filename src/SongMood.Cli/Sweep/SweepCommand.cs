using System.CommandLine;
using SongMood.Cli.Extract;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary><c>songmood sweep --data labels.csv --out table.csv --learning-rate 1e-4,1e-3 --hidden 128,256x64</c>.</summary>
internal static class SweepCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new LearningCommandOptions();
        var sweep = new SweepOptions();
        var output = new Option<string>("--out", "-o")
        {
            Description = "The table to write, as CSV. Beside it lies what is finished, from which the same command goes on.",
            HelpName = "table.csv",
            Required = true,
        };
        var holdOut = NumberOption.HoldOut("Measure on this share of the songs, trained on the others, instead of by folds.");
        var jobs = NumberOption.Whole("--jobs",
            "Trials beside each other, each in a process of its own. Default: by cores and free memory.", least: 1, "-j");
        options.CrossValidate.Description += $" Default: {new MoodSweepOptions().Folds}.";
        var command = new Command("sweep", "Try many ways of training, measure each on songs of artists it has not heard, and list them, "
            + "the best first. After Ctrl-C the same command goes on where it was.") { output };
        sweep.AddTo(command);
        options.AddSharedTo(command);
        command.Add(options.CrossValidate);
        command.Add(holdOut);
        command.Add(jobs);
        command.Validators.Add(result =>
        {
            if (result.GetResult(holdOut) is not null && result.GetResult(options.CrossValidate) is not null)
                result.AddError("--hold-out and --cross-validate are two ways to measure: leave one of them out.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path);
            var settings = options.Settings(parsed);
            var axes = sweep.Axes(parsed);
            var choice = sweep.Choice(parsed);
            choice = choice with
            {
                Folds = parsed.GetValue(options.CrossValidate) ?? choice.Folds,
                HoldOut = parsed.GetValue(holdOut),
                JournalPath = path + ".trials.jsonl",
                Workers = new SweepWorkers { Start = SweepWorkerCommand.Start, Count = parsed.GetValue(jobs), Messages = console.Messages },
            };
            choice.Validate(axes); // before a large label file is read
            var learning = options.Learning(parsed, settings, console);
            var trials = new MoodSweep(learning, axes, choice); // and whether the songs can be split so before they are heard
            if (settings is { Inputs: not SongInput.Columns, FeatureFile: null })
            {
                settings = settings with { FeatureFile = path + ".features.idv" };
                var extraction = new FeatureExtraction(learning.Songs, settings.FeatureFile, settings);
                if (await ExtractCommand.RunAsync(extraction, settings.FeatureFile, Environment.ProcessorCount, console,
                    cancellation) is var code and not ExitCode.AllFine)
                    return code;
                learning = learning.With(settings);
                trials = new MoodSweep(learning, axes, choice);
            }
            return await RunAsync(path, learning, axes, choice, trials, console, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, MoodLearning learning, IReadOnlyList<SweepAxis> axes, MoodSweepOptions choice,
        MoodSweep sweep, ToolConsole console, CancellationToken cancellation)
    {
        var songs = learning.Songs;
        console.Say($"{Plural.Of(songs.Songs.Count, "song")} of the moods {string.Join(", ", songs.Moods)}; "
            + $"{Plural.Of(sweep.TrialCount, "trial")} over {string.Join(", ", axes.Select(axis => axis.Name))}; "
            + $"{sweep.CountDone()} of {Plural.Of(sweep.TrainingCount, "training")} done before.");
        SweepTable table;
        try
        {
            table = await console.WithProgressAsync(progress => sweep.RunAsync(progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            console.Say($"{sweep.CountDone()} of {Plural.Of(sweep.TrainingCount, "training")} done; the same command goes on from there.");
            throw;
        }
        table.Save(path);
        var how = choice.HoldOut is { } share
            ? FormattableString.Invariant($"{100 * share:F0} % held out") : $"{choice.Folds}-fold cross-validation";
        console.Out.WriteLine($"{how} on {Plural.Of(songs.Songs.Count, "song")} of {songs.File} "
            + $"({string.Join(", ", learning.Options.Describe().Select(pair => $"{pair.Key} {pair.Value}"))})");
        table.Print(console);
        if (table.Best is not { } best)
        {
            console.Say("songmood: every trial failed.");
            return ExitCode.NotDone;
        }
        var options = table.Names.Zip(best.Values, (name, value) => $"{SweepOptions.NameOf(name)} {value}");
        console.Say($"Wrote {path}. The best: {string.Join(' ', options)} --epochs {best.Result.Epochs}");
        return table.Rows.Any(row => row.Result.Crashed) ? ExitCode.SomeFailed : ExitCode.AllFine;
    }
}
