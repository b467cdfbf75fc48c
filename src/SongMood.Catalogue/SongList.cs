using Parquet;
using Parquet.Schema;
using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>
/// Lists of songs in files: text with a path a line, m3u playlists, and Parquet files with a column <c>path</c>. They are read as they are
/// asked for, so that there may be any number of songs.
/// </summary>
public static class SongList
{
    private const string PathColumn = "path";

    /// <summary>The songs of a list.</summary>
    /// <param name="path">
    /// A file: <c>.parquet</c>; <c>.m3u</c> or <c>.m3u8</c>, whose lines that begin with # are comments and whose relative paths begin at
    /// the playlist's folder; any other is UTF-8 text with a path a line, where blank lines are no songs and relative paths begin at the
    /// current folder, as those of a Parquet file do.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CatalogueException">
    /// A Parquet file has no column of texts called <c>path</c>, or is damaged; or the list is a pipe or a device.
    /// </exception>
    public static IEnumerable<string> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no list {path}.", path);
        if (SpecialFile.Fault(path) is { } fault)
            throw new CatalogueException($"{path}: {fault}.");
        if (string.Equals(Path.GetExtension(path), ".parquet", StringComparison.OrdinalIgnoreCase))
            return ReadParquet(path);
        var folder = Path.GetDirectoryName(path)!;
        return M3uList.IsName(path) ? M3uList.Read(path).Select(song => Path.Combine(folder, song.Path))
            : Paths(File.ReadLines(path));
    }

    /// <summary>
    /// The paths in the lines of a text: blank lines, and a mark of the byte order before the first, are none. Paths that end with NUL, as
    /// <c>find -print0</c> writes them, are all in one line.
    /// </summary>
    internal static IEnumerable<string> Paths(IEnumerable<string> lines) =>
        lines.Select((line, index) => index == 0 ? line.TrimStart('\uFEFF') : line).SelectMany(line => line.Split('\0'))
            .Where(path => !string.IsNullOrWhiteSpace(path));

    private static IEnumerable<string> ReadParquet(string path)
    {
        // Parquet.Net reads asynchronously only, from a file, where nothing is waited for.
        var reader = Guarded(path, () => ParquetReader.CreateAsync(path));
        try
        {
            if (reader.Schema.DataFields.FirstOrDefault(field => field.Path.ToString() == PathColumn) is not { } field
                || field.ClrType != typeof(ReadOnlyMemory<char>))
                throw new CatalogueException($"{path} has no column '{PathColumn}' of texts; its columns are "
                    + $"{string.Join(", ", reader.Schema.Fields.Select(each => each.Name))}.");
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                foreach (var song in Guarded(path, () => ReadGroupAsync(reader, field, group)))
                    yield return song;
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static async Task<string[]> ReadGroupAsync(ParquetReader reader, DataField field, int index)
    {
        using var group = reader.OpenRowGroupReader(index);
        var count = checked((int)group.RowCount);
        var (values, levels) = (new ReadOnlyMemory<char>[count], new int[count]);
        await group.ReadRawAsync<ReadOnlyMemory<char>>(field, values, field.MaxDefinitionLevel > 0 ? levels : default(Memory<int>?),
            null, default)
            .ConfigureAwait(false);
        return [.. values.Take(field.MaxDefinitionLevel > 0 ? levels.Count(level => level > 0) : count).Select(text => text.ToString())];
    }

    private static T Guarded<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new CatalogueException($"{path} is no Parquet file, or it is damaged ({error.Message.ReplaceLineEndings(" ")}).", error);
        }
    }
}
