using System.CommandLine;
using SongMood.Cli.Help;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Reports;

namespace SongMood.Cli.Evaluate;

/// <summary>
/// <c>songmood evaluate --data labels.csv (--model m.zip | --cross-validate K | --hold-out SHARE) [--json out.json] [--report
/// out.html]</c>.
/// </summary>
internal static class EvaluateCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new LearningCommandOptions();
        var own = new EvaluateOptions(options);
        var command = new ToolCommand("evaluate",
            "Measure a model on labelled songs, or a way of training by cross-validation or on songs held out.");
        own.AddTo(command);
        options.AddTo(command, forModel: false);
        var ownGroups = own.Groups;
        command.Help = new CommandHelp
        {
            Examples =
            [
                ("songmood evaluate --data music --cross-validate 5", "how good would a model of these songs be, for artists that it has "
                    + "not heard?"),
                ("songmood evaluate --data labels.csv --cross-validate 5 --report report.html", "the same with a page of charts"),
                ("songmood evaluate --data test.csv --model moods.zip", "how good is this model?"),
                ("songmood evaluate --data test.csv --model new.zip --compare-with old.zip", "is it better than that one?"),
            ],
            Groups = [ownGroups[0], .. options.Groups(forModel: false), ownGroups[1]],
            Basics = [.. ownGroups.SelectMany(group => group.Options), .. options.Basics],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed);
            var (json, report) = (parsed.GetValue(own.Json), parsed.GetValue(own.Report));
            foreach (var path in new[] { json, report }.OfType<string>())
                AtomicFile.CheckWritable(path, options.Data(parsed), options.Features(parsed), parsed.GetValue(own.Model),
                    parsed.GetValue(own.TrainedOn), parsed.GetValue(own.CompareWith));

            string[] models = [.. new[] { parsed.GetValue(own.Model), parsed.GetValue(own.CompareWith) }.OfType<string>()];
            var measured = models.Length > 0
                ? await MeasureModelsAsync(models, parsed.GetValue(own.TrainedOn), options.Data(parsed), settings, console, cancellation)
                : await MeasureTrainingAsync(options.Learning(parsed, settings, console), parsed.GetValue(options.CrossValidate),
                    parsed.GetValue(own.HoldOut), console, cancellation);
            var result = measured.From(parsed);

            // The files first: whoever reads the tables may stop reading, which ends the run.
            if (json is not null)
                AtomicFile.Write(json, result.WriteJson);
            if (report is not null)
            {
                AtomicFile.Write(report, result.WriteHtml);
                console.Say($"Wrote {report}.");
            }
            result.Print(console);
            return ExitCode.AllFine;
        });
        return command;
    }

    private static Task<EvaluationResult> MeasureTrainingAsync(
        MoodLearning learning, int? folds, double? holdOut, ToolConsole console, CancellationToken cancellation) =>
        console.WithProgressAsync(progress => folds is not null
            ? learning.CrossValidateAsync(folds.Value, progress, cancellation)
            : learning.HoldOutAsync(holdOut!.Value, progress, cancellation));

    /// <summary>Measures a model, or two on the same songs; both are looked at before songs are heard.</summary>
    private static async Task<EvaluationResult> MeasureModelsAsync(string[] paths, string? trainedOn, string data,
        MoodLearningOptions settings, ToolConsole console, CancellationToken cancellation)
    {
        if (settings.Inputs == SongInput.Columns)
            throw new ArgumentException("--columns is for --cross-validate and --hold-out: a finished model knows its columns.");
        ModelEvaluation[] models = [.. paths.Select(ModelEvaluation.Open)];
        Predictions.CheckSameMoods(models[0].Moods, models[^1].Moods);
        var results = new List<EvaluationResult>();
        foreach (var model in models)
        {
            var songs = SongData.Read(data, model.LabelOptions(settings.FeatureFile, settings.GroupName));
            var learnt = trainedOn is null ? null
                : SongData.Read(trainedOn, model.LabelOptions(settings.FeatureFile, settings.GroupName, needsAudio: false));
            foreach (var read in new[] { songs, learnt }.OfType<LabelledSongs>().Where(_ => results.Count == 0)) // they are the same again
                console.SayRemarks(read);
            var options = new ModelEvaluationOptions
            {
                FeatureFile = settings.FeatureFile,
                TrainedOn = learnt,
                Seed = settings.Seed,
                GroupName = settings.GroupName,
            };
            results.Add(await console.WithProgressAsync(progress => model.RunAsync(songs, options, progress, cancellation)));
        }
        return results is [var only] ? only : results[0].CompareWith(results[1]);
    }
}
