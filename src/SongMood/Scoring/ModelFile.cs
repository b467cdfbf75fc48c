using System.IO.Compression;
using Microsoft.ML;

namespace SongMood.Scoring;

/// <summary>Model zips: written so that files can be compared, read with errors of ours.</summary>
internal static class ModelFile
{
    // The earliest that a zip can say (PKWARE's APPNOTE, 4.4.6: years are counted from 1980).
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes a model as <c>mlContext.Model.Save</c> does, but for the time of day, which ML.NET puts beside every entry of the zip: one
    /// model gives the same bytes whenever it is saved, so that files can be compared by their hash.
    /// </summary>
    /// <param name="context">Whose ML.NET writes the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns that it is applied to, or null.</param>
    /// <param name="stream">Where the zip is written. It stays open.</param>
    /// <param name="besides">Entries of the zip that ML.NET passes over.</param>
    public static void Save(MLContext context, ITransformer model, DataViewSchema? inputSchema, Stream stream,
        params IEnumerable<(string Name, byte[] Content)> besides)
    {
        using var zip = new MemoryStream();
        context.Model.Save(model, inputSchema, zip);
        zip.Position = 0;
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var (name, content) in besides)
                using (var entry = archive.CreateEntry(name).Open())
                    entry.Write(content);
            foreach (var entry in archive.Entries)
                entry.LastWriteTime = NoTime;
        }
        zip.WriteTo(stream);
    }

    /// <summary>Whether an entry of a model zip says which ML.NET wrote it.</summary>
    public static bool SaysVersion(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/') == "TrainingInfo/Version.txt";

    /// <summary>An entry of a model zip that ML.NET passes over; null where it has none of this name.</summary>
    /// <exception cref="InvalidDataException">It is larger than it has reason to be.</exception>
    public static byte[]? ReadEntry(Stream stream, string name, int mostBytes)
    {
        stream.Position = 0;
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.GetEntry(name) is not { } entry)
            return null;
        if (entry.Length > mostBytes)
            throw new InvalidDataException($"{name} in it has {entry.Length} bytes; at most {mostBytes} are taken");
        using var content = entry.Open();
        var bytes = new byte[entry.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Opens a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="purpose">What it is wanted for, for the error that there is none; such as " to start from".</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is a pipe or a device.</exception>
    public static FileStream Open(string path, string purpose = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"There is no model file {path}{purpose}{(Directory.Exists(path) ? ": that is a folder" : "")}.", path);
        return SpecialFile.Fault(path) is { } fault ? throw new MoodModelException($"{path}: {fault}.") : File.OpenRead(path);
    }

    /// <summary>Reads a model zip, whatever pipeline it holds; <paramref name="name"/> stands in the errors.</summary>
    /// <exception cref="MoodModelException">It is no model that ML.NET can load, or its input columns are missing.</exception>
    public static (ITransformer Model, DataViewSchema InputSchema) Read(MLContext context, Stream stream, string name)
    {
        return Guard(name, () =>
        {
            ModelZip.Check(stream);
            var model = context.Model.Load(stream, out var inputSchema);
            if (inputSchema is null)
                throw new MoodModelException(
                    $"{name}: the model was saved without its input columns. Save it with mlContext.Model.Save(model, inputSchema, ...).");
            return (model, inputSchema);
        });
    }

    /// <summary>Does something with a model file, whose faults show as one kind of error whatever stumbles over them.</summary>
    /// <exception cref="MoodModelException">It failed.</exception>
    public static T Guard<T>(string name, Func<T> use)
    {
        try
        {
            return use();
        }
        // ML.NET has no exception type of its own for a bad file: it throws whatever its readers stumble over, which for a length that is
        // none is that there is not so much memory.
        catch (Exception error) when (error is not MoodModelException)
        {
            if (Trimming.HasCutLoaders)
                throw new MoodModelException(Trimming.Advice, error);
            if (Innermost(error) is IOException or UnauthorizedAccessException && TemporaryFolderFault() is { } fault)
                throw new MoodModelException($"{name} cannot be unpacked: ML.NET does so in the folder for temporary files, "
                    + $"{Path.GetTempPath()}, and nothing can be written there ({fault}). Name another folder in "
                    + $"{(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR")}.", error);
            throw new MoodModelException($"{name} is no model that can be used: expected a zip written by 'songmood train' or "
                + $"mlContext.Model.Save. ({Innermost(error).Message})", error);
        }
    }

    /// <summary>Why nothing can be written to the folder for temporary files, or null.</summary>
    private static string? TemporaryFolderFault()
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
            file.Write(new byte[4096]); // a full disk takes the name of a file
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
