using CsCheck;
using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void The_defaults_are_these_and_what_is_out_of_range_is_refused()
    {
        var options = new BootstrapOptions();
        Assert.Equal((2000, 0.95, 1), (options.Resamples, options.Level, options.Seed));
        var error =
            Assert.Throws<ArgumentException>(
            () => BootstrapIntervals.Compute(new Predictions(["a", "b"], [0], [[1, 0]]), new() { Resamples = 9, Level = 1 }));
        Assert.Contains("Resamples is 9", error.Message);
        Assert.Contains("Level is 1", error.Message);
    }

    [Fact]
    public void Every_interval_is_what_measuring_each_resample_anew_gives() => Check.Sample(
        Gen.Select(Gen.Int[2, 5], Gen.Int[3, 30], Gen.Int[0, 1], Gen.Int), (moods, songs, grouped, seed) =>
        {
            var random = new Random(seed);
            string[] names = [.. Enumerable.Range(0, moods).Select(mood => $"{mood}")];
            int[] actual = [.. Enumerable.Range(0, songs).Select(_ => random.Next(moods))];
            float[][] probabilities =
                [.. actual.Select(_ => names.Select(_ => random.Next(20) == 0 ? float.NaN : random.NextSingle()).ToArray())];
            string?[]? groups = grouped == 0
                ? null : [.. actual.Select(_ => random.Next(8) is > 0 and var group ? $"artist {group}" : null)];
            var options = new BootstrapOptions { Resamples = 100, Level = 0.8, Seed = seed };

            var draws = new Random(seed);
            int[][] units = [.. Enumerable.Range(0, songs).GroupBy(song => groups?[song] ?? $"{song}").Select(unit => unit.ToArray())];
            MoodMetrics[] measured = [.. Enumerable.Range(0, 100).Select(_ =>
            {
                int[] drawn = [.. Enumerable.Range(0, units.Length).SelectMany(_ => units[draws.Next(units.Length)])];
                return MoodMetrics.Compute(
                    new Predictions(names, [.. drawn.Select(song => actual[song])], [.. drawn.Select(song => probabilities[song])]));
            })];
            var intervals = BootstrapIntervals.Compute(new Predictions(names, actual, probabilities, groups), options);
            Assert.Equal((units.Length, 0.8, 100), (intervals.UnitCount, intervals.Level, intervals.Resamples));
            Same(intervals.Accuracy, measured.Select(m => m.Accuracy));
            Same(intervals.BalancedAccuracy, measured.Select(m => m.BalancedAccuracy));
            Same(intervals.MacroF1, measured.Select(m => m.MacroF1));
            for (var mood = 0; mood < moods; mood++)
                Same(intervals.F1PerMood[mood], measured.Select(m => m.PerMood[mood])
                    .Where(score => score.Support + score.PredictedCount > 0).Select(score => score.F1));
        }, iter: 100);

    [Theory]
    [InlineData(200, 0.7)]
    [InlineData(50, 0.9)]
    [InlineData(1000, 0.5)]
    public void Of_songs_one_by_one_the_accuracys_interval_is_the_binomials(int songs, double accuracy)
    {
        var right = (int)(songs * accuracy);
        var interval = Accuracy(songs, right, null, new BootstrapOptions { Resamples = 20_000 });
        Assert.InRange(interval.Lower, (BinomialQuantile(songs, accuracy, 0.025) - 1.0) / songs,
            (BinomialQuantile(songs, accuracy, 0.025) + 1.0) / songs);
        Assert.InRange(interval.Upper, (BinomialQuantile(songs, accuracy, 0.975) - 1.0) / songs,
            (BinomialQuantile(songs, accuracy, 0.975) + 1.0) / songs);
    }

    [Fact]
    public void Artists_whose_songs_are_right_or_wrong_together_count_once_each()
    {
        // 100 artists with 10 songs each, 70 of them all right: as uncertain as 100 songs, not as 1000.
        string[] artists = [.. Enumerable.Range(0, 1000).Select(song => $"artist {song / 10}")];
        var clustered = Accuracy(1000, 700, artists);
        Assert.Equal(BinomialQuantile(100, 0.7, 0.025) / 100.0, clustered.Lower, 0.011);
        Assert.Equal(BinomialQuantile(100, 0.7, 0.975) / 100.0, clustered.Upper, 0.011);
        var single = Accuracy(1000, 700, null);
        Assert.InRange((clustered.Upper - clustered.Lower) / (single.Upper - single.Lower), 2.7, 3.7); // sqrt(10)
        // Written in two ways, an artist is still one.
        Assert.Equal(clustered,
            Accuracy(1000, 700, [.. artists.Select((name, song) => song % 2 == 0 ? name : $" {name.ToUpperInvariant()}")]));
    }

    [Fact]
    public void Nineteen_of_twenty_intervals_hold_the_true_accuracy()
    {
        var random = new Random(5);
        var held = Enumerable.Range(0, 300).Count(trial =>
        {
            var right = Enumerable.Range(0, 150).Count(_ => random.NextDouble() < 0.7);
            var interval = Accuracy(150, right, null, new BootstrapOptions { Resamples = 500, Seed = trial });
            return interval.Lower <= 0.7 && 0.7 <= interval.Upper;
        });
        Assert.InRange(held / 300.0, 0.91, 0.98); // about three standard deviations of 300 trials around 0.945
    }

    [Fact]
    public void A_mood_that_neither_occurs_nor_is_predicted_has_no_interval_and_the_seed_decides()
    {
        float[][] probabilities = [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]];
        BootstrapIntervals With(int seed) => BootstrapIntervals.Compute(
            new Predictions(["a", "b", "c"], [0, 1, 1, 0], probabilities, ["a", null, null, "b"]), new() { Seed = seed, Resamples = 101 });
        Assert.Null(With(1).F1PerMood[2]);
        Assert.NotNull(With(1).F1PerMood[0]);
        Assert.True(With(1).IsByGroup);
        Assert.Equal(4, With(1).UnitCount);
        Assert.Equal(With(1).MacroF1, With(1).MacroF1);
        Assert.Contains(Enumerable.Range(2, 20), seed => With(seed).MacroF1 != With(1).MacroF1);
        Assert.False(BootstrapIntervals.Compute(new Predictions(["a", "b"], [0], [[1, 0]], [null])).IsByGroup);
    }

    private static ConfidenceInterval Accuracy(int songs, int right, IReadOnlyList<string?>? groups, BootstrapOptions? options = null) =>
        BootstrapIntervals.Compute(new Predictions(["a", "b"], new int[songs],
            [.. Enumerable.Range(0, songs).Select(song => song < right ? new[] { 1f, 0f } : [0f, 1f])], groups), options).Accuracy;

    private static void Same(ConfidenceInterval? interval, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            Assert.Null(interval);
            return;
        }
        // The 80 % interval, written for any number of values: the ends are at 0.1 and 0.9 of the way from the first to the last.
        double At(double share) =>
            double.Lerp(sorted[(int)Math.Floor(share * (sorted.Length - 1))], sorted[(int)Math.Ceiling(share * (sorted.Length - 1))],
            share * (sorted.Length - 1) % 1);
        Assert.Equal(At(0.1), interval!.Lower, 9);
        Assert.Equal(At(0.9), interval.Upper, 9);
    }

    private static int BinomialQuantile(int n, double p, double share)
    {
        var (sum, term) = (0.0, Math.Pow(1 - p, n));
        for (var k = 0; ; k++)
        {
            sum += term;
            if (sum >= share)
                return k;
            term *= (n - k) / (k + 1.0) * p / (1 - p);
        }
    }
}
