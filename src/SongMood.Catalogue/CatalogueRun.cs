using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>
/// Hears all songs of a list, or one shard of it, in a process of its own, and writes a Parquet file with a row a song (docs/catalogue.md).
/// The file is there whole or not at all. What is done is kept as it comes, so that whatever process is killed, at most the songs that were
/// being heard are lost: the same run goes on from there. What is finished is not done again, but songs whose files have changed.
/// </summary>
public sealed class CatalogueRun
{
    private readonly IEnumerable<CatalogueSong> _songs;
    private readonly CatalogueWorkers _workers;
    private readonly CatalogueOptions _options;
    private readonly CatalogueJob _job;
    private readonly Action<CatalogueRow>? _label;

    /// <summary>A run that tells moods, and what else is asked for.</summary>
    /// <param name="songs">The paths of the songs, which are gone through once, a few at a time.</param>
    /// <param name="path">The file that is to be; a shard of it is written into the folder <c>path.shards</c>.</param>
    /// <param name="workers">The process that listens.</param>
    /// <param name="options">What is told; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the path is empty.</exception>
    public CatalogueRun(IEnumerable<string> songs, string path, CatalogueWorkers workers, CatalogueOptions? options = null)
        : this((songs ?? throw new ArgumentNullException(nameof(songs))).Select(song => new CatalogueSong(song)), path, workers,
            options ?? new CatalogueOptions())
    {
    }

    /// <summary>
    /// A run that computes features to learn from, a column each, or a list where they are a spectrogram; with what a person said of each
    /// song.
    /// </summary>
    /// <param name="songs">The songs, with their audio. Their paths are told as they stand relative to the label file.</param>
    /// <param name="path">The file that is to be; a shard of it is written into the folder <c>path.shards</c>.</param>
    /// <param name="workers">The process that listens.</param>
    /// <param name="learning">What is computed: <see cref="MoodLearningOptions.Inputs"/> and <see cref="MoodLearningOptions.Seconds"/>;
    /// null for the defaults.</param>
    /// <param name="options">The shard, the threads, and whether failed songs are tried again; null for the defaults.</param>
    /// <exception cref="MoodLearningException">Options contradict each other, or ask for nothing of the audio.</exception>
    /// <exception cref="LabelledDataException">A song has no audio file.</exception>
    public static CatalogueRun OfFeatures(LabelledSongs songs, string path, CatalogueWorkers workers,
        MoodLearningOptions? learning = null, CatalogueOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(songs);
        return FeatureRows.RunOf(songs, path, workers, learning ?? new MoodLearningOptions(), options ?? new CatalogueOptions());
    }

    internal CatalogueRun(IEnumerable<CatalogueSong> songs, string path, CatalogueWorkers workers, CatalogueOptions options,
        CatalogueJob? job = null, Action<CatalogueRow>? label = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(workers);
        options.Validate();
        (_songs, _workers, _options, _label) = (songs, workers, options, label);
        _job = job ?? CatalogueJob.Of(options);
        Path = options.Shard is { } shard ? ShardFiles.PathOf(path, shard) : path;
    }

    /// <summary>The file that this run writes.</summary>
    public string Path { get; }

