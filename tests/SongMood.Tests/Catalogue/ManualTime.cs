namespace SongMood.Tests.Catalogue;

/// <summary>Time that passes when a test says so: whoever waits for a timer gets it then, however long it was to be.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly SemaphoreSlim _waiting = new(0);
    private Action? _next;

    /// <summary>Whether somebody waits for a timer.</summary>
    public bool IsAwaited => _next is not null;

    /// <summary>Waits until somebody waits for a timer, and lets it go off.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        await _waiting.WaitAsync(cancellation);
        Interlocked.Exchange(ref _next, null)!();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Null(Interlocked.Exchange(ref _next, () => callback(state))); // one waits at a time
        _waiting.Release();
        return new Started();
    }

    private sealed class Started : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
