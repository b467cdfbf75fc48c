using System.Diagnostics;
using System.Text.Json;

namespace SongMood.Learning;

/// <summary>A process that runs <see cref="SweepWorker"/>, seen from outside.</summary>
internal sealed class TrialProcess : IDisposable
{
    private readonly ChildProcess _process;

    private TrialProcess(int threads, SweepWorkers workers)
    {
        var start = workers.Start();
        // As many threads as there are cores, in every process, would wait for each other.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["MKL_NUM_THREADS"] = $"{threads}";
        _process = new ChildProcess(start, workers.Messages);
    }

    public int Id => _process.Id;

    /// <exception cref="InvalidOperationException">It could not read the songs, or not start at all; the message has what it
    /// said.</exception>
    public static async Task<TrialProcess> StartAsync(SweepJob job, int threads, SweepWorkers workers, CancellationToken cancellation)
    {
        var worker = new TrialProcess(threads, workers);
        try
        {
            var line = await worker.AskAsync(job, cancellation);
            return line == SweepWorker.Ready ? worker
                : throw new InvalidOperationException(
                    $"A process to train in could not begin: {await worker._process.LastWordsAsync()}");
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Trains and measures. A process that dies is a failed trial, and is of no more use.</summary>
    public async Task<TrialResult> MeasureAsync(TrialRequest request, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        if (await AskAsync(request, cancellation) is { } answer)
            return JsonSerializer.Deserialize<TrialResult>(answer, TrialResult.JsonOptions)!;
        var error = $"The process that trained died: {await _process.LastWordsAsync()}";
        return TrialResult.Failed(request.Trial, request.Epochs, watch.Elapsed.TotalSeconds, error) with { Crashed = true };
    }

    /// <summary>Ends it, whatever it is at.</summary>
    public void Dispose() => _process.Dispose();

    /// <summary>The answer, or null where it has died.</summary>
    private async Task<string?> AskAsync<T>(T question, CancellationToken cancellation)
    {
        var isSent = await _process.TryWriteLineAsync(JsonSerializer.Serialize(question, TrialResult.JsonOptions));
        cancellation.ThrowIfCancellationRequested();
        return isSent ? await _process.ReadLineAsync(cancellation) : null;
    }
}
