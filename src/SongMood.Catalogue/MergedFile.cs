using SongMood.Reports;
using SongMood.Similarity;

namespace SongMood.Catalogue;

/// <summary>What shards become that is no Parquet file, by what they hold and the name of the file.</summary>
internal static class MergedFile
{
    /// <summary>parquet, csv, json, idv (ML.NET's own) or index.</summary>
    /// <exception cref="ArgumentException">The name says none.</exception>
    public static string FormatOf(CatalogueContent content, string path) => content switch
    {
        CatalogueContent.Predictions => ResultName.FormatOf(path),
        CatalogueContent.Features => ResultName.FeatureFormatOf(path),
        _ => "index",
    };

    public static Task WriteAsync(CatalogueMerge merge, CatalogueMerge.RowCount count, string path, CancellationToken cancellation) =>
        (merge.Recipe.Content, FormatOf(merge.Recipe.Content, path)) switch
        {
            (CatalogueContent.Index, _) => WriteIndexAsync(merge.Recipe, merge.RowsAsync(count, cancellation), path),
            (CatalogueContent.Features, "idv") => FeatureRows.WriteFeatureFileAsync(merge, count, path, cancellation),
            (CatalogueContent.Features, _) => WriteTextAsync(path, text => WriteFeaturesAsync(merge, count, text, cancellation)),
            (_, var format) => WriteTextAsync(path, text => WritePredictionsAsync(merge, count, text, format, cancellation)),
        };

    private static async Task WriteFeaturesAsync(
        CatalogueMerge merge, CatalogueMerge.RowCount count, TextWriter text, CancellationToken cancellation)
    {
        using var writer = new FeatureCsvWriter(text, merge.Recipe);
        await foreach (var row in merge.RowsAsync(count, cancellation).ConfigureAwait(false))
            writer.Write(row);
    }

    private static async Task WritePredictionsAsync(
        CatalogueMerge merge, CatalogueMerge.RowCount count, TextWriter text, string format, CancellationToken cancellation)
    {
        var moods = merge.Recipe.Moods;
        using var writer = format == "csv" ? PredictionWriter.Csv(text, moods) : PredictionWriter.Json(text, merge.Recipe.WithEmbedding);
        await foreach (var row in merge.RowsAsync(count, cancellation).ConfigureAwait(false))
            writer.Write(new PredictedSong(row.Path) { Prediction = row.ToPrediction(moods), Error = row.Error });
    }

    private static async Task WriteIndexAsync(CatalogueRecipe recipe, IAsyncEnumerable<CatalogueRow> rows, string path)
    {
        var index = new SongIndex(recipe.Model, recipe.EmbeddingSize);
        await foreach (var row in rows.ConfigureAwait(false))
            if (row.ToPrediction(recipe.Moods) is { } prediction)
                index.Add(row.Path, prediction);
        if (index.Songs.Count == 0)
            throw new ArgumentException("None of the songs could be read: no index is written.");
        index.Save(path);
    }

    private static Task WriteTextAsync(string path, Func<TextWriter, Task> write) => AtomicFile.WriteAsync(path, async stream =>
    {
        await using var text = new StreamWriter(stream, leaveOpen: true);
        await write(text).ConfigureAwait(false);
    });
}
