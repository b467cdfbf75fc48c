using SongMood.Evaluation;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>The loop's parts, each against what it promises.</summary>
[Collection(nameof(Torch))]
public class PartsTests
{
    private static TrainingData Data(long[] labels, string?[]? groups = null, int classes = 4) => new(
        InputShape.Vector(1), classes, [.. labels.Select((_, i) => (float)i)], [.. labels.Select(_ => 1)], labels, null, groups, torch.CPU);

    private static int[] Rows(int count) => [.. Enumerable.Range(0, count)];

    [Theory]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    [InlineData(9, 4, new[] { 4, 5 })] // a last batch of one row joins the one before
    [InlineData(3, 128, new[] { 3 })]
    public void Batches_cover_every_row_once(int rows, int batchSize, int[] sizes)
    {
        using var data = Data([.. Rows(rows).Select(i => (long)(i % 2))]);
        var sampler = new RowSampler(data, Rows(rows), RowSampling.Shuffled, batchSize);
        var first = sampler.Draw(new Random(1));
        Assert.Equal(Rows(rows), first.Order());
        Assert.Equal(sizes, Enumerable.Range(0, sampler.BatchCount).Select(i => sampler.Batch(i).Count));
        Assert.Equal(rows, sampler.Batch(sampler.BatchCount - 1) is var (start, count) ? start + count : 0);
        if (rows > 5)
            Assert.NotEqual(first, sampler.Draw(new Random(2)));
    }

    [Fact]
    public void Weighted_sampling_evens_out_the_classes()
    {
        using var data = Data([.. Rows(1000).Select(i => i < 900 ? 0L : i < 990 ? 1L : 2L)]);
        var counts = data.ClassCounts(new RowSampler(data, Rows(1000), RowSampling.WeightedRandom, 32).Draw(new Random(1)));
        Assert.All(counts.Take(3), count => Assert.InRange(count, 270, 400));
        Assert.Equal(0, counts[3]);
    }

    [Fact]
    public void Balanced_weights_are_scikit_learns()
    {
        using var weights = Loss.ClassWeights(ClassWeighting.Balanced, [6, 2, 0, 1], torch.CPU)!;
        Assert.Equal([9f / (3 * 6), 9f / (3 * 2), 0, 9f / 3], weights.data<float>().ToArray());
    }

