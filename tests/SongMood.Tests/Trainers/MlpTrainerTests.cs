using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Trainers;

/// <summary>What ML.NET's own multiclass trainers promise, of ours.</summary>
[Collection(nameof(Torch))]
public class MlpTrainerTests
{
    internal static MlpOptions Quick() => new() { HiddenSizes = [16, 8], Epochs = 30, LearningRate = 1e-2, BatchSize = 32 };

    [Fact]
    public void Learns_and_is_evaluated_by_MLNET()
    {
        var ml = new MLContext(1);
        var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(Quick())).Fit(Toy.View(ml, Toy.Songs()));
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(Toy.View(ml, Toy.Songs(seed: 2))));
        Assert.InRange(metrics.MicroAccuracy, 0.85, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.6);
    }

    [Fact]
    public void Cross_validates()
    {
        var ml = new MLContext(1);
        var data = ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(Toy.View(ml, Toy.Songs()))
            .Transform(Toy.View(ml, Toy.Songs()));
        var folds = ml.MulticlassClassification.CrossValidate(data, ml.MulticlassClassification.Trainers.Mlp(Quick()), numberOfFolds: 3,
            samplingKeyColumnName: "Artist");
        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.7, 1));
    }

    [Fact]
    public void A_prediction_engine_gives_what_transform_gives()
    {
        var ml = new MLContext(1);
        var songs = Toy.Songs();
        var pipeline = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(Quick()))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Mood", "PredictedLabel"));
        var model = pipeline.Fit(Toy.View(ml, songs));
        var scores = Toy.Scores(model.Transform(Toy.View(ml, songs)));
        var moods = model.Transform(Toy.View(ml, songs)).GetColumn<string>("Mood").ToArray();
        using var engine = ml.Model.CreatePredictionEngine<Toy.Song, Toy.Prediction>(model);
        for (var i = 0; i < songs.Length; i++)
        {
            var predicted = engine.Predict(songs[i]);
            Assert.Equal(moods[i], predicted.Mood);
            for (var c = 0; c < 4; c++)
                Assert.Equal(scores[i][c], predicted.Score[c], 1e-6f);
        }
    }

    [Fact]
    public void Permutation_feature_importance_finds_the_features_that_matter()
    {
        var ml = new MLContext(1);
        var data = ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(Toy.View(ml, Toy.Songs()))
            .Transform(Toy.View(ml, Toy.Songs()));
        var model = ml.MulticlassClassification.Trainers.Mlp(Quick()).Fit(data);
        var importance = ml.MulticlassClassification.PermutationFeatureImportance(model, data, permutationCount: 2);
        Assert.Equal(Toy.FeatureCount, importance.Length);
        var useless = importance[^1].MicroAccuracy.Mean;
        Assert.All(importance.Take(4), feature => Assert.True(feature.MicroAccuracy.Mean < useless - 0.02));
    }

    [Fact]
    public void Its_columns_carry_the_annotations_of_MLNETs_own_trainers()
    {
        var ml = new MLContext(1);
        var data = Toy.View(ml, Toy.Songs());
        var ours = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(Quick())).Fit(data).Transform(data).Schema;
        var theirs = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()).Fit(data).Transform(data).Schema;
        foreach (var name in new[] { "Score", "PredictedLabel" })
        {
            Assert.Equal(theirs[name].Type, ours[name].Type);
            Assert.Equal(Describe(theirs[name]), Describe(ours[name]));
        }

        static string[] Describe(DataViewSchema.Column column) => [.. column.Annotations.Schema.Select(annotation =>
        {
            if (annotation.Type is KeyDataViewType)
                return $"{annotation.Name}: {annotation.Type}";
            object value = annotation.Type switch
            {
                VectorDataViewType => Get<VBuffer<ReadOnlyMemory<char>>>().DenseValues().Select(text => text.ToString())
                    .Aggregate((a, b) => $"{a}, {b}"),
                TextDataViewType => Get<ReadOnlyMemory<char>>(),
                _ => "?",
            };
            return $"{annotation.Name}: {annotation.Type} = {value}";

            T Get<T>()
            {
                T got = default!;
                column.Annotations.GetValue(annotation.Name, ref got);
                return got;
            }
        }).Order()];
    }

    [Fact]
    public void The_schema_it_promises_is_the_schema_it_gives()
    {
        var ml = new MLContext(1);
        var data = Toy.View(ml, Toy.Songs());
        var pipeline = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(Quick()));
        var promised = pipeline.GetOutputSchema(ShapeOf(data.Schema));
        var given = ShapeOf(pipeline.Fit(data).Transform(data).Schema);
        Assert.Equal(promised.Select(column => column.Name).Order(), given.Select(column => column.Name).Order());
        foreach (var column in promised)
            Assert.Contains(given, other => other.Name == column.Name && Compatible(column, other));

        // Internal in ML.NET, which checks pipelines with them.
        static SchemaShape ShapeOf(DataViewSchema schema) =>
            (SchemaShape)typeof(SchemaShape).GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [schema])!;
        static bool Compatible(SchemaShape.Column promise, SchemaShape.Column got) =>
            (bool)typeof(SchemaShape.Column)
                .GetMethod("IsCompatibleWith", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(promise, [got])!;
    }

    [Fact]
    public void One_seed_gives_one_model()
    {
        var songs = Toy.Songs();
        byte[] Graph(int? contextSeed, int? seed)
        {
            var ml = new MLContext(contextSeed);
            var options = Quick() with { Seed = seed, Epochs = 3 };
            var model = (TransformerChain<ITransformer>)Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(options))
                .Fit(Toy.View(ml, songs));
            return ((NetworkPredictionTransformer)model.LastTransformer).Model.OnnxGraph.ToArray();
        }
        Assert.Equal(Graph(7, null), Graph(7, null));
        Assert.Equal(Graph(null, 7), Graph(3, 7));
        Assert.NotEqual(Graph(7, null), Graph(8, null));
    }

    [Fact]
    public void Progress_is_reported_each_epoch()
    {
        var ml = new MLContext(1);
        var options = Quick();
        var reports = new List<EpochReport>();
        options = options with { Epochs = 4, Progress = new Recorder(reports) };
        Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(options)).Fit(Toy.View(ml, Toy.Songs()));
        Assert.Equal([1, 2, 3, 4], reports.Select(report => report.Epoch));
        Assert.All(reports, report => Assert.True(report is { EpochCount: 4, ValidationLoss: null, IsBest: true, TrainingLoss: > 0 }));
        Assert.True(reports[^1].TrainingLoss < reports[0].TrainingLoss);
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    internal sealed class Recorder(List<EpochReport> reports, Action<EpochReport>? then = null) : IProgress<EpochReport>
    {
        public void Report(EpochReport value)
        {
            reports.Add(value);
            then?.Invoke(value);
        }
    }
}
