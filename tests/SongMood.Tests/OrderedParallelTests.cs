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

        int Work(int item)
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Sleep(item * 7 % 5);
            Interlocked.Decrement(ref running);
            return item;
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

        int Work(int item)
        {
            Interlocked.Increment(ref started);
            return item == 10 ? throw new InvalidOperationException("ten") : item;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
                return;
    }
}