    [Fact]
    public void Row_weights_weigh_the_loss_as_repeated_rows_do()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var logits = torch.randn(3, 4);
        var labels = torch.tensor(new long[] { 0, 2, 3 });
        using var loss = new Loss(Loss.ClassWeights(ClassWeighting.Balanced, [5, 3, 2, 1], torch.CPU), 0.1);
        var weighted = loss.Mean(logits, labels, torch.tensor(new[] { 1f, 3f, 0f })).item<float>();
        var repeat = torch.tensor(new long[] { 0, 1, 1, 1 });
        using var plain = new Loss(Loss.ClassWeights(ClassWeighting.Balanced, [5, 3, 2, 1], torch.CPU), 0);
        var expected = plain.Mean(logits.index_select(0, repeat), labels.index_select(0, repeat), null).item<float>();
        Assert.Equal(expected, plain.Mean(logits, labels, torch.tensor(new[] { 1f, 3f, 0f })).item<float>(), 1e-5f);
        Assert.NotEqual(expected, weighted);
    }

    [Fact]
    public void A_validation_part_is_stratified()
    {
        using var data = Data([.. Rows(200).Select(i => i < 120 ? 0L : i < 180 ? 1L : i < 190 ? 2L : 3L)]);
        var (training, validation) = ValidationSplit.Draw(data, 0.2, seed: 1);
        Assert.Equal(Rows(200), training.Concat(validation).Order());
        Assert.Equal([24, 12, 2, 2], data.ClassCounts(validation));
    }

    [Fact]
    public void Groups_stay_on_one_side()
    {
        string[] groups = [.. Rows(200).Select(i => $"artist {i / 5}")];
        using var data = Data([.. Rows(200).Select(i => (long)(i % 4))], groups);
        var (training, validation) = ValidationSplit.Draw(data, 0.25, seed: 1);
        Assert.Empty(training.Select(row => groups[row]).Intersect(validation.Select(row => groups[row])));
        Assert.InRange(validation.Length, 40, 60);
    }

    [Fact]
    public void One_group_cannot_be_split()
    {
        using var data = Data([0, 1, 0, 1], ["a", "A", "a ", " a"]);
        Assert.Contains("leaves one side empty", Assert.Throws<ArgumentException>(() => ValidationSplit.Draw(data, 0.5, seed: 1)).Message);
    }

    [Fact]
    public void Rows_without_a_group_are_split_one_by_one_as_if_there_were_no_groups()
    {
        long[] labels = [.. Rows(40).Select(i => (long)(i % 4))];
        using var none = Data(labels);
        using var blank = Data(labels, [.. Rows(40).Select(i => i % 2 == 0 ? null : " ")]);
        Assert.Equal(8, ValidationSplit.Draw(none, 0.2, seed: 1).Validation.Length);
        Assert.Equal(ValidationSplit.Draw(none, 0.2, seed: 1).Validation, ValidationSplit.Draw(blank, 0.2, seed: 1).Validation);
    }

    [Fact]
    public void The_split_is_the_one_that_evaluation_makes()
    {
        long[] labels = [.. Rows(60).Select(i => (long)(i * i % 4))];
        string[] groups = [.. Rows(60).Select(i => $"{i * 7 % 25}")];
        using var data = Data(labels, groups);
        var held = StratifiedSplit.HoldOut([.. labels.Select(label => (int)label)], groups, 0.3, seed: 5);
        var (training, validation) = ValidationSplit.Draw(data, 0.3, seed: 5);
        Assert.Equal(Rows(60).Where(row => held[row]), validation);
        Assert.Equal(Rows(60).Where(row => !held[row]), training);
    }

    [Fact]
    public void Crops_are_parts_of_their_row_and_short_rows_repeat()
    {
        using var scope = torch.NewDisposeScope();
        int[] frames = [7, 3];
        // band b, frame t of row r: 100 r + 10 b + t
        var values =
            frames.SelectMany((count, row) => Enumerable.Range(0, 2 * count).Select(i => 100f * row + 10 * (i / count) + i % count))
            .ToArray();
        using var data = new TrainingData(InputShape.Sequence(2), 4, values, [14, 6], [0, 1], null, null, torch.CPU);
        var starts = new HashSet<float>();
        for (var seed = 0; seed < 50; seed++)
        {
            var crops = data.Crops([0, 1], 5, new Random(seed));
            Assert.Equal([2, 2, 5], crops.shape);
            var start = crops[0, 0, 0].item<float>();
            starts.Add(start);
            Assert.Equal([start, start + 1, start + 2, start + 3, start + 4], crops[0, 0].data<float>().ToArray());
            Assert.Equal([10 + start, 11 + start, 12 + start, 13 + start, 14 + start], crops[0, 1].data<float>().ToArray());
            var place = crops[1, 0, 0].item<float>() - 100;
            Assert.Equal(Enumerable.Range(0, 5).Select(t => 100 + (place + t) % 3), crops[1, 0].data<float>().ToArray());
        }
        Assert.Equal([0, 1, 2], starts.Order());
    }

    [Fact]
    public void Masks_put_the_bands_mean_on_runs_of_frames_and_bands()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var options = new SongMood.Trainers.CrnnOptions
        {
            TimeMaskCount = 1,
            TimeMaskFrames = 10,
            FrequencyMaskCount = 1,
            FrequencyMaskBands = 4,
        };
        var means = torch.arange(12).to(torch.ScalarType.Float32).unsqueeze(1) + 100;
        var masked = Augmentation.Mask(torch.zeros(64, 12, 40), means, options);
        var touched = masked.ne(0);
        Assert.True(masked.masked_select(touched).ge(100).all().item<bool>());
        Assert.True(touched.any().item<bool>());
        var inTime = touched.all(1); // (rows, frames): masked in all bands
        Assert.InRange(inTime.sum(1).max().item<long>(), 5, 10);
        Assert.InRange(touched.all(2).sum(1).max().item<long>(), 2, 4);
        Assert.False(touched.all().item<bool>());
        // each band's own mean
        Assert.True(masked.amax(0).amax(1).eq(means.squeeze(1)).all().item<bool>());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Mixup_shares_follow_beta(double alpha)
    {
        var random = new Random(1);
        var shares = Enumerable.Range(0, 20000).Select(_ => Augmentation.MixupShare(alpha, random)).ToArray();
        Assert.All(shares, share => Assert.InRange(share, 0.5, 1));
        // the larger of x and 1 - x has the same squared distance from one half: Beta's variance, 1 / (4 (2 alpha + 1))
        Assert.Equal(1 / (4 * (2 * alpha + 1)), shares.Average(share => Math.Pow(share - 0.5, 2)), 0.003);
    }

    [Fact]
    public void A_feature_far_from_zero_or_very_small_keeps_its_deviation()
    {
        // Deviation 1 around 100,000, and 1e-8 around 0: sums of squares in single precision would lose the first.
        float[] values =
            [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { 100_000f + (i % 2 == 0 ? 1 : -1), (i % 2 == 0 ? 1 : -1) * 1e-8f })];
        using var data =
            new TrainingData(InputShape.Vector(2), 2, values, [.. Rows(1000).Select(_ => 2)], [.. Rows(1000).Select(i => (long)(i % 2))],
            null, null, torch.CPU);
        var (means, deviations) = data.Moments(Rows(1000));
        Assert.Equal(100_000, means[0], 1e-3f);
        Assert.Equal(1, deviations[0], 1e-4f);
        Assert.Equal(1e-8f, deviations[1], 1e-12f);
        using var scope = torch.NewDisposeScope();
        using var network = new Mlp(InputShape.Vector(2), 2, [2], 0);
        network.Standardize(means, deviations);
        Assert.Equal([1, 1e8f], network.InputScale.data<float>().ToArray().Select(scale => MathF.Round(scale, 3)));
    }

    [Fact]
    public void Inputs_are_scaled_by_what_the_training_part_has()
    {
        using var scope = torch.NewDisposeScope();
        float[] values = [1, 10, 3, 10, 5, 10, 1000, 7];
        using var data = new TrainingData(InputShape.Vector(2), 2, values, [2, 2, 2, 2], [0, 1, 0, 1], null, null, torch.CPU);
        var (means, deviations) = data.Moments([0, 1, 2]);
        Assert.Equal([3, 10], means);
        Assert.Equal(MathF.Sqrt(8f / 3), deviations[0], 1e-5f);
        using var network = new Mlp(InputShape.Vector(2), 2, [2], 0);
        network.Standardize(means, deviations);
        Assert.Equal([1 / deviations[0], 1], network.InputScale.data<float>().ToArray()); // a constant feature is only centred
    }
}
