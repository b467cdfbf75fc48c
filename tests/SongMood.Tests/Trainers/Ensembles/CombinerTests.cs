using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>Each combiner, on data that it must sort better than any of its members.</summary>
[Collection(nameof(Torch))]
public class CombinerTests
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(EnsembleCombiner.HeadOnOutputs)]
    [InlineData(EnsembleCombiner.HeadOnEmbeddings)]
    [InlineData(EnsembleCombiner.Average)]
    public void Two_that_see_different_things_beat_each(EnsembleCombiner combiner)
    {
        var members = TwoViews.Fitted(_ml);
        var ensemble = Trainer(new EnsembleOptions { Combiner = combiner }, members).Fit(TwoViews.View(_ml, TwoViews.Songs(seed: 2)));
        AssertBeats(ensemble, members, 0.1);
    }

    [Fact]
    public void Fitted_weights_leave_out_a_member_that_is_wrong_for_sure()
    {
        // The third learns moods that were dealt out at random, and is certain of them.
        var songs = TwoViews.Songs(seed: 4);
        var random = new Random(1);
        foreach (var song in songs)
            song.Mood = Toy.Moods[random.Next(4)];
        var misled = _ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Valence", epochs: 300)).Fit(TwoViews.View(_ml, songs));
        ITransformer[] members = [.. TwoViews.Fitted(_ml), misled];
        var data = TwoViews.View(_ml, TwoViews.Songs(seed: 2));
        var fitted = Trainer(new EnsembleOptions { Combiner = EnsembleCombiner.WeightedAverage }, members).Fit(data);
        AssertBeats(fitted, members, 0.1);
        var plain = Trainer(new EnsembleOptions { Combiner = EnsembleCombiner.Average }, members).Fit(data);
        var unseen = TwoViews.View(_ml, TwoViews.Songs(400, seed: 3));
        Assert.True(LogLoss(fitted, unseen) < LogLoss(plain, unseen) - 0.05,
            $"{LogLoss(fitted, unseen)}, unweighted {LogLoss(plain, unseen)}");
    }

    [Fact]
    public void Votes_of_three_who_mishear_in_different_ways_beat_each()
    {
        var data = Witnesses.View(_ml, seed: 1);
        ITransformer[] members = [.. Witnesses.Columns.Select(column => TwoViews.Trainer(_ml, column).Fit(data))];
        var ensemble = Trainer(new EnsembleOptions { Combiner = EnsembleCombiner.Vote }, members).Fit(data);
        var unseen = Witnesses.View(_ml, seed: 2);
        AssertBeats(ensemble, members, 0.05, unseen);
    }

    [Fact]
    public void Stacking_does_not_believe_a_member_that_learns_by_heart()
    {
        EnsembleMember[] members = [.. Trainers().Select(EnsembleMember.ToTrain)];
        var data = TwoViews.View(_ml, TwoViews.Songs(120, seed: 2));
        EnsemblePredictionTransformer Fit(EnsembleCombiner combiner) =>
            _ml.MulticlassClassification.Trainers.Ensemble(members, combiner: combiner).Fit(data);
        var stacked = Fit(EnsembleCombiner.Stacking);
        AssertBeats(stacked, [.. Trainers().Select(trainer => trainer.Fit(data))], 0.1);
        var unseen = TwoViews.View(_ml, TwoViews.Songs(400, seed: 3));
        var gullible = Fit(EnsembleCombiner.HeadOnOutputs);
        Assert.True(LogLoss(stacked, unseen) < LogLoss(gullible, unseen) - 0.05,
            $"{LogLoss(stacked, unseen)}, with a head on seen rows {LogLoss(gullible, unseen)}");

        // The third has 32 numbers a song that say nothing, and time to learn them by heart.
        IEstimator<ITransformer>[] Trainers()
        {
            var byHeart = TwoViews.Options("Noise", epochs: 200) with { HiddenSizes = [128], Dropout = 0 };
            return [TwoViews.Trainer(_ml, "Valence"), TwoViews.Trainer(_ml, "Arousal"), _ml.MulticlassClassification.Trainers.Mlp(byHeart)];
        }
    }

    private EnsembleTrainer Trainer(EnsembleOptions options, ITransformer[] members) =>
        _ml.MulticlassClassification.Trainers.Ensemble([.. members.Select(EnsembleMember.Of)], options);

    private void AssertBeats(ITransformer ensemble, ITransformer[] members, double by, IDataView? unseen = null)
    {
        unseen ??= TwoViews.View(_ml, TwoViews.Songs(400, seed: 3));
        var each = members.Select(member => TwoViews.Accuracy(_ml, member, unseen)).ToArray();
        var together = TwoViews.Accuracy(_ml, ensemble, unseen);
        Assert.True(together > each.Max() + by,
            $"{together:p1}; its members {string.Join(", ", each.Select(accuracy => $"{accuracy:p1}"))}");
    }

    private double LogLoss(ITransformer model, IDataView data) => _ml.MulticlassClassification.Evaluate(model.Transform(data)).LogLoss;
}
