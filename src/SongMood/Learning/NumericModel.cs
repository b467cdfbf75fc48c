using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>
/// A model of numbers that come with a song, such as <see cref="MoodLearning"/> makes of columns: its zip holds their names. It predicts
/// the rows of tables. One thread at a time.
/// </summary>
/// <example>
/// <code>
/// using var model = NumericModel.TryOpen("tabular.zip")!;
/// var rows = model.ReadTable("tracks.csv");
/// float[][] probabilities = model.Score(rows.Select(row => row.Features));
/// </code>
/// </example>
public sealed class NumericModel : IDisposable
{
    private readonly MLContext _context;
    private readonly ITransformer _model;

    private NumericModel(MLContext context, ITransformer model, string[] columns, IReadOnlyList<string> moods) =>
        (_context, _model, Columns, Moods) = (context, model, columns, moods);

    /// <summary>The names of the numbers, in the order in which it takes them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The moods that it tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>Opens a model zip; null where it holds another kind of model, such as one that listens to songs.</summary>
    /// <param name="path">The zip.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is no model, or asks for more than models have reason to.</exception>
    public static NumericModel? TryOpen(string path)
    {
        var context = new MLContext();
        using var stream = ModelFile.Open(path);
        var (model, schema) = ModelFile.Read(context, stream, path);
        if (ColumnsOf(schema) is { } columns && MoodModel.TryGetMoods(model.GetOutputSchema(schema), out _, out var moods))
            return new NumericModel(context, model, columns, moods);
        (model as IDisposable)?.Dispose();
        return null;
    }

    /// <summary>The rows of a table that has <see cref="Columns"/>; it needs no moods.</summary>
    /// <param name="csvPath">A CSV file, as <see cref="LabelledSongs.Read"/> takes them.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="LabelledDataException">The table lacks a column, or has a cell that is no number.</exception>
    public IReadOnlyList<LabelledSong> ReadTable(string csvPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(csvPath);
        var options = new LabelledSongsOptions { RequireAudio = false, RequireMood = false, FeatureColumns = Columns };
        return File.Exists(csvPath) ? LabelFile.Read(csvPath, options).Songs
            : throw new FileNotFoundException($"There is no table {csvPath}.", csvPath);
    }

    /// <summary>The probabilities of the moods for each row of numbers, in the order of <see cref="Moods"/>.</summary>
    /// <param name="rows">The numbers of each row, in the order of <see cref="Columns"/>. NaN in a row makes its probabilities NaN.</param>
    /// <exception cref="ArgumentException">A row has another count of numbers.</exception>
    public float[][] Score(IEnumerable<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        float[][] all = [.. rows];
        if (all.FirstOrDefault(row => row.Length != Columns.Count) is { } other)
            throw new ArgumentException(
                $"A row has {Plural.Of(other.Length, "number")}; expected {Columns.Count}: {string.Join(", ", Columns)}.", nameof(rows));
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnName = LearningRecipe.FeatureColumn;
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns.Count);
        var view = _context.Data.LoadFromEnumerable(all.Select(row => new Row { Features = row }).ToArray(), schema);
        return [.. _model.Transform(view).GetColumn<float[]>(ScoreColumns.Score)];
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => (_model as IDisposable)?.Dispose();

    /// <summary>The names of the numbers that a model's input has; null where it has none.</summary>
    internal static string[]? ColumnsOf(DataViewSchema schema) =>
        schema.GetColumnOrNull(LearningRecipe.FeatureColumn) is { } column && ColumnNames.OfSlots(column) is { Length: > 0 } names
            ? names : null;

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
