using System.Collections.Concurrent;

namespace SongMood.Cli.Sweep;

/// <summary>Runs trials in several processes beside each other, each of which reads the songs once.</summary>
internal sealed class TrialPool(SweepJob job, int jobs, ToolConsole console) : IDisposable
{
    private readonly ConcurrentBag<TrialProcess> _idle = [];

    /// <param name="requests">What to do, in this order where only one is done at a time.</param>
    /// <param name="done">Told of each result, one at a time, as they come.</param>
    /// <param name="cancellation">Kills the processes.</param>
    public async Task RunAsync(IReadOnlyList<TrialRequest> requests, Action<TrialResult> done, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = new ConcurrentQueue<TrialRequest>(requests);
        var oneAtATime = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(jobs, requests.Count)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            try
            {
                while (waiting.TryDequeue(out var request))
                {
                    if (!_idle.TryTake(out var process))
                        process = await TrialProcess.StartAsync(job, ThreadsEach, console, stop.Token);
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

    public int ThreadsEach => Math.Max(1, Environment.ProcessorCount / jobs);

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
