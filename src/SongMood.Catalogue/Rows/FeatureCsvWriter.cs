using System.Globalization;
using CsvHelper;
using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>RFC 4180 with the columns path, mood, group, one a feature, and error.</summary>
internal sealed class FeatureCsvWriter : IDisposable
{
    private readonly CsvWriter _csv;
    private readonly int _featureCount;

    /// <exception cref="ArgumentException">A spectrogram has no columns.</exception>
    public FeatureCsvWriter(TextWriter output, CatalogueRecipe recipe)
    {
        if (!CanWrite(recipe.Inputs))
            throw NoColumns();
        _featureCount = recipe.DescriptorNames.Length;
        _csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        _csv.WriteRecord(["path", "mood", "group", .. recipe.DescriptorNames, "error"]);
    }

    public static bool CanWrite(SongInput? inputs) =>
        inputs is SongInput.Descriptors or SongInput.Embedding;

    public static ArgumentException NoColumns() => new(
        "A CSV has no columns for a mel spectrogram, whose length varies: write Parquet, by a name such as features.parquet.");

    public void Write(CatalogueRow row)
    {
        var values = row.Descriptors?.Select(value => value.ToString(CultureInfo.InvariantCulture))
            ?? Enumerable.Repeat("", _featureCount);
        _csv.WriteRecord([row.Path, row.Mood ?? "", row.Group ?? "", .. values, row.Error ?? ""]);
    }

    public void Dispose() => _csv.Dispose();
}
