using System.Collections.Concurrent;

namespace SongMood.Learning;

/// <summary>Runs trials in several processes beside each other, each of which reads the songs once.</summary>
internal sealed class TrialPool(SweepJob job, SweepWorkers workers) : ITrialRunner
{
    private readonly ConcurrentBag<TrialProcess> _idle = [];

    private readonly int _jobs = workers.Count ?? SweepJobs.Default(job.Options);

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<TrialRequest> requests, Action<TrialResult> done, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = new ConcurrentQueue<TrialRequest>(requests);
        var oneAtATime = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_jobs, requests.Count)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            try
            {
                while (waiting.TryDequeue(out var request))
                {
                    if (!_idle.TryTake(out var process))
                        process = await TrialProcess.StartAsync(job, ThreadsEach, workers, stop.Token);
                    var result = await MeasureAsync(process, request, stop.Token);
                    lock (oneAtATime)
                        done(result);
                }
            }
            catch
            {
                await stop.CancelAsync(); // the others need not go on
                throw;
            }
        }
    }

    private int ThreadsEach => Math.Max(1, Environment.ProcessorCount / _jobs);

    public void Dispose()
    {
        foreach (var process in _idle)
            process.Dispose();
    }

    private async Task<TrialResult> MeasureAsync(TrialProcess process, TrialRequest request, CancellationToken cancellation)
    {
        var isAlive = false;
        try
        {
            var result = await process.MeasureAsync(request, cancellation);
            isAlive = !result.Crashed;
            return result;
        }
        finally
        {
            if (isAlive)
                _idle.Add(process);
            else
                process.Dispose();
        }
    }
}
