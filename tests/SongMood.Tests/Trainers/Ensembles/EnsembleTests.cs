using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>What every ensemble keeps to, whatever combines its members.</summary>
[Collection(nameof(Torch))]
public class EnsembleTests
{
    private readonly MLContext _ml = new(1);

    public static TheoryData<EnsembleCombiner> Combiners => [EnsembleCombiner.HeadOnOutputs, EnsembleCombiner.HeadOnEmbeddings, EnsembleCombiner.Average];

    private EnsembleTrainer Trainer(EnsembleCombiner combiner, params EnsembleMember[] members) =>
        _ml.MulticlassClassification.Trainers.Ensemble(members, combiner: combiner);

    /// <summary>A member that scales its features itself, in a column of its own that every member of the kind calls the same.</summary>
    private IEstimator<ITransformer> ScaledPipeline(string column) => _ml.Transforms.CopyColumns("Scaled", column)
        .Append(_ml.Transforms.ScaleMinMax("Scaled"))
        .Append(TwoViews.Trainer(_ml, "Scaled"))
        .Append(_ml.Transforms.Conversion.MapKeyToValue("Heard", "PredictedLabel"));

    private EnsembleMember[] Members(EnsembleCombiner combiner, IDataView data) => [.. new[] { "Valence", "Arousal" }.Select(ScaledPipeline)
        .Select(pipeline => combiner == EnsembleCombiner.Stacking ? EnsembleMember.ToTrain(pipeline) : EnsembleMember.Of(pipeline.Fit(data)))];

    [Theory]
    [MemberData(nameof(Combiners))]
    public async Task Scores_alike_alone_in_an_engine_and_in_a_fresh_process_without_libtorch(EnsembleCombiner combiner)
    {
        var songs = TwoViews.Songs();
        var data = TwoViews.View(_ml, songs);
        var ensemble = Trainer(combiner, Members(combiner, data)).Fit(data);
        var scored = ensemble.Transform(data);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.8, 1);
        Assert.Equal(["Score", "PredictedLabel"], scored.Schema.Select(column => column.Name).Except(data.Schema.Select(column => column.Name)).OrderDescending());

        var together = Toy.Scores(scored);
        var keys = scored.GetColumn<uint>("PredictedLabel").ToArray();
        using var engine = _ml.Model.CreatePredictionEngine<TwoViews.Song, Toy.Prediction>(new TransformerChain<ITransformer>(ensemble));
        for (var i = 0; i < songs.Length; i++)
        {
            Assert.Equal(1, together[i].Sum(), 1e-5f);
            Assert.Equal((uint)Array.IndexOf(together[i], together[i].Max()) + 1, keys[i]);
            Assert.All(engine.Predict(songs[i]).Score.Zip(together[i]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }
        var alone = Toy.Scores(ensemble.Transform(_ml.Data.TakeRows(_ml.Data.SkipRows(data, 7), 1))).Single();
        Assert.All(alone.Zip(together[7]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        await SavedModelTests.CheckFreshProcess(_ml, data, ensemble);
    }

    [Fact]
    public void One_graph_has_the_inputs_of_all_members_and_the_outputs_of_a_network()
    {
        var data = TwoViews.View(_ml, TwoViews.Songs());
        var ensemble = Trainer(EnsembleCombiner.HeadOnEmbeddings, Members(EnsembleCombiner.Average, data)).Fit(data);
        using var graph = new InferenceSession(ensemble.Model.OnnxGraph.ToArray());
        Assert.Equal(["member0_input", "member1_input"], graph.InputNames);
        Assert.Equal(["probabilities", "embedding"], graph.OutputNames);
        Assert.Equal(Toy.Moods, ensemble.Model.ClassNames);
    }

    [Fact]
    public void The_merged_graph_computes_what_its_members_do()
    {
        var data = TwoViews.View(_ml, TwoViews.Songs());
        var members = TwoViews.Fitted(_ml);
        var (first, second) = (Toy.Scores(members[0].Transform(data)), Toy.Scores(members[1].Transform(data)));
        var average = Toy.Scores(Trainer(EnsembleCombiner.Average, [.. members.Select(EnsembleMember.Of)]).Fit(data).Transform(data));
        for (var row = 0; row < average.Length; row++)
            for (var c = 0; c < 4; c++)
                Assert.Equal((first[row][c] + second[row][c]) / 2, average[row][c], 1e-6f);
    }

    [Theory]
    [InlineData(EnsembleCombiner.Average)]
    [InlineData(EnsembleCombiner.HeadOnEmbeddings)]
    public void Ensembles_are_members_of_ensembles(EnsembleCombiner combiner)
    {
        var data = TwoViews.View(_ml, TwoViews.Songs());
        var inner = Trainer(EnsembleCombiner.Average, Members(combiner, data)).Fit(data);
        var third = TwoViews.Trainer(_ml, "Arousal").Fit(data);
        var outer = Trainer(combiner, EnsembleMember.Of(inner), EnsembleMember.Of(third)).Fit(data);
        Assert.Equal(["member0_member0_input", "member0_member1_input", "member1_input"], outer.Model.Network.InputNames);
        Assert.Equal(["members[0], members[0]", "members[0], members[1]", "members[1]"], ((INetworkStep)outer).Inputs.Select(input => input.Owner));
        var scores = Toy.Scores(outer.Transform(data));
        if (combiner != EnsembleCombiner.Average)
            return;
        var (left, right) = (Toy.Scores(inner.Transform(data)), Toy.Scores(third.Transform(data)));
        for (var row = 0; row < scores.Length; row++)
            Assert.Equal((left[row][0] + right[row][0]) / 2, scores[row][0], 1e-6f);
    }

    [Fact]
    public void A_member_from_a_file_is_the_member_that_was_saved()
    {
        using var folder = new TemporaryFolder();
        var raw = _ml.Data.LoadFromEnumerable(TwoViews.Songs());
        // Trained from the moods as text, as a user does; the ensemble's data has only the key.
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(ScaledPipeline("Valence"));
        var saved = pipeline.Fit(raw);
        _ml.Model.Save(saved, raw.Schema, folder.File("member.zip"));
        var data = _ml.Transforms.DropColumns("Mood").Fit(raw).Transform(TwoViews.View(_ml, TwoViews.Songs()));
        var other = EnsembleMember.Of(TwoViews.Trainer(_ml, "Arousal").Fit(data));
        var fromFile = Trainer(EnsembleCombiner.Average, EnsembleMember.FromFile(folder.File("member.zip")), other).Fit(data);
        var fromMemory = Trainer(EnsembleCombiner.Average, EnsembleMember.Of(saved), other).Fit(data);
        Assert.Equal(Toy.Scores(fromMemory.Transform(data)), Toy.Scores(fromFile.Transform(data)));
    }
}
