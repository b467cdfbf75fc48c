namespace SongMood.Catalogue;

/// <summary>A process that runs <see cref="CatalogueWorker"/>, seen from outside.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly ChildProcess _process;

    private WorkerProcess(ChildProcess process, CatalogueRecipe recipe) => (_process, Recipe) = (process, recipe);

    /// <summary>What its rows depend on.</summary>
    public CatalogueRecipe Recipe { get; }

    /// <exception cref="CatalogueException">It could not load the model, or not start at all; the message has what it said.</exception>
    public static async Task<WorkerProcess> StartAsync(CatalogueJob job, CatalogueWorkers workers, CancellationToken cancellation)
    {
        var process = new ChildProcess(workers.Start(), workers.Messages);
        try
        {
            return await process.TryWriteLineAsync(CatalogueJson.Write(job)).ConfigureAwait(false)
                && await process.ReadLineAsync(cancellation).ConfigureAwait(false) is { } recipe
                    ? new WorkerProcess(process, CatalogueJson.Read<CatalogueRecipe>(recipe))
                    : throw new CatalogueException(
                        $"A process to listen in could not begin: {await process.LastWordsAsync().ConfigureAwait(false)}");
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <returns>Whether it could be sent; else the process has died.</returns>
    public Task<bool> TrySendAsync(long id, CatalogueSong song) => _process.TryWriteLineAsync(WorkerMessage.Write(id, song));

    /// <summary>The next song that is done; null where the process has died.</summary>
    public async Task<(long Id, HeardSong Song)?> ReceiveAsync(CancellationToken cancellation)
    {
        if (await _process.ReadLineAsync(cancellation).ConfigureAwait(false) is not { } line)
            return null;
        if (WorkerMessage.TryRead<HeardSong>(line) is { } answer)
            return answer;
        return await _process.ReadLineAsync(cancellation).ConfigureAwait(false) is null ? null
            : throw new CatalogueException($"The process that listens wrote '{line}', which is no row. Something in it prints to the "
                + "standard output, which is for rows alone.");
    }

    /// <inheritdoc cref="ChildProcess.LastWordsAsync"/>
    public Task<string> LastWordsAsync() => _process.LastWordsAsync();

    public void Dispose() => _process.Dispose();
}
