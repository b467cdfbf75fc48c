using Microsoft.ML.Runtime;

namespace SongMood.Training;

/// <summary>Everyone who wants to know how training stands: ML.NET's channel, the caller, a CSV file, TensorBoard.</summary>
internal sealed class ReportSinks(NetworkOptions options, IChannel channel, int epochsDone)
{
    private readonly CurveFile? _curves = options.CurvesPath is null ? null : new CurveFile(options.CurvesPath, epochsDone);
    private readonly TensorBoardLog? _tensorBoard =
        options.TensorBoardFolder is null ? null : new TensorBoardLog(options.TensorBoardFolder);

    public void Add(EpochReport report)
    {
        var text = FormattableString.Invariant(
            $"Epoch {report.Epoch}/{report.EpochCount}: loss {report.TrainingLoss:f4}, accuracy {report.TrainingAccuracy:f3}");
        if (report.ValidationLoss is not null)
            text += FormattableString.Invariant($"; validation loss {report.ValidationLoss:f4}, accuracy {report.ValidationAccuracy:f3}");
        channel.Info(text);
        _curves?.Add(report);
        _tensorBoard?.Add(report);
        options.Progress?.Report(report);
    }
}
