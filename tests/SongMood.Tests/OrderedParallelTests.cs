namespace SongMood.Tests;

public sealed class OrderedParallelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_come_in_the_order_of_the_inputs_though_the_work_ends_in_another()
    {
        var running = 0;
        var most = 0;
        var results = new List<int>();
        await foreach (var result in OrderedParallel.SelectAsync(Enumerable.Range(0, 60), Work, Cancellation))
            results.Add(result);
        Assert.Equal(Enumerable.Range(0, 60), results);
        Assert.InRange(most, 1, Environment.ProcessorCount);

        int Work(int item, CancellationToken stop)
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Sleep(item * 7 % 5);
            Interlocked.Decrement(ref running);
            return item;
        }
    }

    /// <summary>Who blocks the one thread of an app's window waits for results that must not wait for this thread.</summary>
    [Fact]
    public async Task Nothing_waits_for_the_thread_of_whoever_asked()
    {
        var blocked = Task.Factory.StartNew(
            () =>
            {
                SynchronizationContext.SetSynchronizationContext(new Deaf()); // of this thread alone, which ends with it
                return OrderedParallel.SelectAsync(Enumerable.Range(0, 20), (item, stop) => item, int.MaxValue, Cancellation)
                    .ToBlockingEnumerable(Cancellation).ToArray();
            }, Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.Equal(Enumerable.Range(0, 20), await blocked.WaitAsync(TimeSpan.FromMinutes(5), Cancellation));
    }

    /// <summary>A window's thread that is busy: what is posted to it is not done.</summary>
    private sealed class Deaf : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    [Fact]
    public async Task An_error_comes_out_at_its_place_and_nothing_runs_on()
    {
        var results = new List<int>();
        var started = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var result in OrderedParallel.SelectAsync(Enumerable.Range(0, 1000), Work, Cancellation))
                results.Add(result);
        });
        Assert.Equal(Enumerable.Range(0, 10), results);
        Assert.InRange(started, 11, 11 + 4 * Environment.ProcessorCount);

        int Work(int item, CancellationToken stop)
        {
            Interlocked.Increment(ref started);
            return item == 10 ? throw new InvalidOperationException("ten") : item;
        }
    }

    /// <summary>What was found of a folder before the network broke is worth having.</summary>
    [Fact]
    public async Task An_error_of_the_inputs_comes_after_the_results_before_it()
    {
        var results = new List<int>();
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var result in OrderedParallel.SelectAsync(Broken(), (item, stop) => item, threads: 3, Cancellation))
                results.Add(result);
        });
        Assert.Equal("the network broke", error.Message);
        Assert.Equal(Enumerable.Range(0, 5), results);

        static IEnumerable<int> Broken()
        {
            for (var item = 0; item < 5; item++)
                yield return item;
            throw new IOException("the network broke");
        }
    }

    [Fact]
    public async Task Whoever_has_enough_waits_for_nothing_that_still_runs()
    {
        var stopped = 0;
        using var begun = new ManualResetEventSlim();
        await foreach (var first in OrderedParallel.SelectAsync(Enumerable.Range(0, 1000), Work, threads: 3, Cancellation))
        {
            Assert.Equal(0, first);
            break;
        }
        Assert.InRange(stopped, 1, 3); // what was under way was told, and no other work began

        int Work(int item, CancellationToken stop)
        {
            if (item == 0)
                return begun.Wait(TimeSpan.FromMinutes(1)) ? 0 : -1; // the first is done while another is under way
            begun.Set();
            stop.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
            Interlocked.Increment(ref stopped);
            return item;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
                return;
    }
}
