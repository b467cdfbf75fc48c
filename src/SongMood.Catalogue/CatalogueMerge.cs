using System.Runtime.CompilerServices;

namespace SongMood.Catalogue;

/// <summary>
/// Puts the shards of a list together, in the order of the list: what comes out is, byte for byte, what one run over all songs would have
/// written.
/// </summary>
public sealed class CatalogueMerge : IAsyncDisposable
{
    private readonly string _path;
    private readonly IReadOnlyList<CatalogueFile> _shards;

    private CatalogueMerge(string path, IReadOnlyList<CatalogueFile> shards) => (_path, _shards) = (path, shards);

    /// <summary>How many shards there are.</summary>
    public int ShardCount => _shards.Count;

    internal CatalogueRecipe Recipe => _shards[0].Recipe;

    /// <summary>Opens all shards of a file.</summary>
    /// <param name="path">The file that is to be, as it was named to the runs (<see cref="CatalogueRun"/>).</param>
    /// <param name="shardCount">How many shards there are, 1 to 100,000; null where there are those of one number alone.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of shards is out of range.</exception>
    /// <exception cref="CatalogueException">
    /// A shard is missing or damaged, or they do not fit together: made by different models, options or versions, or from different lists.
    /// </exception>
    public static async Task<CatalogueMerge> OpenAsync(
        string path, int? shardCount = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (shardCount is < 1 or > Shard.MostShards)
            throw new ArgumentOutOfRangeException(nameof(shardCount), shardCount, $"Expected 1 to {Shard.MostShards} shards.");
        var asked = ShardsThere(path, shardCount);
        var shards = new List<CatalogueFile>();
        try
        {
            foreach (var shard in asked)
                shards.Add(await CatalogueFile.OpenAsync(ShardFiles.PathOf(path, shard), cancellationToken).ConfigureAwait(false));
            foreach (var (shard, file) in asked.Zip(shards))
            {
                CheckSame(shards[0], file);
                if (file.Shard != shard)
                    throw new CatalogueException($"{file.Path} holds {(file.Shard is { } held ? $"shard {held}" : "no shard")}, by what "
                        + $"stands in it: it was copied or renamed. Run shard {shard} again (CatalogueOptions.Shard, or --shard {shard}), "
                        + "which writes over it.");
            }
            return new CatalogueMerge(path, shards);
        }
        catch
        {
            await CloseAsync(shards).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Writes the file, whole or not at all. Its name says what it is: predictions are written as <c>.parquet</c>, <c>.jsonl</c>
    /// (docs/json.md), <c>.json</c> (the same) or <c>.csv</c>; features to learn from as <c>.parquet</c>, <c>.csv</c>, or, by any other
    /// name, in ML.NET's binary format.
    /// </summary>
    /// <param name="failed">Told of each song that has an error, in the order of the list.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArgumentException">The name says no such format, or the format has no place for what the shards hold.</exception>
    /// <exception cref="CatalogueException">A shard is damaged, or a song is missing; or a song without features is to be learnt
    /// from.</exception>
    public async Task<CatalogueReport> WriteAsync(
        IProgress<FailedSong>? failed = null, CancellationToken cancellationToken = default)
    {
        var format = MergedFile.FormatOf(Recipe.Content, _path);
        AtomicFile.DeleteRemains(_path);
        var count = new RowCount(failed);
        await (format == "parquet"
            ? CatalogueFile.WriteAsync(
                _path, Recipe, _shards[0].List, shard: null, RowsAsync(count, cancellationToken), cancellationToken)
            : MergedFile.WriteAsync(this, count, _path, cancellationToken)).ConfigureAwait(false);
        return count.Report(_path);
    }

    /// <summary>The rows of all shards, in the order of the list.</summary>
    /// <param name="count">Counts them.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="CatalogueException">A shard is damaged, or a song is missing.</exception>
    internal async IAsyncEnumerable<CatalogueRow> RowsAsync(
        RowCount count, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var next = new PriorityQueue<IAsyncEnumerator<CatalogueRow>, long>();
        var open = _shards.Select(shard => shard.RowsAsync(cancellation).GetAsyncEnumerator(cancellation)).ToArray();
        try
        {
            foreach (var rows in open)
                if (await rows.MoveNextAsync().ConfigureAwait(false))
                    next.Enqueue(rows, rows.Current.Position);
            while (next.TryDequeue(out var rows, out var position))
            {
                if (position != count.SongCount)
                    throw NotWhole(count.SongCount);
                count.Add(rows.Current);
                yield return rows.Current;
                if (await rows.MoveNextAsync().ConfigureAwait(false))
                    next.Enqueue(rows, rows.Current.Position);
            }
            if (count.SongCount != _shards[0].List.SongCount)
                throw NotWhole(count.SongCount);
        }
        finally
        {
            foreach (var rows in open)
                await rows.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes the shards.</summary>
    public ValueTask DisposeAsync() => CloseAsync(_shards);

    private static async ValueTask CloseAsync(IEnumerable<CatalogueFile> shards)
    {
        foreach (var shard in shards)
            await shard.DisposeAsync().ConfigureAwait(false);
    }

    private static Shard[] ShardsThere(string path, int? shardCount)
    {
        var folder = ShardFiles.FolderOf(path);
        Shard[] there = [.. ShardFiles.Find(path)];
        if (there.Length == 0)
            throw new CatalogueException($"There are no shards of {path}: the folder {folder} has none. Name the file that was named to "
                + "the runs (CatalogueRun, or --out).");
        int[] counts = [.. there.Select(shard => shard.Count).Distinct().Order()];
        if (shardCount is null && counts.Length > 1)
            throw new CatalogueException($"{folder} has shards of {string.Join(" and of ", counts)}: say which to merge "
                + $"(shardCount, or --shards {counts[^1]}), or remove the others.");
        var count = shardCount ?? counts[0];
        Shard[] all = [.. Enumerable.Range(1, count).Select(number => new Shard(number, count))];
        Shard[] missing = [.. all.Except(there)];
        return missing.Length == 0 ? all
            : throw new CatalogueException($"{missing.Length} of {count} shards of {path} are missing: "
                + $"{string.Join(", ", missing.Select(shard => Describe(path, shard)))}. Run them again "
                + $"(CatalogueOptions.Shard, or --shard {missing[0]}): what is done of them is not done again.");
    }

    private static string Describe(string path, Shard shard)
    {
        var journal = ShardFiles.JournalOf(ShardFiles.PathOf(path, shard));
        if (!File.Exists(journal))
            return $"{shard}";
        try
        {
            return $"{shard} ({Plural.Of(Math.Max(0, File.ReadLines(journal).Count() - 1), "song")} done)"; // the first line is the recipe
        }
        catch (IOException)
        {
            return $"{shard} (under way)"; // a run has it locked
        }
    }

    private static void CheckSame(CatalogueFile first, CatalogueFile other)
    {
        if (CatalogueJson.Write(first.Recipe) != CatalogueJson.Write(other.Recipe))
            throw new CatalogueException($"{other.Path} was made in another way than {first.Path}: by another model, with other options or "
                + "by another version of SongMood. Run it again like the others.");
        if (first.List != other.List)
            throw new CatalogueException($"{other.Path} is of another list of songs than {first.Path} "
                + $"({Plural.Of(other.List.SongCount, "song")}, not {first.List.SongCount}, or other names or another order). "
                + "Run all shards again on one list: what is done is not done again.");
    }

    private CatalogueException NotWhole(long position) => new(
        $"The song at place {position} of the list is in none of the shards in {ShardFiles.FolderOf(_path)}, or in two. Run all of them "
        + "again on one list.");

    /// <summary>Counts rows as they pass.</summary>
    internal sealed class RowCount(IProgress<FailedSong>? failed)
    {
        public long SongCount { get; private set; }

        public long FailedCount { get; private set; }

        public void Add(CatalogueRow row)
        {
            SongCount++;
            if (row.Error is null)
                return;
            FailedCount++;
            failed?.Report(new FailedSong(row.Path, row.Error));
        }

        public CatalogueReport Report(string path) =>
            new() { Path = path, SongCount = SongCount, FailedCount = FailedCount, DoneBefore = SongCount };
    }
}
