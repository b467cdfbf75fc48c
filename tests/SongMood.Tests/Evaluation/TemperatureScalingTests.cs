using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public sealed class TemperatureScalingTests
{
    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(6)]
    public void A_known_temperature_is_found_again(double temperature)
    {
        var (said, calibrated) = Overconfident(4000, 4, temperature, seed: 3);
        Assert.Equal(temperature, TemperatureScaling.Fit(said), 0.06 * temperature);
        for (var song = 0; song < 10; song++)
            Close.Equal(calibrated[song], TemperatureScaling.Apply(said.Probabilities[song], temperature), 1e-4f);
    }

    [Fact]
    public void It_is_the_lowest_log_loss_of_all_temperatures()
    {
        var (said, _) = Overconfident(300, 3, 2, seed: 1);
        var best = TemperatureScaling.Fit(said);
        double LossAt(double temperature) => MoodMetrics.Compute(
            said.WithProbabilities([.. said.Probabilities.Select(p => TemperatureScaling.Apply(p, temperature))])).LogLoss;
        for (var ln = Math.Log(TemperatureScaling.Lowest); ln < Math.Log(TemperatureScaling.Highest); ln += 0.01)
            Assert.True(LossAt(best) <= LossAt(Math.Exp(ln)) + 1e-6, $"{Math.Exp(ln)}");
    }

    [Theory]
    [InlineData(30)]
    [InlineData(300)]
    public void It_is_what_a_search_over_the_log_loss_finds(int songs)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (said, _) = Overconfident(songs, 3, 2, seed);
            double[][] logits = [.. said.Probabilities.Select(p => p.Select(value => Math.Log(value)).ToArray())];
            // Golden-section search: slow, and sure of a convex function's lowest place to the square root of its own precision.
            var (low, high) = (Math.Log(TemperatureScaling.Lowest), Math.Log(TemperatureScaling.Highest));
            while (high - low > 1e-7)
            {
                var (left, right) = (high - 0.6180339887498949 * (high - low), low + 0.6180339887498949 * (high - low));
                (low, high) = Loss(left) < Loss(right) ? (low, right) : (left, high);
            }
            Assert.Equal(1, TemperatureScaling.Fit(said) / Math.Exp((low + high) / 2), 1e-6);

            double Loss(double lnTemperature)
            {
                var t = Math.Exp(lnTemperature);
                return logits.Zip(said.Actual)
                    .Sum(song => Math.Log(song.First.Sum(logit => Math.Exp(logit / t))) - song.First[song.Second] / t);
            }
        }
    }

    [Fact]
    public void Logits_give_the_temperature_that_their_probabilities_give()
    {
        var (said, _) = Overconfident(200, 5, 3, seed: 7);
        double[][] logits = [.. said.Probabilities.Select(p => p.Select(value => Math.Log(value) + 5).ToArray())];
        Assert.Equal(TemperatureScaling.Fit(said), TemperatureScaling.Fit(logits, [.. said.Actual]), 1e-8);
    }

    [Fact]
    public void A_model_is_not_certain_because_a_few_songs_had_no_fault()
    {
        // Ten songs, all right by a margin: the plain log-loss would be lowest at no temperature at all. One more song of each of the four
        // moods was seen, says Platt: the right mood has 10 / 14 and a quarter of 4 / 14, the others a quarter of 4 / 14 each.
        int[] moods = [.. Enumerable.Range(0, 10).Select(song => song % 4)];
        double[][] logits = Array.ConvertAll(moods, right => Enumerable.Range(0, 4).Select(mood => mood == right ? 2.0 : 0).ToArray());
        Assert.Equal(Math.Log(11.0 / 14 / (1.0 / 14)), 2 / TemperatureScaling.Fit(logits, moods, isKept: true), 1e-6);
        // With one mistake the log-loss alone says how sure to be.
        moods[0] = 1;
        Assert.Equal(TemperatureScaling.Fit(logits, moods), TemperatureScaling.Fit(logits, moods, isKept: true));
    }

    [Fact]
    public void What_is_predicted_stays_and_probabilities_stay_probabilities()
    {
        float[] p = [0.5f, 0.3f, 0.2f, 0];
        Close.Equal(p, TemperatureScaling.Apply(p, 1), 1e-6f);
        foreach (var temperature in new[] { TemperatureScaling.Lowest, 0.7, 3, TemperatureScaling.Highest })
        {
            var scaled = TemperatureScaling.Apply(p, temperature);
            Assert.Equal(1, scaled.Sum(), 1e-5f);
            Assert.True(scaled[0] > scaled[1] && scaled[1] > scaled[2] && scaled[2] > scaled[3]);
        }
        Assert.All(TemperatureScaling.Apply([float.NaN, 0.5f], 2), value => Assert.True(float.IsNaN(value)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperatureScaling.Apply(p, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperatureScaling.Apply(p, double.NaN));
    }

    [Fact]
    public void All_right_is_as_cold_and_all_wrong_as_hot_as_it_gets()
    {
        var right = new Predictions(["a", "b"], [0, 1], [[0.9f, 0.1f], [0.4f, 0.6f]]);
        Assert.Equal(TemperatureScaling.Lowest, TemperatureScaling.Fit(right), 1e-6);
        Assert.Equal(TemperatureScaling.Highest, TemperatureScaling.Fit(new Predictions(right.Moods, [1, 0], right.Probabilities)), 1e-5);
    }

    [Fact]
    public void No_song_has_a_say_in_its_own_parts_temperature()
    {
        var (all, _) = Overconfident(300, 3, 2.5, seed: 2);
        var said = all.WithParts([.. all.Actual.Select((_, song) => 10 + song % 3)]);
        var calibrated = TemperatureScaling.CrossFit(said);
        Assert.Equal([10, 11, 12], calibrated.Temperatures.Keys);
        for (var part = 10; part < 13; part++)
        {
            var others = said.Where(song => said.Parts![song] != part);
            Assert.Equal(200, others.SongCount);
            var temperature = TemperatureScaling.Fit(others);
            Assert.Equal(temperature, calibrated.Temperatures[part]);
            var song = part - 10;
            Assert.Equal(TemperatureScaling.Apply(said.Probabilities[song], temperature), calibrated.Predictions.Probabilities[song]);
        }
        var (before, after) = (MoodMetrics.Compute(said), MoodMetrics.Compute(calibrated.Predictions));
        Assert.True(after.LogLoss < before.LogLoss && after.ExpectedCalibrationError < before.ExpectedCalibrationError);
        Assert.Equal(before.Confusion, after.Confusion);
    }

    [Fact]
    public void Songs_without_predictions_are_left_out_and_what_cannot_be_fitted_is_refused()
    {
        var (said, _) = Overconfident(100, 3, 2, seed: 4);
        var more = new Predictions(said.Moods, [.. said.Actual, 1], [.. said.Probabilities, [0, float.NaN, 1]]);
        Assert.Equal(TemperatureScaling.Fit(said), TemperatureScaling.Fit(more));
        Assert.Contains("No song has a prediction",
            Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit(more.Where(song => song == 100))).Message);
        Assert.Contains("in 0 parts", Assert.Throws<ArgumentException>(() => TemperatureScaling.CrossFit(said)).Message);
        Assert.Contains("in 1 part;",
            Assert.Throws<ArgumentException>(() => TemperatureScaling.CrossFit(said.WithParts(new int[100]))).Message);
    }

    /// <summary>Moods drawn from known probabilities, and what a network says whose logits are too large by a factor.</summary>
    private static (Predictions Said, float[][] True) Overconfident(int songs, int moods, double factor, int seed)
    {
        var random = new Random(seed);
        double[][] logits =
            [.. Enumerable.Range(0, songs).Select(_ => Enumerable.Range(0, moods).Select(_ => 3 * random.NextDouble()).ToArray())];
        float[][] truth = [.. logits.Select(row => Softmax(row, 1))];
        int[] actual = [.. truth.Select(row => Draw(row, random.NextDouble()))];
        string[] names = [.. Enumerable.Range(0, moods).Select(mood => $"{mood}")];
        return (new Predictions(names, actual, [.. logits.Select(row => Softmax(row, factor))]), truth);
    }

    private static float[] Softmax(double[] logits, double factor)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp(factor * logit))];
        return [.. shares.Select(share => (float)(share / shares.Sum()))];
    }

    private static int Draw(float[] probabilities, double place)
    {
        for (var c = 0; c < probabilities.Length - 1; c++)
            if ((place -= probabilities[c]) < 0)
                return c;
        return probabilities.Length - 1;
    }
}
