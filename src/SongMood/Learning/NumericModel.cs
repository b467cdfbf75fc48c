using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>
/// A model of numbers that come with a song, such as <see cref="MoodLearning"/> makes of columns: its zip holds their names.
/// </summary>
internal sealed class NumericModel : IDisposable
{
    private readonly MLContext _context;
    private readonly ITransformer _model;

    private NumericModel(MLContext context, ITransformer model, string[] columns, IReadOnlyList<string> moods) =>
        (_context, _model, Columns, Moods) = (context, model, columns, moods);

    /// <summary>The names of the numbers, in the order in which it takes them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The moods that it tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>Opens a model zip; null where it holds another kind of model.</summary>
    /// <exception cref="MoodModelException">It is no model.</exception>
    public static NumericModel? TryOpen(string path)
    {
        var context = new MLContext();
        using var stream = File.OpenRead(path);
        var (model, schema) = ModelFile.Read(context, stream, path);
        if (ColumnsOf(schema) is { } columns && MoodModel.TryGetMoods(model.GetOutputSchema(schema), out _, out var moods))
            return new NumericModel(context, model, columns, moods);
        (model as IDisposable)?.Dispose();
        return null;
    }

    /// <summary>The probabilities of the moods for each row of numbers.</summary>
    public float[][] Score(IEnumerable<float[]> rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnName = LearningRecipe.FeatureColumn;
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns.Count);
        var view = _context.Data.LoadFromEnumerable(rows.Select(row => new Row { Features = row }).ToArray(), schema);
        return [.. _model.Transform(view).GetColumn<float[]>("Score")];
    }

    public void Dispose() => (_model as IDisposable)?.Dispose();

    private static string[]? ColumnsOf(DataViewSchema schema)
    {
        if (schema.GetColumnOrNull(LearningRecipe.FeatureColumn) is not { } column || !column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
