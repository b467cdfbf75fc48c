using System.Diagnostics;
using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>Trains and measures one trial after the other on the same songs, in this process.</summary>
internal sealed class TrialMeasurement(MoodLearning learning, HeldOutParts parts) : ITrialRunner
{
    public async Task RunAsync(IReadOnlyList<TrialRequest> requests, Action<TrialResult> done, CancellationToken cancellation)
    {
        foreach (var request in requests)
            done(await MeasureAsync(request, cancellation).ConfigureAwait(false));
    }

    /// <summary>A training that fails is a result too: it is one of the things to find out.</summary>
    public async Task<TrialResult> MeasureAsync(TrialRequest request, CancellationToken cancellation)
    {
        // what is wrong with the songs is no result of a trial
        await learning.PrepareAsync(cancellation: cancellation).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        try
        {
            var trial = learning.With(request.Options with { Epochs = request.Epochs });
            var predictions = await trial.PredictAsync(parts, null, cancellation).ConfigureAwait(false);
            return new TrialResult
            {
                Trial = request.Trial,
                Epochs = request.Epochs,
                Accuracy = predictions.Metrics.Accuracy,
                FoldAccuracies = predictions.PartAccuracies,
                LogLoss = predictions.Metrics.LogLoss,
                MacroF1 = predictions.Metrics.MacroF1,
                Seconds = watch.Elapsed.TotalSeconds,
                Error = null,
            };
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            return TrialResult.Failed(request.Trial, request.Epochs, watch.Elapsed.TotalSeconds, ErrorText.Of(error));
        }
    }

    public void Dispose()
    {
    }
}
