using CsCheck;
using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public sealed class StratifiedSplitTests
{
    /// <summary>Labels and groups of 40 to 200 songs, 2 to 5 moods, groups of about 1 to 8 songs, some songs of no group.</summary>
    private static readonly Gen<(int[] Labels, string?[] Groups)> Songs =
        from n in Gen.Int[40, 200]
        from moods in Gen.Int[2, 5]
        from labels in Gen.Int[0, moods - 1].Array[n]
        from groups in Gen.Int[-3, n / 4].Array[n]
        select (labels, groups.Select(g => g < 0 ? null : $"artist {g}").ToArray());

    [Fact]
    public void No_group_is_on_both_sides_and_the_seed_decides() => Check.Sample(
        Gen.Select(Songs, Gen.Int[2, 5], Gen.Int), (songs, foldCount, seed) =>
        {
            var folds = StratifiedSplit.Folds(songs.Labels, songs.Groups, foldCount, seed);
            Assert.All(folds, fold => Assert.InRange(fold, 0, foldCount - 1));
            foreach (var group in songs.Groups.Index().Where(pair => pair.Item is not null).GroupBy(pair => pair.Item))
                Assert.Single(group.Select(pair => folds[pair.Index]).Distinct());
            Assert.Equal(folds, StratifiedSplit.Folds(songs.Labels, songs.Groups, foldCount, seed));
        }, iter: 200);

    [Fact]
    public void Without_groups_every_fold_has_each_moods_share_to_within_one_song() => Check.Sample(
        Gen.Select(Songs, Gen.Int[2, 5], Gen.Int), (songs, foldCount, seed) =>
        {
            var folds = StratifiedSplit.Folds(songs.Labels, null, foldCount, seed);
            foreach (var mood in songs.Labels.Distinct())
            {
                var total = songs.Labels.Count(label => label == mood);
                for (var fold = 0; fold < foldCount; fold++)
                {
                    var count = Enumerable.Range(0, folds.Length).Count(i => folds[i] == fold && songs.Labels[i] == mood);
                    Assert.InRange(count, total / foldCount, (total + foldCount - 1) / foldCount);
                }
            }
        }, iter: 200);

    [Fact]
    public void With_groups_the_folds_are_still_even()
    {
        // 600 songs of 4 moods by 200 artists of 1 to 5 songs, as in the clips that the pretrained model learns from.
        var random = new Random(3);
        var labels = Enumerable.Range(0, 600).Select(i => i % 4).ToArray();
        var groups = labels.Select(_ => $"artist {(int)(200 * Math.Pow(random.NextDouble(), 1.5))}").ToArray();
        var folds = StratifiedSplit.Folds(labels, groups, 5, seed: 1);
        for (var fold = 0; fold < 5; fold++)
            for (var mood = 0; mood < 4; mood++)
                Assert.InRange(Enumerable.Range(0, 600).Count(i => folds[i] == fold && labels[i] == mood), 26, 34);
        Assert.NotEqual(folds, StratifiedSplit.Folds(labels, groups, 5, seed: 2));
    }

    [Theory]
    [InlineData(0.24)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void Hold_out_takes_the_fraction_of_each_mood(double fraction)
    {
        var labels = Enumerable.Range(0, 400).Select(i => i % 4).ToArray();
        var held = StratifiedSplit.HoldOut(labels, null, fraction, seed: 7);
        for (var mood = 0; mood < 4; mood++)
            Assert.InRange(Enumerable.Range(0, 400).Count(i => held[i] && labels[i] == mood), 100 * fraction - 1, 100 * fraction + 1);
    }

    [Fact]
    public void Songs_held_out_are_of_large_groups_as_often_as_the_others()
    {
        // 240 artists of one song and 60 of six: a song's artist has 4 songs on average.
        string[] groups = [.. Enumerable.Range(0, 600).Select(i => i < 240 ? $"single {i}" : $"artist {i / 6}")];
        int[] labels = [.. groups.Select((_, i) => i / 6 % 4)];
        var held = StratifiedSplit.HoldOut(labels, groups, 0.24, seed: 2);
        int[] songs = [.. Enumerable.Range(0, 600).Where(i => held[i])];
        Assert.InRange(songs.Length, 138, 150);
        Assert.InRange(songs.Count(i => i >= 240) / (double)songs.Length, 0.5, 0.7); // 0.6 of all songs
    }

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        Assert.Contains("3 songs of 2 groups",
            Assert.Throws<ArgumentException>(() => StratifiedSplit.Folds([0, 1, 1], ["a", "a", "b"], 3, 1)).Message);
        Assert.Contains("2 groups", Assert.Throws<ArgumentException>(() => StratifiedSplit.Folds([0, 1, 1], ["a", "b"], 2, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Folds([0, 1], null, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.HoldOut([0, 1], null, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.HoldOut([0, 1], null, double.NaN, 1));
        Assert.Contains("1 group (artist) out leaves one side empty",
            Assert.Throws<ArgumentException>(() => StratifiedSplit.HoldOut([0, 1], ["a", "A"], 0.5, 1)).Message);
        Assert.Contains("0 songs", Assert.Throws<ArgumentException>(() => StratifiedSplit.HoldOut([], null, 0.5, 1)).Message);
        foreach (var fraction in new[] { 0.01, 0.99 })
            Assert.Contains(FormattableString.Invariant($"To hold {fraction} of 8 songs"),
                Assert.Throws<ArgumentException>(() => StratifiedSplit.HoldOut([0, 1, 0, 1, 0, 1, 0, 1], null, fraction, 1)).Message);
    }
}
