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
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task RunAsync(TextReader input, TextWriter output, Func<Exception, string>? describe = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        await ParentLines.AnswerAsync(input, output, (lines, writeAsync, stop) =>
            HearAsync(lines, writeAsync, describe ?? (error => ErrorText.Of(error)), stop), cancellationToken).ConfigureAwait(false);
    }

    private static async Task HearAsync(
        ChannelReader<string> lines, Func<string, Task> writeAsync, Func<Exception, string> describe, CancellationToken stop)
    {
        var job = CatalogueJson.Read<CatalogueJob>(await lines.ReadAsync(stop).ConfigureAwait(false));
        using var work = job.Begin(describe);
        await writeAsync(CatalogueJson.Write(work.Recipe)).ConfigureAwait(false);
        await Parallel.ForEachAsync(lines.ReadAllAsync(stop),
            new ParallelOptions { MaxDegreeOfParallelism = job.Threads, CancellationToken = stop },
            async (line, _) =>
            {
                var (id, song) = WorkerMessage.TryRead<CatalogueSong>(line)
                    ?? throw new InvalidDataException($"'{line}' is nothing that a {nameof(CatalogueRun)} sends.");
                await writeAsync(WorkerMessage.Write(id, work.Hear(song, stop))).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }
}
