using System.CommandLine;
using SongMood.Cli.Evaluate.Html;
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
        var command = new Command("evaluate",
            "Measure a model on labelled songs, or a way of training by cross-validation or on songs held out.");
        own.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Settings(parsed);
            var (json, report) = (parsed.GetValue(own.Json), parsed.GetValue(own.Report));
            foreach (var path in new[] { json, report }.OfType<string>())
                AtomicFile.CheckWritable(
                    path, options.Data(parsed), options.Features(parsed), parsed.GetValue(own.Model), parsed.GetValue(own.TrainedOn));

            var measured = parsed.GetValue(own.Model) is { } model
                ? await MeasureModelAsync(model, parsed.GetValue(own.TrainedOn), options.Data(parsed), settings, console, cancellation)
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