    /// <summary>Hears what is not done yet, and writes the file.</summary>
    /// <param name="songsDone">Told how many songs are done, those from before included, after each that was heard.</param>
    /// <param name="failed">Told at the end of each song that has an error, in the order of the list.</param>
    /// <param name="cancellationToken">Stops; songs that are done are kept.</param>
    /// <exception cref="CatalogueException">
    /// The process could not begin, as where the model cannot be used; another run works on the same file; or the file is there and was not
    /// written by a run.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<CatalogueReport> RunAsync(
        IProgress<long>? songsDone = null, IProgress<FailedSong>? failed = null, CancellationToken cancellationToken = default)
    {
        using var supervisor = await Supervisor.StartAsync(_job, _workers, _options, cancellationToken).ConfigureAwait(false);
        using var journal = new CatalogueJournal(ShardFiles.JournalOf(Path), supervisor.Recipe);
        AtomicFile.DeleteRemains(Path);
        var before = await LookBackAsync(journal, supervisor.Recipe, cancellationToken).ConfigureAwait(false);
        using var list = new ListDigest.Counter();
        var pass = new Pass(journal);
        await foreach (var (position, row) in supervisor.HearAsync(Open(pass, list), cancellationToken).ConfigureAwait(false))
        {
            pass.Add(position, row);
            if (row.Error is not null)
                _options.Logger?.LogWarning("{Song}", new FailedSong(row.Path, row.Error));
            songsDone?.Report(pass.Done.Count);
        }
        var isUpToDate = before == list.Digest() && pass.NewCount == 0;
        if (!isUpToDate)
            await CatalogueFile.WriteAsync(Path, supervisor.Recipe, list.Digest(), _options.Shard,
                RowsAsync(pass, cancellationToken), cancellationToken).ConfigureAwait(false);
        pass.ReportFailed(failed);
        journal.Delete();
        _options.Logger?.LogInformation("{Path}: {SongCount} songs, {FailedCount} of them with errors, {DoneBefore} done before",
            Path, pass.Done.Count, pass.Failed.Count, pass.Done.Count - pass.NewCount);
        return new CatalogueReport
        {
            Path = Path,
            SongCount = pass.Done.Count,
            FailedCount = pass.Failed.Count,
            DoneBefore = pass.Done.Count - pass.NewCount,
            WasUpToDate = isUpToDate,
        };
    }

    /// <summary>Takes over what an earlier file knows; tells the list that it is of, where it is made in the same way.</summary>
    private async Task<ListDigest?> LookBackAsync(CatalogueJournal journal, CatalogueRecipe recipe, CancellationToken cancellation)
    {
        if (!File.Exists(Path))
            return null;
        await using var file = await CatalogueFile.OpenAsync(Path, cancellation).ConfigureAwait(false);
        if (CatalogueJson.Write(file.Recipe) != CatalogueJson.Write(recipe) || file.Shard != _options.Shard)
            return null;
        await foreach (var row in file.RowsAsync(cancellation).ConfigureAwait(false))
            if (!journal.Contains(row.Path))
                journal.Add(row);
        return file.List;
    }

    /// <summary>The songs that are to be heard now.</summary>
    private IEnumerable<KeyValuePair<long, CatalogueSong>> Open(Pass pass, ListDigest.Counter list)
    {
        foreach (var song in _songs)
        {
            var position = list.SongCount;
            list.Add(song.Path);
            if (_options.Shard is { } shard && !shard.Holds(song.Path) || pass.TryReuse(position, song, _options.RetryFailed))
                continue;
            if (song.Error is null)
                yield return new(position, song);
            else
                pass.Add(position, new CatalogueRow { Path = song.Path, FileState = FileState.Of(song.FilePath), Error = song.Error });
        }
    }

    private async IAsyncEnumerable<CatalogueRow> RowsAsync(Pass pass, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false); // rows come from a file at once
        foreach (var row in pass.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            _label?.Invoke(row);
            yield return row;
        }
    }

    /// <summary>One run's songs: where each stands in the list, and its row in the journal.</summary>
    private sealed class Pass(CatalogueJournal journal)
    {
        public List<(long Position, long Place)> Done { get; } = [];

        public int NewCount { get; private set; }

        public List<(long Position, long Place)> Failed { get; } = [];

        public void Add(long position, CatalogueRow row)
        {
            Add(position, journal.Add(row), row.Error is not null);
            NewCount++;
        }

        public bool TryReuse(long position, CatalogueSong song, bool retryFailed)
        {
            if (journal.Find(song) is not var (place, hasFailed) || (hasFailed && retryFailed))
                return false;
            Add(position, place, hasFailed);
            return true;
        }

        public void ReportFailed(IProgress<FailedSong>? failed)
        {
            Failed.Sort();
            foreach (var (_, place) in failed is null ? [] : Failed)
                if (journal.Read(place) is { Error: { } error } row)
                    failed!.Report(new FailedSong(row.Path, error));
        }

        /// <summary>In the order of the list.</summary>
        public IEnumerable<CatalogueRow> Rows()
        {
            Done.Sort();
            foreach (var (position, place) in Done)
            {
                var row = journal.Read(place);
                row.Position = position;
                yield return row;
            }
        }

        private void Add(long position, long place, bool hasFailed)
        {
            Done.Add((position, place));
            if (hasFailed)
                Failed.Add((position, place));
        }
    }
}
