using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SongMood.Catalogue;

/// <summary>
/// The rows that are done, as they come: a line of JSON each, behind one with the recipe. Whatever process is killed, only songs that were
/// being heard are lost. In memory is only where each row stands.
/// </summary>
internal sealed class CatalogueJournal : IDisposable
{
    private readonly LineFile _file;
    private readonly Dictionary<UInt128, Entry> _entries = [];

    /// <param name="path">The file, which need not be there.</param>
    /// <param name="recipe">How the rows are made. Those of another recipe are of no use.</param>
    /// <exception cref="CatalogueException">Another process works on the same file, or it is no journal.</exception>
    public CatalogueJournal(string path, CatalogueRecipe recipe)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        try
        {
            _file = new LineFile(path);
        }
        catch (IOException error)
        {
            throw new CatalogueException($"{path} cannot be opened ({error.Message.TrimEnd('.')}). If another process works on the same "
                + "shard, let it end.", error);
        }
        try
        {
            Read(CatalogueJson.Write(recipe));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Adds a row, in place of one of the same path.</summary>
    /// <returns>Its place.</returns>
    public long Add(CatalogueRow row)
    {
        var place = _file.Append(CatalogueJson.Write(row), toDisk: false);
        _entries[KeyOf(row.Path)] = new Entry(place, row.FileState, row.Error is not null);
        return place;
    }

    public bool Contains(string path) => _entries.ContainsKey(KeyOf(path));

    /// <summary>The place of a song's row, and whether it is an error, if the file is as it was.</summary>
    public (long Place, bool HasFailed)? Find(CatalogueSong song) =>
        _entries.TryGetValue(KeyOf(song.Path), out var entry) && entry.File == FileState.Of(song.FilePath)
            ? (entry.Place, entry.HasFailed) : null;

    public CatalogueRow Read(long place) => CatalogueJson.Read<CatalogueRow>(_file.Read(place));

    public void Dispose() => _file.Dispose();

    /// <summary>Takes the file away: its rows stand elsewhere.</summary>
    public void Delete()
    {
        if (OperatingSystem.IsWindows()) // where no open file can be taken away
            _file.Dispose();
        File.Delete(Path); // before another run can open it, and work into a file that has no name any more
        _file.Dispose();
    }

    private void Read(string recipe)
    {
        if (!_file.IsEmptyOrBegins('{'))
            throw new CatalogueException($"{Path} is no journal of SongMood's: it would be written over. Move it away.");
        var isFirst = true;
        foreach (var (place, line) in _file.ReadAll())
        {
            if (isFirst && line != recipe)
                break;
            if (!isFirst)
            {
                var row = Parse(line, place);
                _entries[KeyOf(row.Path)] = new Entry(place, row.FileState, row.Error is not null);
            }
            isFirst = false;
        }
        if (isFirst)
        {
            _file.Clear();
            _file.Append(recipe, toDisk: false);
        }
    }

    private CatalogueRow Parse(string line, long place)
    {
        try
        {
            return CatalogueJson.Read<CatalogueRow>(line);
        }
        catch (JsonException error)
        {
            throw new CatalogueException(
                $"{Path}, byte {place}: this is no row that SongMood wrote. Remove the file to begin anew.", error);
        }
    }

    /// <summary>Half of a SHA-256: two paths never share it.</summary>
    private static UInt128 KeyOf(string path) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    private readonly record struct Entry(long Place, FileState File, bool HasFailed);
}
