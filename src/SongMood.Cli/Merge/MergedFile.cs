using System.Text;
using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
using SongMood.Cli.Extract;
using SongMood.Cli.Predict;
using SongMood.Similarity;

namespace SongMood.Cli.Merge;

/// <summary>What shards become, by what they hold and the name of the file.</summary>
internal static class MergedFile
{
    public static async Task<CatalogueReport> WriteAsync(
        CatalogueMerge merge, string path, IProgress<FailedSong> failed, CancellationToken cancellation)
    {
        var content = merge.Recipe.Content;
        var format = content == CatalogueContent.Predictions ? ResultName.FormatOf(path)
            : content == CatalogueContent.Features ? ResultName.FeatureFormatOf(path) : "index";
        if (format == "parquet")
            return await merge.WriteParquetAsync(failed, cancellation);
        var count = new CatalogueMerge.RowCount(failed);
        if (format == "idv")
            await FeatureRows.WriteFeatureFileAsync(merge, count, path, cancellation);
        else if (format == "index")
            await WriteIndexAsync(merge.Recipe, merge.RowsAsync(count, cancellation), path);
        else if (content == CatalogueContent.Features)
            await FeatureTableFile.WriteCsvAsync(merge, count, path, cancellation);
        else
            await AtomicFile.WriteAsync(path, async stream =>
            {
                await using var writer =
                    new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                await WritePredictionsAsync(merge.Recipe, merge.RowsAsync(count, cancellation), writer, format);
            });
        return count.Report(path);
    }

    /// <summary>As 'songmood predict' writes them.</summary>
    private static async Task WritePredictionsAsync(
        CatalogueRecipe recipe, IAsyncEnumerable<CatalogueRow> rows, TextWriter text, string format)
    {
        IPredictionWriter writer = format == "csv"
            ? new CsvPredictionWriter(text, recipe.Moods, ofRows: false)
            : new JsonPredictionWriter(text, new PredictRequest(format) { Embedding = recipe.WithEmbedding });
        await foreach (var row in rows)
            writer.Write(new SongPrediction(row.Path, row.ToPrediction(recipe.Moods), row.Error));
        writer.End();
    }

    /// <summary>As 'songmood index' writes it.</summary>
    private static async Task WriteIndexAsync(CatalogueRecipe recipe, IAsyncEnumerable<CatalogueRow> rows, string path)
    {
        var index = new SongIndex(recipe.Model, recipe.EmbeddingSize);
        await foreach (var row in rows)
            if (row.ToPrediction(recipe.Moods) is { } prediction)
                index.Add(row.Path, prediction);
        if (index.Songs.Count == 0)
            throw new ArgumentException("None of the songs could be read: no index is written.");
        index.Save(path);
    }
}
