namespace SongMood.Learning;

/// <summary>Trains and measures trials.</summary>
internal interface ITrialRunner : IDisposable
{
    /// <param name="requests">What to do, in this order where only one is done at a time.</param>
    /// <param name="done">Told of each result, one at a time, as they come.</param>
    /// <param name="cancellation">Stops.</param>
    Task RunAsync(IReadOnlyList<TrialRequest> requests, Action<TrialResult> done, CancellationToken cancellation);
}
