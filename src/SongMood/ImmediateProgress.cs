namespace SongMood;

/// <summary>
/// Progress that is told at once, on the thread that works: <see cref="Progress{T}"/> tells on another thread, perhaps after the work has
/// ended.
/// </summary>
internal sealed class ImmediateProgress<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
