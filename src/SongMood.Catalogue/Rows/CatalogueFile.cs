using System.Runtime.CompilerServices;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace SongMood.Catalogue;

/// <summary>
/// A Parquet file of rows. Its metadata says how the rows were made and from which list, so that it can be told whether there is anything
/// left to do, and whether two files belong together. The same rows make the same bytes.
/// </summary>
internal sealed class CatalogueFile : IAsyncDisposable
{
    private const string RecipeKey = "songmood.recipe", ListKey = "songmood.list", ShardKey = "songmood.shard",
        GroupsKey = "songmood.groups";

    /// <summary>
    /// Rows that are in memory at once. A merge has a group of every shard there, so that shards have small ones; queries like large ones.
    /// </summary>
    private const int RowsOfShardGroup = 1024, RowsOfGroup = 16_384, RowsOfGroupWithVectors = 4096;

    private readonly FileStream _file;
    private readonly ParquetReader _reader;
    private readonly RowColumn[] _columns;
    private readonly IReadOnlyList<GroupDigest> _groups;

    private CatalogueFile(string path, FileStream file, ParquetReader reader)
    {
        (Path, _file, _reader) = (path, file, reader);
        var metadata = reader.CustomMetadata;
        Recipe = CatalogueJson.Read<CatalogueRecipe>(metadata[RecipeKey]);
        List = CatalogueJson.Read<ListDigest>(metadata[ListKey]);
        Shard = metadata.TryGetValue(ShardKey, out var text) && SongMood.Catalogue.Shard.TryParse(text, out var shard) ? shard : null;
        _groups = CatalogueJson.Read<GroupDigest[]>(metadata.GetValueOrDefault(GroupsKey) ?? throw new CatalogueException(
            $"{path} was written by an earlier SongMood. Name another file, or remove this one, and it is made anew."));
        if (_groups.Count != reader.RowGroupCount)
            throw new InvalidDataException($"{_groups.Count} groups of rows were written, and {reader.RowGroupCount} are there");
        _columns = RowColumns.Of(Recipe, Shard is not null);
        var schema = SchemaOf(_columns); // fields can only be read once they are part of one
        if (!schema.Equals(reader.Schema))
            throw new InvalidDataException(schema.GetNotEqualsMessage(reader.Schema, "expected", "found"));
    }

    public string Path { get; }

    public CatalogueRecipe Recipe { get; }

    public ListDigest List { get; }

    public Shard? Shard { get; }

    /// <exception cref="CatalogueException">It is no file that was written here, or is damaged.</exception>
    public static async Task<CatalogueFile> OpenAsync(string path, CancellationToken cancellation = default)
    {
        if (SpecialFile.Fault(path) is { } fault)
            throw new CatalogueException($"{path}: {fault}.");
        try
        {
            var file = File.OpenRead(path);
            try // by a path, the reader would leave a file open that is none for it
            {
                var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true, cancellationToken: cancellation)
                    .ConfigureAwait(false);
                return new CatalogueFile(path, file, reader);
            }
            catch
            {
                await file.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        // Parquet.Net throws whatever its readers stumble over.
        catch (Exception error)
            when (error is not OperationCanceledException and not OutOfMemoryException and not FileNotFoundException
                and not CatalogueException)
        {
            throw Damaged(path, error);
        }
    }

    /// <summary>The rows, a group of them in memory at a time.</summary>
    /// <exception cref="CatalogueException">The file is damaged.</exception>
    public async IAsyncEnumerable<CatalogueRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var position = 0L;
        for (var index = 0; index < _reader.RowGroupCount; index++)
        {
            foreach (var row in await ReadGroupAsync(index, cancellation).ConfigureAwait(false))
            {
                if (Shard is null)
                    row.Position = position++;
                yield return row;
            }
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">How the rows were made.</param>
    /// <param name="list">The list that they are of.</param>
    /// <param name="shard">The part of the list; null for all of it.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellation">Stops.</param>
    public static Task WriteAsync(string path, CatalogueRecipe recipe, ListDigest list, Shard? shard, IAsyncEnumerable<CatalogueRow> rows,
        CancellationToken cancellation) => AtomicFile.WriteAsync(path, async stream =>
        {
            var columns = RowColumns.Of(recipe, shard is not null);
            var rowsOfGroup = shard is not null ? RowsOfShardGroup
                : recipe.WithEmbedding || recipe.WithDescriptors ? RowsOfGroupWithVectors : RowsOfGroup;
            await using var writer = await ParquetWriter.CreateAsync(SchemaOf(columns), stream,
                new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellation).ConfigureAwait(false);
            var digests = new List<GroupDigest>();
            var group = new List<CatalogueRow>();
            await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
            {
                group.Add(row);
                if (group.Count == rowsOfGroup)
                    await WriteGroupAsync().ConfigureAwait(false);
            }
            if (group.Count > 0)
                await WriteGroupAsync().ConfigureAwait(false);
            writer.CustomMetadata = Metadata(recipe, list, shard, digests);

            async Task WriteGroupAsync()
            {
                var start = stream.Position;
                using var written = writer.CreateRowGroup();
                foreach (var column in columns)
                    await column.WriteAsync(written, group, cancellation).ConfigureAwait(false);
                written.CompleteValidate();
                digests.Add(await GroupDigest.OfAsync(stream, start, stream.Position, cancellation).ConfigureAwait(false));
                group.Clear();
            }
        });

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<CatalogueRow[]> ReadGroupAsync(int index, CancellationToken cancellation)
    {
        try
        {
            if (await GroupDigest.OfAsync(_file, _groups[index].Start, _groups[index].End, cancellation).ConfigureAwait(false)
                != _groups[index])
                throw new InvalidDataException(FormattableString.Invariant(
                    $"bytes {_groups[index].Start} to {_groups[index].End} are not what was written"));
            using var group = _reader.OpenRowGroupReader(index);
            var rows = new CatalogueRow[checked((int)group.RowCount)];
            for (var row = 0; row < rows.Length; row++)
                rows[row] = new CatalogueRow();
            foreach (var column in _columns)
                await column.ReadAsync(group, rows, cancellation).ConfigureAwait(false);
            return rows;
        }
        catch (Exception error) when (error is not OperationCanceledException and not OutOfMemoryException)
        {
            throw Damaged(Path, error);
        }
    }

    private static ParquetSchema SchemaOf(RowColumn[] columns) => new(columns.Select(column => column.Field));

    private static Dictionary<string, string> Metadata(
        CatalogueRecipe recipe, ListDigest list, Shard? shard, IReadOnlyList<GroupDigest> groups)
    {
        var metadata = new Dictionary<string, string>
        {
            [RecipeKey] = CatalogueJson.Write(recipe),
            [ListKey] = CatalogueJson.Write(list),
            [GroupsKey] = CatalogueJson.Write(groups),
        };
        if (shard is not null)
            metadata[ShardKey] = $"{shard}";
        return metadata;
    }

    private static CatalogueException Damaged(string path, Exception error) => new(
        $"{path} is no Parquet file that SongMood wrote, or it is damaged ({error.Message.ReplaceLineEndings(" ")}). Name another file, or "
        + "remove this one, and it is made anew.", error);
}
