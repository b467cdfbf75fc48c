using System.CommandLine;
using SongMood.Cli.Extract;
using SongMood.Cli.Help;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary><c>songmood sweep --data labels.csv --out table.csv --learning-rate 1e-4,1e-3 --hidden 128,256x64</c>.</summary>
internal static class SweepCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new LearningCommandOptions();
        var sweep = new SweepOptions(options);
        var output = new Option<string>("--out", "-o")
        {
            Description = "The table to write, as CSV. What is finished is kept beside it, and the same command goes on from there.",
            HelpName = "table.csv",
            Required = true,
        };
        var command = new ToolCommand("sweep",
            "Try many ways of training, measure each on songs of artists it has not heard, and list them, the best first. After Ctrl-C the "
            + "same command goes on where it was.") { output };
        sweep.AddTo(command);
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood sweep --data music --out table.csv --learning-rate 1e-4,1e-3 --dropout 0.2,0.5",
                    "four ways of training a perceptron, each measured by five folds"),
                ("songmood sweep --data music --out table.csv --learning-rate 1e-5..1e-2 --strategy halving --trials 27",
                    "the best of 27 that are drawn, and which are given up early"),
            ],
            Groups = [("Result", [output]), .. sweep.Groups],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path, options.Data(parsed), options.Features(parsed));
            var (settings, axes) = (options.Settings(parsed), sweep.Axes(parsed));
            var choice = sweep.Choice(parsed) with { JournalPath = path + ".trials.jsonl", Workers = sweep.Workers(parsed, console) };
            choice.Validate(axes); // before a large label file is read
            var learning = options.Learning(parsed, settings, console);
            var trials = new MoodSweep(learning, axes, choice); // says whether the songs can be split so, before they are heard
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

            console.Say($"{SongData.Describe(learning.Songs)}; "
                + $"{Plural.Of(trials.TrialCount, "trial")} over {string.Join(", ", axes.Select(axis => axis.Name))}; "
                + $"{trials.CountDone()} of {Plural.Of(trials.TrainingCount, "training")} done before.");
            var table = await RunAsync(trials, console, cancellation);
            table.Save(path);
            table.Print(learning.Songs, trials.Shared, choice, console);
            return Conclude(table, path, console);
        });
        return command;
    }

    private static async Task<SweepTable> RunAsync(MoodSweep trials, ToolConsole console, CancellationToken cancellation)
    {
        try
        {
            return await console.WithProgressAsync(progress => trials.RunAsync(progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            console.Say(
                $"{trials.CountDone()} of {Plural.Of(trials.TrainingCount, "training")} done; the same command goes on from there.");
            throw;
        }
    }

    /// <summary>Says what to train with; returns the tool's exit code.</summary>
    private static int Conclude(SweepTable table, string path, ToolConsole console)
    {
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
