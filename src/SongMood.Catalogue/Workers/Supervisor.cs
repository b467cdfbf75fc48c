using System.Runtime.CompilerServices;

namespace SongMood.Catalogue;

/// <summary>
/// Has songs heard in another process, and goes on when that dies: the songs that were in it are heard again, each alone, and the one with
/// which it dies again is left out. No more songs are sent ahead than keep the process busy.
/// </summary>
internal sealed class Supervisor : IDisposable
{
    private readonly CatalogueJob _job;
    private readonly CatalogueWorkers _workers;
    private readonly SortedDictionary<long, CatalogueSong> _inFlight = [];
    private readonly Queue<KeyValuePair<long, CatalogueSong>> _suspects = [];
    private WorkerProcess? _worker;

    private Supervisor(CatalogueJob job, CatalogueWorkers workers, WorkerProcess worker) =>
        (_job, _workers, _worker, Recipe) = (job, workers, worker, worker.Recipe);

    /// <summary>What the rows depend on.</summary>
    public CatalogueRecipe Recipe { get; }

    /// <summary>Whether the song that is being heard is alone since the process died with it.</summary>
    private bool IsSuspectInFlight { get; set; }

    /// <exception cref="CatalogueException">The process could not begin.</exception>
    public static async Task<Supervisor> StartAsync(CatalogueJob job, CatalogueWorkers workers, CancellationToken cancellation) =>
        new(job, workers, await WorkerProcess.StartAsync(job, workers, cancellation).ConfigureAwait(false));

    /// <summary>The rows of songs, in the order in which they are done.</summary>
    /// <exception cref="CatalogueException">The process died and could not begin again.</exception>
    public async IAsyncEnumerable<(long Id, CatalogueRow Row)> HearAsync(
        IEnumerable<KeyValuePair<long, CatalogueSong>> songs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var next = songs.GetEnumerator();
        while (true)
        {
            while (MaySend && (TryTakeSuspect(out var song) || TryMoveNext(next, out song)))
                await SendAsync(song, cancellation).ConfigureAwait(false);
            if (_inFlight.Count == 0)
                yield break;
            if (await _worker!.ReceiveAsync(cancellation).ConfigureAwait(false) is var (id, row))
            {
                _inFlight.Remove(id);
                IsSuspectInFlight = false;
                yield return (id, row);
            }
            else if (await BuryAsync(cancellation).ConfigureAwait(false) is { } killed)
                yield return killed;
        }
    }

    public void Dispose() => _worker?.Dispose();

    private bool MaySend => !IsSuspectInFlight && (_suspects.Count > 0 ? _inFlight.Count == 0 : _inFlight.Count < 2 * _job.Threads);

    private bool TryTakeSuspect(out KeyValuePair<long, CatalogueSong> song) => IsSuspectInFlight = _suspects.TryDequeue(out song);

    private static bool TryMoveNext(
        IEnumerator<KeyValuePair<long, CatalogueSong>> songs, out KeyValuePair<long, CatalogueSong> song)
    {
        var isThere = songs.MoveNext();
        song = isThere ? songs.Current : default;
        return isThere;
    }

    private async Task SendAsync(KeyValuePair<long, CatalogueSong> song, CancellationToken cancellation)
    {
        if (_worker is null)
        {
            _worker = await WorkerProcess.StartAsync(_job, _workers, cancellation).ConfigureAwait(false);
            if (CatalogueJson.Write(_worker.Recipe) != CatalogueJson.Write(Recipe))
                throw new CatalogueException("The model, or SongMood itself, has changed since this run began. Begin it again.");
        }
        _inFlight.Add(song.Key, song.Value);
        await _worker.TrySendAsync(song.Key, song.Value).ConfigureAwait(false); // where it has died, receiving says so
    }

    /// <summary>After the process has died: the row of the song that is to blame; null where it is not known yet.</summary>
    private async Task<(long Id, CatalogueRow Row)?> BuryAsync(CancellationToken cancellation)
    {
        var lastWords = await _worker!.LastWordsAsync().ConfigureAwait(false);
        _worker.Dispose();
        _worker = null;
        cancellation.ThrowIfCancellationRequested(); // Ctrl-C reaches both processes
        (long, CatalogueRow)? killed = null;
        foreach (var suspect in _inFlight)
        {
            if (IsSuspectInFlight)
                killed = (suspect.Key, RowOf(suspect.Value, lastWords));
            else
                _suspects.Enqueue(suspect);
        }
        _inFlight.Clear();
        IsSuspectInFlight = false;
        return killed;
    }

    private static CatalogueRow RowOf(CatalogueSong song, string lastWords) => new()
    {
        Path = song.Path,
        FileState = FileState.Of(song.FilePath),
        Error = $"{song.Path}: the process that listened to it died twice, the second time with no other song in it: {lastWords}. "
            + "The other songs went on. Please report the file, or remove it.",
    };
}
