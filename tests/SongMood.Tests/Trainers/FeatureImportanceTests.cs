using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers;

/// <summary>ML.NET's PermutationFeatureImportance takes our networks in both of its forms, wherever they stand in a pipeline.</summary>
[Collection(nameof(Torch))]
public class FeatureImportanceTests
{
    private static readonly string[] Columns = ["Energy", "Key", "Length", "Loudness", "Tempo", "Year", "Popularity", "Speech"];

    private readonly MLContext _ml = new(1);

    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> Trainers = new()
    {
        ["Mlp"] = ml => ml.MulticlassClassification.Trainers.Mlp(Quick()),
        ["Cnn"] = ml =>
            ml.MulticlassClassification.Trainers.Cnn(
            new CnnOptions { Channels = [16, 16], Epochs = 30, LearningRate = 1e-2, BatchSize = 32 }),
        ["Bagging"] = ml => ml.MulticlassClassification.Trainers.Bagging(ml.MulticlassClassification.Trainers.Mlp(Quick()), count: 2),
        // The members have steps of their own, but both read the one column.
        ["Ensemble"] = ml =>
            ml.MulticlassClassification.Trainers.Ensemble([Member(ml, "Ranks"), Member(ml, "Scaled")], combiner: EnsembleCombiner.Average),
    };

    public static TheoryData<string, bool> NetworksAndPlaces =>
        [.. Trainers.Keys.SelectMany(name => new[] { (name, false), (name, true) })];

    private static MlpOptions Quick(string features = "Features") =>
        new() { FeatureColumnName = features, HiddenSizes = [16], Epochs = 30, LearningRate = 1e-2, BatchSize = 32 };

    private static EnsembleMember Member(MLContext ml, string column) => EnsembleMember.ToTrain(
        ml.Transforms.ScaleMinMax(column, "Features").Append(ml.MulticlassClassification.Trainers.Mlp(Quick(column))));

    /// <summary>The tempo alone, one of a song's eight numbers, says its mood.</summary>
    private IDataView Songs(int count = 240)
    {
        var random = new Random(1);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Song
        {
            Mood = Toy.Moods[i % 4],
            Energy = Toy.Normal(random),
            Key = Toy.Normal(random),
            Length = Toy.Normal(random),
            Loudness = Toy.Normal(random),
            Tempo = 100 + 20 * (i % 4) + 2 * Toy.Normal(random),
            Year = 2000 + Toy.Normal(random),
            Popularity = Toy.Normal(random),
            Speech = Toy.Normal(random),
        }).ToArray());
    }

    private EstimatorChain<ITransformer> Pipeline(IEstimator<ITransformer> trainer, bool namesMoods)
    {
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(_ml.Transforms.Concatenate("Features", Columns))
            .Append(trainer);
        return namesMoods ? pipeline.Append((IEstimator<ITransformer>)_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")) : pipeline;
    }

    [Theory]
    [MemberData(nameof(NetworksAndPlaces))]
    public void The_informative_column_comes_first(string network, bool namesMoods)
    {
        var model = Pipeline(Trainers[network](_ml), namesMoods).Fit(Songs());
        var data = model.Transform(Songs());
        Assert.Equal(namesMoods, data.Schema["PredictedLabel"].Type is TextDataViewType);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(data).MicroAccuracy, 0.9, 1);

        var byName = _ml.MulticlassClassification.PermutationFeatureImportance(model, data);
        Assert.Equal(Columns.Order(), byName.Keys.Order());
        AssertTempoFirst(byName.Select(pair => (pair.Key, pair.Value.MicroAccuracy.Mean)));

        if (model.OfType<NetworkPredictionTransformer>().SingleOrDefault() is not { } trained)
            return; // an ensemble, which has the first form alone
        var bySlot = _ml.MulticlassClassification.PermutationFeatureImportance(trained, data);
        AssertTempoFirst(Columns.Zip(bySlot, (column, metrics) => (column, metrics.MicroAccuracy.Mean)));
    }

    /// <summary>What a permutation takes away from the accuracy: much of the tempo, next to nothing of the others.</summary>
    private static void AssertTempoFirst(IEnumerable<(string Column, double Change)> changes)
    {
        var ordered = changes.OrderBy(change => change.Change).ToArray();
        Assert.Equal("Tempo", ordered[0].Column);
        Assert.InRange(ordered[0].Change, -1, -0.5);
        Assert.All(ordered.Skip(1), other => Assert.InRange(other.Change, -0.2, 0.1));
    }

    [Fact]
    public void Members_that_read_several_columns_are_named()
    {
        var data = TwoViewsData();
        var ensemble = _ml.MulticlassClassification.Trainers.Ensemble(
            [.. new[] { "Valence", "Arousal" }.Select(column => EnsembleMember.ToTrain(Ensembles.TwoViews.Trainer(_ml, column)))],
            combiner: EnsembleCombiner.Average).Fit(data);
        var message =
            Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.PermutationFeatureImportance(ensemble, data)).Message;
        Assert.Contains("do not all read one column: members[0] Valence; members[1] Arousal", message);
        Assert.Contains("each member alone", message);
    }

    private IDataView TwoViewsData() => Ensembles.TwoViews.View(_ml, Ensembles.TwoViews.Songs(80));

    private sealed class Song
    {
        public string Mood { get; set; } = "";

        public float Energy { get; set; }

        public float Key { get; set; }

        public float Length { get; set; }

        public float Loudness { get; set; }

        public float Tempo { get; set; }

        public float Year { get; set; }

        public float Popularity { get; set; }

        public float Speech { get; set; }
    }
}
