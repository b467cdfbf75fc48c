using System.Buffers;
using System.IO.Compression;
using Microsoft.ML;

namespace SongMood.Scoring;

/// <summary>
/// Looks through a model file before anything of it is unpacked: how much it would become, and which components it asks for. ML.NET reads
/// whole entries into memory, loads whichever assembly an entry names, and calls itself for each folder within a folder.
/// </summary>
internal static class ModelZip
{
    public const int MostEntries = 10_000;
    public const long MostBytes = 1L << 30; // of the file, and of what it unpacks to
    public const int ShortestZip = 22; // the record at its end (PKWARE's APPNOTE, 4.3.16)
    public const int MostFolders = 32; // within one another: each costs the loader a piece of the stack

    // A trained network hardly gets smaller in a zip; a list of words or trees becomes a tenth.
    public const int MostGrowth = 100;
    private const long SmallEntry = 1 << 20;

    private static readonly SearchValues<char> FolderEnds = SearchValues.Create('/', '\\');
    private const string HeaderEntry = "Model.key";

    // What runs a graph or code of its own, which nothing here has looked at.
    private static readonly string[] Refused =
        ["Microsoft.ML.OnnxTransformer", "Microsoft.ML.TensorFlow", "Microsoft.ML.TorchSharp", "Microsoft.ML.Vision"];

    /// <exception cref="InvalidDataException">It is no zip, or more than a model has reason to be.</exception>
    public static void Check(Stream stream)
    {
        if (stream.Length < ShortestZip)
            throw new InvalidDataException($"the file has {Plural.Of(stream.Length, "byte")}, and no zip has so few");
        Need(stream.Length <= MostBytes, $"the file has {stream.Length:N0} bytes", $"{MostBytes:N0}");
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        Need(zip.Entries.Count <= MostEntries, $"it has {zip.Entries.Count:N0} entries", $"{MostEntries:N0}");
        long packed = 0, unpacked = 0;
        foreach (var entry in zip.Entries)
        {
            var depth = entry.FullName.AsSpan().CountAny(FolderEnds);
            Need(depth <= MostFolders, $"an entry is {depth} folders deep", $"{MostFolders}");
            Need(entry.CompressedLength >= 0 && entry.CompressedLength <= stream.Length,
                $"'{entry.FullName}' is said to be {entry.CompressedLength:N0} bytes packed", $"the file's {stream.Length:N0}");
            Need(entry.Length >= 0 && entry.Length <= Math.Max(SmallEntry, MostGrowth * entry.CompressedLength),
                $"'{entry.FullName}' would grow from {entry.CompressedLength:N0} to {entry.Length:N0} bytes",
                $"{MostGrowth} times its size");
            (packed, unpacked) = (packed + entry.CompressedLength, unpacked + entry.Length);
            Need(unpacked <= MostBytes, $"it would unpack to more than {unpacked:N0} bytes", $"{MostBytes:N0}");
        }
        // Entries that share their packed bytes would pass one by one.
        Need(packed <= stream.Length, $"its entries are said to be {packed:N0} bytes packed", $"the file's {stream.Length:N0}");
        foreach (var header in zip.Entries.Where(IsHeader))
            CheckComponent(header);
        stream.Position = 0;
    }

    // By the full name: ML.NET looks for an entry with '/' and then with '\', but ZipArchiveEntry.Name splits only where the system that
    // made the zip would have.
    private static bool IsHeader(ZipArchiveEntry entry) =>
        entry.FullName.AsSpan(entry.FullName.AsSpan().LastIndexOfAny(FolderEnds) + 1)
            .Equals(HeaderEntry, StringComparison.OrdinalIgnoreCase);

    private static void CheckComponent(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using (var packed = entry.Open())
            packed.CopyTo(bytes);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        ModelHeader.BeginRead(out _, out _, out _, out var assembly, reader);
        var name = assembly?.Split(',')[0].Trim() ?? "";
        if (Refused.Contains(name) || (name.Length > 0 && !IsOrWithin(name, "Microsoft.ML") && !IsOrWithin(name, "SongMood")))
            throw new InvalidDataException(
                $"'{entry.FullName}' asks for a component of {name}, which a mood model has no need of; those of "
                + "SongMood and ML.NET's own that run no foreign code or graphs are loaded. Where you trust the file, "
                + "mlContext.Model.Load loads any");
    }

    private static bool IsOrWithin(string assembly, string family) =>
        assembly == family || assembly.StartsWith(family + ".", StringComparison.Ordinal);

    private static void Need(bool holds, FormattableString found, FormattableString most)
    {
        if (!holds)
            throw new InvalidDataException(
                FormattableString.Invariant(found) + $"; at most {FormattableString.Invariant(most)} is taken for a model");
    }
}
