using SongMood.Catalogue;

namespace SongMood.Tests.Catalogue;

public sealed class SongClockTests
{
    private static readonly TaskCompletionSource Never = new();

    private readonly ManualTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Two are heard at once; the third waits for a thread, and its time begins when it has one.</summary>
    [Fact]
    public async Task The_time_of_a_song_begins_when_a_thread_has_it()
    {
        var clock = new SongClock(TimeSpan.FromSeconds(8), threads: 2, _time); // in steps of a second
        foreach (var song in new[] { 7, 5, 6 })
            clock.Sent(song);
        await StepsAsync(clock, 5);
        clock.Done(5);
        await StepsAsync(clock, 3);
        Assert.Empty(clock.Overdue); // 8 s are no more than 8 s
        var waiting = clock.WaitAsync(Never.Task);
        await _time.PassAsync(Stop);
        Assert.False(await waiting);
        Assert.Equal([7], clock.Overdue);
        clock.Done(7);
        await StepsAsync(clock, 4);
        waiting = clock.WaitAsync(Never.Task);
        await _time.PassAsync(Stop);
        Assert.False(await waiting);
        Assert.Equal([6], clock.Overdue);
        clock.Clear();
        Assert.Empty(clock.Overdue);
    }

    /// <summary>Songs that are done quickly do not keep the time of another from going on.</summary>
    [Fact]
    public async Task Work_that_ends_is_seen_and_time_goes_on_meanwhile()
    {
        var clock = new SongClock(TimeSpan.FromSeconds(8), threads: 2, _time);
        clock.Sent(1);
        for (var step = 0; step < 8; step++)
        {
            Assert.True(await clock.WaitAsync(Task.CompletedTask));
            await StepsAsync(clock, 1);
        }
        var last = clock.WaitAsync(Never.Task);
        await _time.PassAsync(Stop);
        Assert.False(await last);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_overdue_and_no_timer_runs()
    {
        var clock = new SongClock(null, threads: 1, _time);
        clock.Sent(1);
        var work = new TaskCompletionSource();
        var waiting = clock.WaitAsync(work.Task);
        Assert.False(waiting.IsCompleted || _time.IsAwaited);
        work.SetResult();
        Assert.True(await waiting);
        Assert.Empty(clock.Overdue);
    }

    /// <summary>Lets time pass while work goes on.</summary>
    private async Task StepsAsync(SongClock clock, int count)
    {
        var work = new TaskCompletionSource();
        var waiting = clock.WaitAsync(work.Task);
        for (var step = 0; step < count; step++)
            await _time.PassAsync(Stop);
        work.SetResult();
        Assert.True(await waiting);
    }
}
