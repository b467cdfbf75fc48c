using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers;

[Collection(nameof(Torch))]
public class CrnnTrainerTests
{
    internal static CrnnOptions Quick() => new()
    {
        Channels = [16, 16],
        HiddenSize = 8,
        Epochs = 12,
        CropFrames = 16,
        LearningRate = 1e-2,
        TimeMaskFrames = 4,
        FrequencyMaskBands = 1,
    };

    [Fact]
    public void Learns_from_clips_of_different_lengths()
    {
        var ml = new MLContext(1);
        var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Crnn(Quick())).Fit(Toy.View(ml, Toy.Clips(frames: [24, 12, 40])));
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(Toy.View(ml, Toy.Clips(seed: 2, frames: [50, 17]))));
        Assert.InRange(metrics.MicroAccuracy, 0.9, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Scores_a_clip_of_any_length(int frames)
    {
        var ml = new MLContext(1);
        var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Crnn(Quick())).Fit(Toy.View(ml, Toy.Clips(), frames: 24));
        var scores = Toy.Scores(model.Transform(Toy.View(ml, Toy.Clips(count: 3, frames: [frames]))));
        Assert.All(scores, row => Assert.Equal(1, row.Sum(), 1e-5f));
    }

    [Fact]
    public void A_row_alone_scores_as_in_a_batch()
    {
        var ml = new MLContext(1);
        var clips = Toy.Clips(count: 30, frames: [24, 12, 40]);
        var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Crnn(Quick())).Fit(Toy.View(ml, clips));
        var together = Toy.Scores(model.Transform(Toy.View(ml, clips)));
        for (var i = 0; i < clips.Length; i++)
        {
            var alone = Toy.Scores(model.Transform(Toy.View(ml, [clips[i]]))).Single();
            for (var c = 0; c < 4; c++)
                Assert.Equal(together[i][c], alone[c], 1e-6f);
        }
    }
}
