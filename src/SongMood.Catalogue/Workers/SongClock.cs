namespace SongMood.Catalogue;

/// <summary>
/// How long songs are being heard. It counts in steps while this process runs, so that a job that was suspended, or a laptop that slept,
/// has its songs go on afterwards as if nothing had been.
/// </summary>
/// <param name="limit">How long a song may take; null for as long as it likes.</param>
/// <param name="threads">Songs that are heard at once: of those in the process, the first that were sent.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class SongClock(TimeSpan? limit, int threads, TimeProvider time)
{
    private const int StepsOfLimit = 8;
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    /// <summary>In the order in which they were sent: a song, and the step at which it was begun; null for one that waits.</summary>
    private readonly OrderedDictionary<long, long?> _songs = [];
    private long _now;
    private Task? _step;

    /// <summary>Songs that have been heard for longer than the limit.</summary>
    public IEnumerable<long> Overdue => limit is not { } most ? []
        : _songs.Where(song => (_now - song.Value) * StepLength(most) > most).Select(song => song.Key);

    public void Sent(long id)
    {
        _songs.Add(id, null);
        Begin();
    }

    public void Done(long id)
    {
        _songs.Remove(id);
        Begin();
    }

    public void Clear() => _songs.Clear();

    /// <summary>Waits for work to end.</summary>
    /// <returns>Whether it has; else a song has become overdue.</returns>
    public async Task<bool> WaitAsync(Task work)
    {
        if (limit is not { } most)
        {
            await Task.WhenAny(work).ConfigureAwait(false);
            return true;
        }
        while (!work.IsCompleted && !Overdue.Any())
        {
            _step ??= Task.Delay(StepLength(most), time);
            await Task.WhenAny(work, _step).ConfigureAwait(false);
            if (!_step.IsCompleted)
                continue;
            _now++;
            _step = null;
        }
        return work.IsCompleted;
    }

    private static TimeSpan StepLength(TimeSpan limit) => limit < StepsOfLimit * LongestStep ? limit / StepsOfLimit : LongestStep;

    private void Begin()
    {
        for (var i = 0; i < Math.Min(threads, _songs.Count); i++)
            if (_songs.GetAt(i).Value is null)
                _songs.SetAt(i, _now);
    }
}
