using System.Runtime.CompilerServices;

namespace SongMood;

/// <summary>Does work on all cores, or fewer, and hands the results on in the order of the inputs.</summary>
internal static class OrderedParallel
{
    public static IAsyncEnumerable<TResult> SelectAsync<T, TResult>(IEnumerable<T> items, Func<T, TResult> work, CancellationToken cancellation) =>
        SelectAsync(items, work, Environment.ProcessorCount, cancellation);

    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IEnumerable<T> items, Func<T, TResult> work, int threads, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A few more than the threads, so that one slow item at the front does not leave the others idle.
        var limit = 4 * threads;
        using var cores = new SemaphoreSlim(threads);
        var running = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in items)
            {
                if (running.Count == limit)
                    yield return await running.Dequeue();
                cancellation.ThrowIfCancellationRequested();
                running.Enqueue(Start(item));
            }
            while (running.Count > 0)
                yield return await running.Dequeue();
        }
        finally
        {
            await Task.WhenAll((IEnumerable<Task>)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first error is on its way already
        }

        async Task<TResult> Start(T item)
        {
            await cores.WaitAsync(cancellation);
            try
            {
                return await Task.Run(() => work(item), cancellation);
            }
            finally
            {
                cores.Release();
            }
        }
    }
}
