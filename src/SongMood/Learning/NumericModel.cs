using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>
/// A model of numbers that come with a song, such as <see cref="MoodLearning"/> makes of columns, or a pipeline of yours that takes nothing
/// else to tell a mood: columns of one Single each, or vectors that name their numbers. Its zip holds their names. It predicts the rows of
/// tables. One thread at a time.
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
    private readonly ITransformer _model;
    private readonly IRowToRowMapper _mapper;
    private readonly DataViewSchema.Column _score;
    private readonly DataViewSchema.Column[] _inputs;

    private NumericModel(ITransformer model, IRowToRowMapper mapper, DataViewSchema.Column score, DataViewSchema.Column[] inputs,
        string[] columns, IReadOnlyList<string> moods)
    {
        (_model, _mapper, _score, _inputs) = (model, mapper, score, inputs);
        (Columns, Moods) = (columns, moods);
    }

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
        using var stream = ModelFile.Open(path);
        var (model, schema) = ModelFile.Read(new MLContext(), stream, path);
        NumericModel? opened = null;
        try
        {
            return opened = ModelFile.Guard(path, () => Of(model, schema));
        }
        finally
        {
            if (opened is null)
                (model as IDisposable)?.Dispose();
        }
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
        var input = new VectorRow(_mapper.InputSchema, _inputs);
        using var output = _mapper.GetRow(input, [_score]);
        var score = output.GetGetter<VBuffer<float>>(_score);
        VBuffer<float> scores = default;
        return [.. all.Select(row =>
        {
            input.Next();
            var at = 0;
            for (var i = 0; i < _inputs.Length; at += SizeOf(_inputs[i++]))
                input[i] = new VBuffer<float>(SizeOf(_inputs[i]), row[at..(at + SizeOf(_inputs[i]))]);
            score(ref scores);
            return scores.DenseValues().ToArray();
        })];
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => (_model as IDisposable)?.Dispose();

    /// <summary>Such as "takes energy, tempo; tells apart happy, sad".</summary>
    public override string ToString() => $"takes {string.Join(", ", Columns)}; tells apart {string.Join(", ", Moods)}";

    /// <summary>The names of the numbers that a model's input has; null where it has none.</summary>
    internal static string[]? ColumnsOf(DataViewSchema schema) =>
        schema.GetColumnOrNull(LearningRecipe.FeatureColumn) is { } column && ColumnNames.OfSlots(column) is { Length: > 0 } names
            ? names : null;

    /// <summary>The model that is made of nothing but numbers with names; null where it needs anything else.</summary>
    private static NumericModel? Of(ITransformer model, DataViewSchema schema)
    {
        if (!model.IsRowToRowMapper)
            return null;
        var mapper = model.GetRowToRowMapper(schema);
        if (!MoodModel.TryGetMoods(mapper.OutputSchema, out var score, out var moods))
            return null;
        DataViewSchema.Column[] inputs = [.. mapper.GetDependencies([score]).OrderBy(column => column.Index)];
        string[] names = [.. inputs.SelectMany(NamesOf)];
        return inputs.All(column => NamesOf(column).Length > 0) && names.Distinct().Count() is > 0 and var count && count == names.Length
            ? new NumericModel(model, mapper, score, inputs, names, moods) : null;
    }

    /// <summary>What the numbers of a column are called: a single one as its column, several by the names of their slots.</summary>
    private static string[] NamesOf(DataViewSchema.Column column) =>
        column.Type.Equals(NumberDataViewType.Single) ? [column.Name]
        : column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single)
            ? ColumnNames.OfSlots(column) ?? [] : [];

    private static int SizeOf(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;
}
