using CsCheck;
using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void It_is_what_measuring_both_on_each_resample_gives() => Check.Sample(
        Gen.Select(Gen.Int[3, 30], Gen.Bool, Gen.Int), (songs, grouped, seed) =>
        {
            var random = new Random(seed);
            int[] actual = [.. Enumerable.Range(0, songs).Select(_ => random.Next(3))];
            string?[]? groups = grouped ? [.. actual.Select(_ => random.Next(8) is > 0 and var group ? $"artist {group}" : null)] : null;
            var (first, second) = (Said(), Said());
            var options = new BootstrapOptions { Resamples = 101, Level = 0.8, Seed = seed };

            var draws = new Random(seed);
            int[][] units = [.. Enumerable.Range(0, songs).GroupBy(song => groups?[song] ?? $"{song}").Select(unit => unit.ToArray())];
            double[] differences = [.. Enumerable.Range(0, 101).Select(_ =>
            {
                int[] drawn = [.. Enumerable.Range(0, units.Length).SelectMany(_ => units[draws.Next(units.Length)])];
                return AccuracyOf(first, drawn) - AccuracyOf(second, drawn);
            }).Order()];
            var difference = PairedDifference.Compute(first, second, options);
            int[] all = [.. Enumerable.Range(0, songs)];
            Assert.Equal(AccuracyOf(first, all) - AccuracyOf(second, all), difference.Difference, 12);
            // Of 101 values in order, the 11th and the 91st have a tenth of the way to each end beyond them.
            Assert.Equal(differences[10], difference.Interval.Lower, 12);
            Assert.Equal(differences[90], difference.Interval.Upper, 12);
            Assert.Equal(difference.Interval.Lower > 0, difference.IsClear);

            Predictions Said() => new(["a", "b", "c"], actual, [.. actual.Select(_ => new[] { Score(), Score(), Score() })], groups);

            float Score() => random.Next(20) == 0 ? float.NaN : random.NextSingle();
        }, iter: 100);

    [Fact]
    public void A_small_gain_on_the_same_songs_is_clear_where_two_intervals_overlap()
    {
        // 200 songs: both are right on 120, the first on 10 more.
        var (first, second) = (RightOn(200, song => song < 130), RightOn(200, song => song < 120));
        Assert.True(BootstrapIntervals.Compute(second).Accuracy.Upper > BootstrapIntervals.Compute(first).Accuracy.Lower);
        var gain = PairedDifference.Compute(first, second);
        Assert.Equal(0.05, gain.Difference, 12);
        Assert.True(gain.IsClear);
        var loss = PairedDifference.Compute(second, first);
        Assert.Equal(-gain.Interval.Upper, loss.Interval.Lower, 12);
        Assert.Equal(-gain.Interval.Lower, loss.Interval.Upper, 12);
        Assert.False(loss.IsClear);
        Assert.False(PairedDifference.Compute(first, first).IsClear);
    }

    [Fact]
    public void Names_that_mean_one_artist_are_drawn_together_and_blank_ones_alone()
    {
        // One artist's 50 songs speak once; they were 50 artists where each is written otherwise, and 50 songs without artist were one.
        var right = new Func<int, bool>(song => song % 2 == 0);
        var (none, one) = (RightOn(50, right), RightOn(50, right, song => song % 2 == 0 ? "Beyoncé" : " BEYONCE"));
        var (blank, nobody) = (RightOn(50, right, _ => " "), RightOn(50, _ => false, _ => " "));
        Assert.Equal(0, Width(one, RightOn(50, _ => false, _ => "beyonce")));
        Assert.InRange(Width(none, RightOn(50, _ => false)), 0.2, 0.4); // 2 x 1.96 x sqrt(0.25 / 50) = 0.277
        Assert.Equal(Width(none, RightOn(50, _ => false)), Width(blank, nobody));

        static double Width(Predictions first, Predictions second)
        {
            var interval = PairedDifference.Compute(first, second).Interval;
            return interval.Upper - interval.Lower;
        }
    }

    [Fact]
    public void Other_songs_are_refused()
    {
        var three = new Predictions(["a", "b"], [0, 1, 1], [[1, 0], [1, 0], [1, 0]], ["x", "y", "z"]);
        Refused("3 songs, the second on 2", three.Where(song => song < 2));
        Refused("moods a, b, the second b, a", new(["b", "a"], three.Actual, three.Probabilities, three.Groups));
        Refused("Song 1 is 'b' of 'y' for the first model, 'a' of 'y'", new(three.Moods, [0, 0, 1], three.Probabilities, three.Groups));
        Refused("Song 2 is 'b' of 'z' for the first model, 'b' of 'w'",
            new(three.Moods, three.Actual, three.Probabilities, ["X", "y ", "w"]));
        Assert.Contains("Resamples is 1",
            Assert.Throws<ArgumentException>(() => PairedDifference.Compute(three, three, new() { Resamples = 1 })).Message);

        void Refused(string message, Predictions other) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => PairedDifference.Compute(three, other)).Message);
    }

    private static double AccuracyOf(Predictions predictions, int[] songs) => songs.Average(song =>
        predictions.Probabilities[song] is var scores && !scores.Any(float.IsNaN)
        && scores.Index().MaxBy(pair => pair.Item).Index == predictions.Actual[song] ? 1.0 : 0);

    private static Predictions RightOn(int count, Func<int, bool> isRight, Func<int, string>? artist = null)
    {
        int[] songs = [.. Enumerable.Range(0, count)];
        return new(["a", "b"], new int[count], [.. songs.Select(song => isRight(song) ? new[] { 1f, 0f } : [0f, 1f])],
            artist is null ? null : [.. songs.Select(artist)]);
    }
}
