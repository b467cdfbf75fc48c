using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

public sealed class HeldOutTests
{
    private readonly MLContext _ml = new(1);

    private static readonly HeldOutOptions ByArtist = new() { GroupColumnName = nameof(Row.Artist) };

    [Fact]
    public void Any_estimator_is_measured_on_groups_that_it_has_not_learnt_from()
    {
        var view = View(60);
        var spy = new Spy(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var predictions = HeldOut.CrossValidate(_ml, view, spy, 3, ByArtist, TestContext.Current.CancellationToken);
        Assert.Equal(3, spy.Learnt.Count);
        string[] artists = [.. view.GetColumn<string>(nameof(Row.Artist))];
        foreach (var (part, learnt) in spy.Learnt.Index())
            Assert.Empty(learnt.Intersect(Enumerable.Range(0, 60).Where(row => predictions.Parts![row] == part)
                .Select(row => artists[row].Trim().ToLowerInvariant())));
        Assert.Equal(60, predictions.SongCount);
        Assert.Equal(["one", "two"], predictions.Moods);
        Assert.True(MoodMetrics.Compute(predictions).Accuracy > 0.9);
        Assert.Equal(view.GetColumn<string>("Mood"), predictions.Actual.Select(mood => predictions.Moods[mood]));

        // The same as ML.NET says of the same rows.
        var rows = Enumerable.Range(0, 60).ToLookup(row => predictions.Parts![row] == 0);
        var model = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(View(60, rows[false]));
        var scores = model.Transform(View(60, rows[true])).GetColumn<float[]>("Score").ToArray();
        Assert.Equal(rows[true].Count(), scores.Length);
        foreach (var (row, score) in rows[true].Zip(scores))
            Close.Equal(score, predictions.Probabilities[row], 1e-3f);
    }

    [Fact]
    public void One_seed_gives_one_split_and_a_share_is_held_out()
    {
        var view = View(60);
        Predictions Of(int seed) =>
            HeldOut.HoldOut(_ml, view, _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), 0.3, ByArtist with { Seed = seed });
        Assert.Equal(Of(1).Probabilities, Of(1).Probabilities);
        Assert.NotEqual(Of(1).Groups, Of(2).Groups);
        Assert.InRange(Of(1).SongCount, 12, 24);
        Assert.Null(Of(1).Parts);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        var trainer = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
        string Refused(IDataView view, IEstimator<ITransformer> estimator, HeldOutOptions? options = null) =>
            Assert.ThrowsAny<ArgumentException>(() => HeldOut.CrossValidate(_ml, view, estimator, 3, options)).Message;
        Assert.Contains("'Nowhere'", Refused(View(60), trainer, new HeldOutOptions { LabelColumnName = "Nowhere" }));
        Assert.Contains("'Nobody'", Refused(View(60), trainer, new HeldOutOptions { GroupColumnName = "Nobody" }));
        Assert.Contains("a key is needed", Refused(View(60), trainer, new HeldOutOptions { LabelColumnName = "Mood" }));
        Assert.Contains("Row 5 has no label", Refused(View(60, without: 5), trainer));
        Assert.Contains("writes no vector of Single into 'Score'", Refused(View(60), _ml.Transforms.CopyColumns("Other", "Features")));
        Assert.Contains("writes 2 scores", Refused(View(60, moods: ["one", "two", "three"]), trainer.AppendKeysOfPart(_ml)));
        Assert.Contains("gives scores for 10 rows; expected them for the 20 that",
            Refused(View(60), trainer.AppendTenRows(_ml)));
        Assert.Equal("HeldOutOptions: LabelColumnName is \"\", expected a column's name; GroupColumnName is \"\", expected a column's "
            + "name, or null; ScoreColumnName is null, expected a column's name.",
            Refused(View(60), trainer, new HeldOutOptions { LabelColumnName = "", GroupColumnName = "", ScoreColumnName = null! }));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => HeldOut.CrossValidate(_ml, View(60), trainer, 3, null, stop.Token));
    }

    private IDataView View(int count, IEnumerable<int>? only = null, int without = -1, string[]? moods = null)
    {
        var random = new Random(7);
        Row[] rows = [.. Enumerable.Range(0, count).Select(i => new Row
        {
            Mood = i == without ? "unheard of" : i % 2 == 0 ? "one" : "two",
            Artist = i % 3 == 0 ? $" Artist {i % 9} " : $"artist {i % 9}",
            Features = [i % 2 + 0.2f * random.NextSingle(), random.NextSingle()],
        })];
        var view = _ml.Data.LoadFromEnumerable(only is null ? rows : [.. only.Select(i => rows[i])]);
        var keys = _ml.Data.LoadFromEnumerable((moods ?? ["one", "two"]).Select(mood => new { Mood = mood }));
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Mood", keyData: keys).Fit(view).Transform(view);
    }

    private sealed class Row
    {
        public string Mood { get; set; } = "";

        public string Artist { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>Notes whose songs were learnt from.</summary>
    private sealed class Spy(IEstimator<ITransformer> trainer) : IEstimator<ITransformer>
    {
        public List<HashSet<string>> Learnt { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            Learnt.Add([.. input.GetColumn<string>(nameof(Row.Artist)).Select(name => name.Trim().ToLowerInvariant())]);
            return trainer.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
    }
}

internal static class KeysOfPart
{
    /// <summary>Makes the label anew of what the part has: a fault that pipelines have.</summary>
    public static IEstimator<ITransformer> AppendKeysOfPart(this IEstimator<ITransformer> trainer, MLContext ml) =>
        ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(trainer);

    /// <summary>Scores ten rows and no others: a step that drops rows.</summary>
    public static IEstimator<ITransformer> AppendTenRows(this IEstimator<ITransformer> trainer, MLContext ml) =>
        trainer.Append(new FirstTen(ml));

    private sealed class FirstTen(MLContext ml) : IEstimator<ITransformer>, ITransformer
    {
        public bool IsRowToRowMapper => false;

        public ITransformer Fit(IDataView input) => this;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IDataView Transform(IDataView input) => ml.Data.TakeRows(input, 10);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext context) => throw new NotSupportedException();
    }
}
