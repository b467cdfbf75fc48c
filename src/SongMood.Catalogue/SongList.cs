using System.Text;
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
    private const int LongestPath = 4096; // on Linux, with the NUL at its end

    /// <summary>The songs of a list.</summary>
    /// <param name="path">
    /// A file: <c>.parquet</c>; <c>.m3u</c> or <c>.m3u8</c>, whose lines that begin with # are comments and whose relative paths begin at
    /// the playlist's folder; any other is UTF-8 text with a path a line, or with a NUL behind each path, where blank lines are no songs
    /// and relative paths begin at the current folder, as those of a Parquet file do.
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
        return M3uList.IsName(path) ? M3uList.Read(path).Select(song => Path.Combine(folder, song.Path)) : ReadText(path);
    }

    /// <summary>
    /// The paths in a text, a line each; or each ending with NUL, as <c>find -print0</c> writes them, and then names may have line breaks.
    /// Blank lines, and a mark of the byte order before the first, are no paths.
    /// </summary>
    /// <param name="text">The text, which is read as paths are asked for.</param>
    /// <param name="isTyped">Whether a person types it, so that no more than a line can be waited for.</param>
    internal static IEnumerable<string> Paths(TextReader text, bool isTyped = false) =>
        Pieces(text, isTyped).Select((piece, index) => index == 0 ? piece.TrimStart('\uFEFF') : piece)
            .Where(path => !string.IsNullOrWhiteSpace(path));

    private static IEnumerable<string> Pieces(TextReader text, bool isTyped)
    {
        var buffer = new char[LongestPath];
        var piece = new StringBuilder();
        bool? hasLines = isTyped ? true : null;
        while (Next(text, buffer, isTyped) is { Length: > 0 } letters)
        {
            hasLines ??= !letters.Contains('\0'); // the first path ends in them
            foreach (var letter in letters)
            {
                if (letter != '\0' && !(hasLines.Value && letter is '\n' or '\r'))
                {
                    piece.Append(letter);
                    continue;
                }
                yield return piece.ToString();
                piece.Clear();
            }
        }
        yield return piece.ToString();
    }

    /// <summary>What can be read without waiting for more than there is; empty at the end.</summary>
    private static string Next(TextReader text, char[] buffer, bool isTyped) =>
        !isTyped ? new string(buffer, 0, text.Read(buffer, 0, buffer.Length)) : text.ReadLine() is { } line ? line + '\n' : "";

    private static IEnumerable<string> ReadText(string path)
    {
        using var text = new StreamReader(path);
        foreach (var song in Paths(text))
            yield return song;
    }

    private static IEnumerable<string> ReadParquet(string path)
    {
        // Parquet.Net reads asynchronously only, from a file, where nothing is waited for.
        using var file = File.OpenRead(path); // by a path, the reader would leave a file open that is none for it
        var reader = Guarded(path, () => ParquetReader.CreateAsync(file, leaveStreamOpen: true));
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
