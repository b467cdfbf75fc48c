using System.CommandLine;
using SongMood.Cli.Evaluate.Html;
using SongMood.Cli.Help;
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

            async Task<EvaluationResult> MeasureAsync(string model) =>
                await MeasureModelAsync(model, parsed.GetValue(own.TrainedOn), options.Data(parsed), settings, console, cancellation);
            var measured = parsed.GetValue(own.Model) is { } model ? await MeasureAsync(model)
                : await MeasureTrainingAsync(options.Learning(parsed, settings, console), parsed.GetValue(options.CrossValidate),
                    parsed.GetValue(own.HoldOut), console, cancellation);
            if (parsed.GetValue(own.CompareWith) is { } other)
                measured = measured.CompareWith(await MeasureAsync(other));
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

    private static Task<EvaluationResult> MeasureModelAsync(
        string modelPath, string? trainedOn, string data, MoodLearningOptions settings, ToolConsole console, CancellationToken cancellation)
    {
        if (settings.Inputs == SongInput.Columns)
            throw new ArgumentException("--columns is for --cross-validate and --hold-out: a finished model knows its columns.");
        var model = ModelEvaluation.Open(modelPath);
        var songs = Read(data, model.LabelOptions(settings.FeatureFile, settings.GroupName), console);
        var options = new ModelEvaluationOptions
        {
            FeatureFile = settings.FeatureFile,
            TrainedOn = trainedOn is null ? null
                : Read(trainedOn, model.LabelOptions(settings.FeatureFile, settings.GroupName, needsAudio: false), console),
            Seed = settings.Seed,
            GroupName = settings.GroupName,
        };
        return console.WithProgressAsync(progress => model.RunAsync(songs, options, progress, cancellation));
    }

    private static LabelledSongs Read(string data, LabelledSongsOptions options, ToolConsole console)
    {
        var songs = SongData.Read(data, options);
        console.SayRemarks(songs);
        return songs;
    }
}
