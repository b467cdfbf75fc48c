using System.Diagnostics;
using Microsoft.ML;
using SongMood.Cli.Learning;
using SongMood.Evaluation;

namespace SongMood.Cli.Sweep;

/// <summary>Trains and measures one trial after the other on the same songs, as <c>songmood evaluate</c> would.</summary>
internal sealed class TrialMeasurement
{
    private readonly SweepJob _job;
    private readonly LabelledSongs _songs;
    private readonly Learner _learner;
    private readonly int[] _parts; // of each song, the part that it is held out with; -1: none
    private readonly int _partCount;

    private TrialMeasurement(SweepJob job, LabelledSongs songs, Learner learner)
    {
        (_job, _songs, _learner) = (job, songs, learner);
        string?[] groups = [.. songs.Songs.Select(song => song.Group)];
        (_parts, _partCount) = job.HoldOut is { } share
            ? (Array.ConvertAll(StratifiedSplit.HoldOut(songs.MoodIndices, groups, share, job.Baseline.Seed), held => held ? 0 : -1), 1)
            : (StratifiedSplit.Folds(songs.MoodIndices, groups, job.Folds!.Value, job.Baseline.Seed), job.Folds.Value);
    }

    public static async Task<TrialMeasurement> PrepareAsync(SweepJob job, ToolConsole console, CancellationToken cancellation)
    {
        var songs = job.ReadSongs();
        var learner = await Learner.PrepareAsync(new MLContext(job.Baseline.Seed), new Recipe(job.Baseline), songs, job.Features, console, cancellation);
        return new TrialMeasurement(job, songs, learner);
    }

    /// <summary>A training that fails is a result too: it is one of the things to find out.</summary>
    public TrialResult Measure(TrialRequest request, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return Measure(request, watch, cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            return TrialResult.Failed(request.Trial, request.Epochs, watch.Elapsed.TotalSeconds, SongMoodTool.Describe(error));
        }
    }

    private TrialResult Measure(TrialRequest request, Stopwatch watch, CancellationToken cancellation)
    {
        var learner = _learner.With(new MLContext(_job.Baseline.Seed), new Recipe(request.Settings with { Epochs = request.Epochs }));
        var all = Enumerable.Range(0, _parts.Length).ToArray();
        var probabilities = new float[_parts.Length][];
        var accuracies = new double[_partCount];
        for (var part = 0; part < _partCount; part++)
        {
            var held = all.Where(song => _parts[song] == part).ToArray();
            var fitted = learner.Fit([.. all.Where(song => _parts[song] != part)], _ => { }, cancellation);
            cancellation.ThrowIfCancellationRequested();
            foreach (var (song, scores) in held.Zip(learner.Score(fitted, held)))
                probabilities[song] = scores;
            (fitted as IDisposable)?.Dispose();
            accuracies[part] = MetricsOf(held, probabilities).Accuracy;
        }
        var metrics = MetricsOf([.. all.Where(song => _parts[song] >= 0)], probabilities);
        return new TrialResult(
            request.Trial, request.Epochs, metrics.Accuracy, accuracies, metrics.LogLoss, metrics.MacroF1, watch.Elapsed.TotalSeconds, null);
    }

    private MoodMetrics MetricsOf(int[] songs, float[][] probabilities) => MoodMetrics.Compute(
        _songs.Moods, [.. songs.Select(song => _songs.MoodIndices[song])], [.. songs.Select(song => probabilities[song])]);
}
