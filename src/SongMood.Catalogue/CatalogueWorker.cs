using System.Threading.Channels;
using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>
/// What a process of <see cref="CatalogueWorkers"/> does: reads the job, then songs, each a line; writes what its rows depend on, then
/// a row a line, in whatever order they are done.
/// </summary>
public static class CatalogueWorker
{
    /// <summary>Listens until the input ends.</summary>
    /// <param name="input">The process's standard input.</param>
    /// <param name="output">The process's standard output, on which nothing else may be written.</param>
    /// <param name="describe">An error in words, for the rows; null for its message.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task RunAsync(TextReader input, TextWriter output, Func<Exception, string>? describe = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await HearAsync(ParentLines.Read(input, stop), output, describe ?? (error => ErrorText.Of(error)), stop.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The input has ended: nobody waits for what was being heard.
        }
    }

    private static async Task HearAsync(
        ChannelReader<string> lines, TextWriter output, Func<Exception, string> describe, CancellationToken stop)
    {
        var job = CatalogueJson.Read<CatalogueJob>(await lines.ReadAsync(stop).ConfigureAwait(false));
        using var work = job.Begin(describe);
        await WriteAsync(CatalogueJson.Write(work.Recipe)).ConfigureAwait(false);
        using var oneAtATime = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(lines.ReadAllAsync(stop),
            new ParallelOptions { MaxDegreeOfParallelism = job.Threads, CancellationToken = stop },
            async (line, _) =>
            {
                var (id, song) = WorkerMessage.TryRead<CatalogueSong>(line)
                    ?? throw new InvalidDataException($"'{line}' is nothing that a {nameof(CatalogueRun)} sends.");
                var answer = WorkerMessage.Write(id, work.Hear(song, stop));
                await oneAtATime.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                try
                {
                    await WriteAsync(answer).ConfigureAwait(false);
                }
                finally
                {
                    oneAtATime.Release();
                }
            }).ConfigureAwait(false);

        async Task WriteAsync(string line)
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
