using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using SongMood.Cli.Extract;
using SongMood.Cli.Learning;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary><c>songmood sweep --data labels.csv --out table.csv --learning-rate 1e-4,1e-3 --hidden 128,256x64</c>.</summary>
internal static class SweepCommand
{
    private const int DefaultFolds = 5;

    public static Command Create(ToolConsole console)
    {
        var options = new TrainingOptions();
        var sweep = new SweepOptions();
        var output = new Option<string>("--out", "-o")
        {
            Description = "The table to write, as CSV. Beside it lies what is finished, from which the same command goes on.",
            HelpName = "table.csv",
            Required = true,
        };
        var holdOut = new Option<double?>("--hold-out")
        {
            Description = "Measure on this share of the songs, trained on the others, instead of by folds.",
            HelpName = "share",
        };
        var jobs = new Option<int?>("--jobs", "-j")
        {
            Description = "Trials beside each other, each in a process of its own. Default: by cores and free memory.",
            HelpName = "n",
        };
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
        holdOut.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var share) && !(share > 0 && share < 1))
                result.AddError($"--hold-out is {token.Value}; expected more than 0 and less than 1.");
        });
        SweepOptions.AtLeast(jobs, 1);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path);
            var baseline = options.Settings(parsed);
            var space = sweep.Space(parsed, baseline);
            var trials = sweep.Trials(parsed, space, baseline.Seed);
            foreach (var trial in trials)
                Check(space, trial);
            var recipe = new Recipe(trials[0].Settings);
            if (baseline is { Input: SongInput.Both, Epochs: null })
                throw new ArgumentException("The two networks of --inputs both train for different numbers of epochs, and a sweep has one: give it with --epochs.");
            var rungs = sweep.Rungs(parsed, trials.Count, baseline.Epochs ?? recipe.Epochs);
            var job = new SweepJob(options.Data(parsed), options.Group(parsed), options.Features(parsed),
                parsed.GetValue(holdOut) is null ? parsed.GetValue(options.CrossValidate) ?? DefaultFolds : null, parsed.GetValue(holdOut), baseline);
            var songs = job.ReadSongs(console);
            job.CheckSplit(songs);
            if (recipe.Listens && job.Features is null)
            {
                job = job with { Features = path + ".features.idv" };
                if (await Extraction.RunAsync(console, job.Features, songs, recipe, Environment.ProcessorCount, cancellation) is var code and not ExitCode.AllFine)
                    return code;
            }

            using var journal = new SweepJournal(path + ".trials.jsonl", SweepIdentity.Of(job, songs, space, sweep.Strategy(parsed), rungs));
            using var pool = new TrialPool(job, parsed.GetValue(jobs) ?? SweepJobs.Default(baseline, job.Features), console);
            return await RunAsync(console, path, space, trials, new SweepRun(trials, rungs, journal, pool), journal, pool, job, songs, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, string path, SweepSpace space, IReadOnlyList<Trial> trials, SweepRun run, SweepJournal journal,
        TrialPool pool, SweepJob job, LabelledSongs songs, CancellationToken cancellation)
    {
        console.Say($"{songs.Songs.Count} songs of the moods {string.Join(", ", songs.Moods)}; "
            + $"{trials.Count} trials over {string.Join(", ", space.Axes.Select(axis => axis.Name))}; "
            + $"{journal.Count} of {run.Steps} trainings done before.");
        IReadOnlyCollection<TrialResult> results;
        try
        {
            results = await console.WithProgressAsync("Sweeping", run.Steps, step => run.RunAsync(step, cancellation));
        }
        catch (OperationCanceledException)
        {
            console.Say($"{journal.Count} of {run.Steps} trainings are done; the same command goes on from there.");
            throw;
        }
        var table = new SweepTable(space, trials, results);
        AtomicFile.Write(path, table.WriteCsv);
        var how = job.Folds is { } folds ? $"{folds}-fold cross-validation" : FormattableString.Invariant($"{100 * job.HoldOut:F0} % held out");
        console.Out.WriteLine($"{how} on {songs.Songs.Count} songs of {songs.File} "
            + $"({string.Join(", ", job.Baseline.Describe().Select(pair => $"{pair.Key} {pair.Value}"))})");
        table.Print(console);
        if (table.BestOptions is not { } best)
        {
            console.Say("songmood: every trial failed.");
            return ExitCode.NotDone;
        }
        console.Say($"Wrote {path}. The best: {best}");
        return results.Any(result => result.Crashed) ? ExitCode.SomeFailed : ExitCode.AllFine;
    }

    /// <summary>What no network can be made of is known now, not in the middle of the night.</summary>
    private static void Check(SweepSpace space, Trial trial)
    {
        try
        {
            _ = new Recipe(trial.Settings);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException(
                $"Trial {trial.Number} ({string.Join(", ", space.Axes.Zip(trial.Values, (axis, value) => $"{axis.Name} {value}"))}) cannot be: {error.Message}", error);
        }
    }
}
