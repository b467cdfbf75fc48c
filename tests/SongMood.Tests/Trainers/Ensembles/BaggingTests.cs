using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

[Collection(nameof(Torch))]
public class BaggingTests
{
    private readonly MLContext _ml = new(1);

    private IEstimator<ITransformer> Base() => _ml.MulticlassClassification.Trainers.Mlp(new MlpOptions
    {
        FeatureColumnName = "First",
        HiddenSizes = [64],
        Dropout = 0,
        Epochs = 60,
        LearningRate = 1e-2,
        BatchSize = 32,
    });

    [Theory]
    [InlineData(EnsembleCombiner.Average)]
    [InlineData(EnsembleCombiner.Vote)]
    public void Is_no_worse_than_one_network(EnsembleCombiner combiner)
    {
        var data = Witnesses.View(_ml, seed: 1, count: 100);
        var unseen = Witnesses.View(_ml, seed: 2, count: 800);
        var alone = _ml.MulticlassClassification.Evaluate(Base().Fit(data).Transform(unseen));
        var bagged = _ml.MulticlassClassification.Evaluate(Bagging(new BaggingOptions { Count = 12, Combiner = combiner }).Fit(data)
            .Transform(unseen));
        Assert.True(bagged.MicroAccuracy >= alone.MicroAccuracy, $"{bagged.MicroAccuracy:p1}, alone {alone.MicroAccuracy:p1}");
        // A network alone is too sure of itself; shares of votes are coarse.
        if (combiner == EnsembleCombiner.Average)
            Assert.True(bagged.LogLoss < alone.LogLoss, $"{bagged.LogLoss}, alone {alone.LogLoss}");
    }

    [Fact]
    public void One_seed_gives_one_model()
    {
        var data = Witnesses.View(_ml, seed: 1, count: 60);
        byte[] Graph(int seed) => Bagging(new BaggingOptions { Count = 2, Seed = seed }).Fit(data).Model.OnnxGraph.ToArray();
        Assert.Equal(Graph(3), Graph(3));
        Assert.NotEqual(Graph(3), Graph(4));
    }

    [Fact]
    public void Networks_of_one_bagging_differ_and_take_pipelines()
    {
        var data = Witnesses.View(_ml, seed: 1, count: 60);
        var pipeline = _ml.Transforms.CopyColumns("Scaled", "First").Append(_ml.Transforms.ScaleMinMax("Scaled"))
            .Append(_ml.MulticlassClassification.Trainers.Mlp(
                new MlpOptions { FeatureColumnName = "Scaled", HiddenSizes = [4], Epochs = 2 }));
        var bagged = _ml.MulticlassClassification.Trainers.Bagging(pipeline, count: 3).Fit(data);
        Assert.Equal(3, bagged.Model.Network.Inputs.Length);
        Assert.All(((NetworkTransformer)bagged).Inputs, input => Assert.Equal(2, input.Steps.Count));
        var weights = new OnnxWeights(bagged.Model.OnnxGraph.ToArray());
        float[][] outputs =
            [.. Enumerable.Range(0, 3).Select(m => weights.TryGet($"member{m}__output.weight", out _, out var values) ? values : [])];
        Assert.All(outputs, Assert.NotEmpty);
        Assert.NotEqual(outputs[0], outputs[1]);
        Assert.NotEqual(outputs[1], outputs[2]);
    }

    [Fact]
    public void Groups_are_drawn_whole_and_every_class_comes_up()
    {
        var songs = TwoViews.Songs(80);
        var seen = new List<(string Artist, string Mood)>();
        _ml.MulticlassClassification.Trainers.Bagging(new Spy(_ml, seen),
            new BaggingOptions { Count = 2, GroupColumnName = "Artist", SampleFraction = 0.3 })
            .Fit(TwoViews.View(_ml, songs));
        var perArtist = songs.GroupBy(song => song.Artist).ToDictionary(group => group.Key, group => group.Count());
        // Each sample: 18 of 60 artists, some twice; an artist's songs come equally often.
        Assert.All(seen.GroupBy(song => song.Artist), artist => Assert.Equal(0, artist.Count() % perArtist[artist.Key]));
        Assert.Equal(4, seen.Select(song => song.Mood).Distinct().Count());
    }

    [Fact]
    public void Songs_without_artist_are_drawn_one_by_one_and_one_artist_in_two_spellings_together()
    {
        var songs = TwoViews.Songs(80);
        foreach (var (i, song) in songs.Index())
            song.Artist = i < 40 ? " " : i % 2 == 0 ? "Beyoncé" : "BEYONCE ";
        var seen = new List<(string Artist, string Mood)>();
        _ml.MulticlassClassification.Trainers.Bagging(new Spy(_ml, seen),
            new BaggingOptions { Count = 2, GroupColumnName = "Artist", Seed = 1 })
            .Fit(TwoViews.View(_ml, songs));
        // 41 groups: of forty songs of their own and one artist of forty songs, who comes whole or not at all.
        var (plain, other) = (seen.Count(song => song.Artist == "Beyoncé"), seen.Count(song => song.Artist == "BEYONCE "));
        Assert.Equal((plain, 0), (other, plain % 20));
        Assert.Equal(2 * 41, seen.Count(song => song.Artist == " ") + plain / 20);
    }

    [Fact]
    public void A_sample_that_cannot_have_every_class_is_refused() =>
        Assert.Contains("1 of 40 rows hardly ever have all 4 classes", Assert.Throws<ArgumentException>(
        () => Bagging(new BaggingOptions { SampleFraction = 0.01 }).Fit(Witnesses.View(_ml, seed: 1, count: 40))).Message);

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => Bagging(new BaggingOptions
        {
            LabelColumnName = "",
            Count = 1,
            SampleFraction = 0,
            GroupColumnName = "",
            Combiner = EnsembleCombiner.Stacking,
        })).Message;
        foreach (var option in new[] { "LabelColumnName is", "Count is 1", "SampleFraction is 0", "GroupColumnName is",
            "Combiner is Stacking" })
            Assert.Contains(option, message);
    }

    private BaggingTrainer Bagging(BaggingOptions options) => _ml.MulticlassClassification.Trainers.Bagging(Base(), options);

    /// <summary>Writes down what it is given to learn from.</summary>
    private sealed class Spy(MLContext ml, List<(string, string)> seen) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            seen.AddRange(input.GetColumn<string>("Artist").Zip(input.GetColumn<string>("Mood")));
            return TwoViews.Trainer(ml, "Valence").Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
