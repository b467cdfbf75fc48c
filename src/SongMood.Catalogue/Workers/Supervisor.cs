using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SongMood.Prediction;

namespace SongMood.Catalogue;

/// <summary>
/// Has songs heard in another process, and goes on when that dies: the songs that were in it are heard again, each alone, and the one with
/// which it dies again is left out. A song that takes longer than it may is left out at once, and its process ended. No more songs are sent
/// ahead than keep the process busy.
/// </summary>
internal sealed class Supervisor : IDisposable
{
    private readonly CatalogueJob _job;
    private readonly CatalogueWorkers _workers;
    private readonly TimeSpan? _songTimeLimit;
    private readonly ILogger? _logger;
    private readonly SongClock _clock;
    private readonly OrderedDictionary<long, CatalogueSong> _inFlight = []; // in the order in which they were sent
    private readonly Queue<KeyValuePair<long, CatalogueSong>> _suspects = [], _interrupted = [];
    private WorkerProcess? _worker;

    private Supervisor(CatalogueJob job, CatalogueWorkers workers, CatalogueOptions options, WorkerProcess worker)
    {
        (_job, _workers, _worker, Recipe) = (job, workers, worker, worker.Recipe);
        (_songTimeLimit, _logger) = (options.SongTimeLimit, options.Logger);
        _clock = new SongClock(_songTimeLimit, job.Threads, options.Time);
    }

    /// <summary>What the rows depend on.</summary>
    public CatalogueRecipe Recipe { get; }

    /// <summary>Whether the song that is being heard is alone since the process died with it.</summary>
    private bool IsSuspectInFlight { get; set; }

    /// <exception cref="CatalogueException">The process could not begin.</exception>
    public static async Task<Supervisor> StartAsync(
        CatalogueJob job, CatalogueWorkers workers, CatalogueOptions options, CancellationToken cancellation) =>
        new(job, workers, options, await WorkerProcess.StartAsync(job, workers, cancellation).ConfigureAwait(false));

    /// <summary>The rows of songs, in the order in which they are done.</summary>
    /// <exception cref="CatalogueException">The process died and could not begin again.</exception>
    public async IAsyncEnumerable<(long Id, CatalogueRow Row)> HearAsync(
        IEnumerable<KeyValuePair<long, CatalogueSong>> songs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var next = songs.GetEnumerator();
        while (true)
        {
            while (MaySend && (TryTakeSuspect(out var song) || _interrupted.TryDequeue(out song) || TryMoveNext(next, out song)))
                await SendAsync(song, cancellation).ConfigureAwait(false);
            if (_inFlight.Count == 0)
                yield break;
            var receiving = _worker!.ReceiveAsync(cancellation);
            if (!await _clock.WaitAsync(receiving).ConfigureAwait(false))
            {
                foreach (var given in await GiveUpAsync(receiving, cancellation).ConfigureAwait(false))
                    yield return given;
            }
            else if (await receiving.ConfigureAwait(false) is var (id, heard))
            {
                _inFlight.Remove(id);
                _clock.Done(id);
                IsSuspectInFlight = false;
                if (heard.Measures is { } measures)
                    SongTelemetry.Relay(measures);
                yield return (id, heard.Row);
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
        _clock.Sent(song.Key);
        await _worker.TrySendAsync(song.Key, song.Value).ConfigureAwait(false); // where it has died, receiving says so
    }

    /// <summary>After the process has died: the row of the song that is to blame; null where it is not known yet.</summary>
    private async Task<(long Id, CatalogueRow Row)?> BuryAsync(CancellationToken cancellation)
    {
        var lastWords = await EndAsync(cancellation).ConfigureAwait(false);
        _logger?.LogWarning("The process that listens died: {LastWords}. The songs in it are heard again, each alone.", lastWords);
        (long, CatalogueRow)? killed = null;
        foreach (var suspect in _inFlight)
        {
            if (IsSuspectInFlight)
                killed = (suspect.Key, Failed(suspect.Value, "process_died", "the process that listened to it died twice, the second time "
                    + $"with no other song in it: {lastWords}. The other songs went on. Please report the file, or remove it."));
            else
                _suspects.Enqueue(suspect);
        }
        ForgetInFlight();
        return killed;
    }

    /// <summary>Ends the process in which songs are overdue: their rows. The others in it go on in the next.</summary>
    private async Task<List<(long Id, CatalogueRow Row)>> GiveUpAsync(Task receiving, CancellationToken cancellation)
    {
        long[] overdue = [.. _clock.Overdue];
        await EndAsync(cancellation).ConfigureAwait(false);
        _ = receiving.ContinueWith(task => task.Exception, TaskScheduler.Default); // what the process still said, nobody asks for
        var rows = new List<(long, CatalogueRow)>();
        foreach (var (id, song) in _inFlight)
        {
            if (overdue.Contains(id))
                rows.Add((id, Failed(song, "timeout", $"it was heard for {_songTimeLimit} without an end, so its "
                    + "process was ended. The other songs went on. Please report the file, or remove it; if it is as long as that, "
                    + $"raise {nameof(CatalogueOptions)}.{nameof(CatalogueOptions.SongTimeLimit)} (--song-time-limit), and try it again "
                    + $"({nameof(CatalogueOptions.RetryFailed)}, or --retry-failed).")));
            else
                _interrupted.Enqueue(new(id, song));
        }
        ForgetInFlight();
        return rows;
    }

    /// <summary>Ends the process, and says what it said last.</summary>
    private async Task<string> EndAsync(CancellationToken cancellation)
    {
        var lastWords = await _worker!.LastWordsAsync().ConfigureAwait(false);
        _worker.Dispose();
        _worker = null;
        cancellation.ThrowIfCancellationRequested(); // Ctrl-C reaches both processes
        return lastWords;
    }

    private void ForgetInFlight()
    {
        _inFlight.Clear();
        _clock.Clear();
        IsSuspectInFlight = false;
    }

    /// <summary>The row of a song of which no process told.</summary>
    private static CatalogueRow Failed(CatalogueSong song, string errorType, string what)
    {
        var row = new CatalogueRow { Path = song.Path, FileState = FileState.Of(song.FilePath), Error = $"{song.Path}: {what}" };
        SongTelemetry.Relay(new SongMeasures
        {
            Song = song.FilePath,
            Start = DateTime.UtcNow,
            Seconds = 0,
            ErrorType = errorType,
            Error = row.Error,
        });
        return row;
    }
}
