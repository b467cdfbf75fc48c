using System.IO.Compression;
using Microsoft.ML;

namespace SongMood.Scoring;

/// <summary>
/// Writes a model as <c>mlContext.Model.Save</c> does, but for the time of day, which ML.NET puts beside every entry of the zip: one model
/// gives the same bytes whenever it is saved, so that files can be compared by their hash.
/// </summary>
internal static class ModelFile
{
    // The earliest that a zip can say (PKWARE's APPNOTE, 4.4.6: years are counted from 1980).
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="context">Whose ML.NET writes the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns that it is applied to, or null.</param>
    /// <param name="stream">Where the zip is written. It stays open.</param>
    public static void Save(MLContext context, ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        using var zip = new MemoryStream();
        context.Model.Save(model, inputSchema, zip);
        zip.Position = 0;
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var entry in archive.Entries)
                entry.LastWriteTime = NoTime;
        zip.WriteTo(stream);
    }
}
