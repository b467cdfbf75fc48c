using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace SongMood;

/// <summary>Does work on all cores, or fewer, and hands the results on in the order of the inputs.</summary>
internal static class OrderedParallel
{
    public static IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IEnumerable<T> items, Func<T, CancellationToken, TResult> work, CancellationToken cancellation) =>
        SelectAsync(items, work, Environment.ProcessorCount, cancellation);

    public static IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IEnumerable<T> items, Func<T, CancellationToken, TResult> work, int threads, CancellationToken cancellation) =>
        SelectTasksAsync(items, (item, stop) => Task.FromResult(work(item, stop)), threads, cancellation);

    /// <param name="items">What to work on. An error of it comes after the results of the items before.</param>
    /// <param name="work">The work. Its token is cancelled when the results are no longer wanted, for whatever reason.</param>
    /// <param name="threads">How many items are worked on at once.</param>
    /// <param name="cancellation">Stops.</param>
    public static async IAsyncEnumerable<TResult> SelectTasksAsync<T, TResult>(
        IEnumerable<T> items, Func<T, CancellationToken, Task<TResult>> work, int threads,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A few more than the threads, so that one slow item at the front does not leave the others idle.
        var limit = 4L * threads;
        using var cores = new SemaphoreSlim(threads);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new Queue<Task<TResult>>();
        using var source = items.GetEnumerator();
        ExceptionDispatchInfo? error = null;
        try
        {
            while (HasNext())
            {
                if (running.Count == limit)
                    yield return await running.Dequeue().ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                running.Enqueue(Start(source.Current));
            }
            while (running.Count > 0)
                yield return await running.Dequeue().ConfigureAwait(false);
            error?.Throw();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false); // whoever asked has enough, or got an error: what still runs is for nobody
            // the first error is on its way already
            await Task.WhenAll((IEnumerable<Task>)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        bool HasNext()
        {
            try
            {
                return source.MoveNext();
            }
            catch (Exception thrown)
            {
                error = ExceptionDispatchInfo.Capture(thrown);
                return false;
            }
        }

        async Task<TResult> Start(T item)
        {
            await cores.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => work(item, stop.Token), stop.Token).ConfigureAwait(false);
            }
            finally
            {
                cores.Release();
            }
        }
    }
}
