namespace SongMood.Scoring;

/// <summary>
/// Something that several threads use and one disposes of. What is under way then ends as it would have; the last use frees the thing;
/// later uses are refused.
/// </summary>
internal sealed class SharedUse(Action free) : IDisposable
{
    private readonly Lock _lock = new();
    private int _uses;
    private bool _disposed;

    /// <summary>Begins a use, which ends when what is returned is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed of; the error names <paramref name="owner"/>'s type.</exception>
    public Use Begin(object owner)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, owner);
            _uses++;
        }
        return new Use(this);
    }

    /// <summary>Refuses later uses. Returns at once; what is under way need not have ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_uses > 0)
                return;
        }
        free();
    }

    private void End()
    {
        lock (_lock)
            if (--_uses > 0 || !_disposed)
                return;
        free();
    }

    public readonly struct Use(SharedUse shared) : IDisposable
    {
        public void Dispose() => shared.End();
    }
}
