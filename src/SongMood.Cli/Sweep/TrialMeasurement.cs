using System.Diagnostics;
using Microsoft.ML;
using SongMood.Cli.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>Trains and measures one trial after the other on the same songs, as <c>songmood evaluate</c> would.</summary>
internal sealed class TrialMeasurement
{
    private readonly SweepJob _job;
    private readonly Learner _learner;
    private readonly ToolConsole _console;

    private TrialMeasurement(SweepJob job, Learner learner, ToolConsole console) => (_job, _learner, _console) = (job, learner, console);

    public static async Task<TrialMeasurement> PrepareAsync(SweepJob job, ToolConsole console, CancellationToken cancellation)
    {
        var songs = job.ReadSongs();
        var learner = await Learner.PrepareAsync(new MLContext(job.Baseline.Seed), new Recipe(job.Baseline), songs, job.Features, console, cancellation);
        return new TrialMeasurement(job, learner, console);
    }

    /// <summary>A training that fails is a result too: it is one of the things to find out.</summary>
    public async Task<TrialResult> MeasureAsync(TrialRequest request, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var seed = _job.Baseline.Seed;
            var learner = _learner.With(new MLContext(seed), new Recipe(request.Settings with { Epochs = request.Epochs }));
            var predictions = _job.HoldOut is { } share
                ? await learner.HoldOutAsync(share, seed, _console, cancellation)
                : await learner.CrossValidateAsync(_job.Folds!.Value, seed, _console, cancellation);
            var metrics = predictions.Metrics;
            return new TrialResult(request.Trial, request.Epochs, metrics.Accuracy, predictions.PartAccuracies, metrics.LogLoss, metrics.MacroF1,
                watch.Elapsed.TotalSeconds, null);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            return TrialResult.Failed(request.Trial, request.Epochs, watch.Elapsed.TotalSeconds, SongMoodTool.Describe(error));
        }
    }
}
