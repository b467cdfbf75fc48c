using Microsoft.ML;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>Each combiner, on data that none of its members can sort alone.</summary>
[Collection(nameof(Torch))]
public class CombinerTests
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(EnsembleCombiner.HeadOnOutputs)]
    [InlineData(EnsembleCombiner.HeadOnEmbeddings)]
    [InlineData(EnsembleCombiner.Average)]
    public void Beats_its_members(EnsembleCombiner combiner)
    {
        var members = TwoViews.Fitted(_ml);
        var ensemble = _ml.MulticlassClassification.Trainers.Ensemble([.. members.Select(EnsembleMember.Of)], combiner: combiner)
            .Fit(TwoViews.View(_ml, TwoViews.Songs(seed: 2)));
        var unseen = TwoViews.View(_ml, TwoViews.Songs(400, seed: 3));
        var best = members.Max(member => TwoViews.Accuracy(_ml, member, unseen));
        var together = TwoViews.Accuracy(_ml, ensemble, unseen);
        Assert.True(together > best + 0.1, $"{combiner}: {together:p1}, its best member {best:p1}");
    }
}
