using SongMood.Evaluation;

namespace SongMood.Tests.Evaluation;

public sealed class MoodMetricsTests
{
    // Six songs of a, b, c; worked out by hand below.
    private static readonly int[] Actual = [0, 0, 0, 1, 1, 2];
    private static readonly float[][] Probabilities =
    [
        [0.7f, 0.2f, 0.1f], // a -> a
        [0.5f, 0.3f, 0.2f], // a -> a
        [0.2f, 0.6f, 0.2f], // a -> b
        [0.1f, 0.8f, 0.1f], // b -> b
        [0.6f, 0.3f, 0.1f], // b -> a
        [0.25f, 0.5f, 0.25f], // c -> b
    ];

    private static readonly MoodMetrics Metrics = MoodMetrics.Compute(new Predictions(["a", "b", "c"], Actual, Probabilities));

    [Fact]
    public void Confusion_and_accuracy()
    {
        Assert.Equal(new[,] { { 2, 1, 0 }, { 1, 1, 0 }, { 0, 1, 0 } }, Metrics.Confusion);
        Assert.Equal(6, Metrics.SongCount);
        Assert.Equal(3.0 / 6, Metrics.Accuracy, 12);
        Assert.Equal((2.0 / 3 + 1.0 / 2 + 0) / 3, Metrics.BalancedAccuracy, 12);
    }

    [Fact]
    public void Per_mood()
    {
        Assert.Equal(Score("a", 2.0 / 3, 2.0 / 3, 2.0 / 3, 3, 3), Metrics.PerMood[0]);
        Assert.Equal(Score("b", 1.0 / 3, 1.0 / 2, 2.0 / 5, 2, 3), Metrics.PerMood[1]);
        Assert.Equal(Score("c", 0, 0, 0, 1, 0), Metrics.PerMood[2]);
        Assert.Equal((2.0 / 3 + 2.0 / 5 + 0) / 3, Metrics.MacroF1, 12);
    }

    [Fact]
    public void Log_loss() =>
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.5) + Math.Log(0.2) + Math.Log(0.8) + Math.Log(0.3) + Math.Log(0.25)) / 6,
            Metrics.LogLoss, 6);

    [Fact]
    public void Calibration()
    {
        // Of 15 bins: 0.5 twice (one right), 0.6 twice (none right), 0.7 (right), 0.8 (right). 0.6 is 9/15, on an edge: the lower bin,
        // but for single precision 0.6f is a little more than 0.6: either way both fall into one bin.
        var expected = (Math.Abs(1 - 1.0) + Math.Abs(0 - 1.2) + Math.Abs(1 - 0.7) + Math.Abs(1 - 0.8)) / 6;
        Assert.Equal(expected, Metrics.ExpectedCalibrationError, 6);
    }

    [Fact]
    public void A_mood_that_neither_occurs_nor_is_predicted_does_not_count()
    {
        var metrics = MoodMetrics.Compute(new Predictions(["a", "b", "absent"], [0, 1], [[1, 0, 0], [0, 1, 0]]));
        Assert.Equal((1.0, 1.0, 1.0, 0.0, 0.0),
            (metrics.Accuracy, metrics.BalancedAccuracy, metrics.MacroF1, metrics.LogLoss, metrics.ExpectedCalibrationError));
    }

    [Fact]
    public void A_certain_mistake_costs_much_but_not_infinitely() =>
        Assert.Equal(-Math.Log(1e-15), MoodMetrics.Compute(new Predictions(["a", "b"], [0], [[0, 1]])).LogLoss, 9);

    [Fact]
    public void A_song_without_a_prediction_is_a_mistake_that_no_mood_is_blamed_for()
    {
        float[][] probabilities = [[0.8f, 0.2f], [float.NaN, float.NaN], [0.9f, float.NaN], [0.4f, 0.6f]];
        var metrics = MoodMetrics.Compute(new Predictions(["a", "b"], [0, 0, 1, 1], probabilities));
        Assert.Equal(new[,] { { 1, 0 }, { 0, 1 } }, metrics.Confusion);
        Assert.Equal((4, 2, 0.5, 0.5), (metrics.SongCount, metrics.UnscoredCount, metrics.Accuracy, metrics.BalancedAccuracy));
        Assert.Equal(Score("a", 1, 0.5, 2.0 / 3, 2, 1), metrics.PerMood[0]);
        var scored = MoodMetrics.Compute(new Predictions(["a", "b"], [0, 1], [probabilities[0], probabilities[3]]));
        Assert.Equal((scored.LogLoss, scored.ExpectedCalibrationError), (metrics.LogLoss, metrics.ExpectedCalibrationError));
        Assert.Equal(scored.ReliabilityBins, metrics.ReliabilityBins);
    }

    [Fact]
    public void Without_any_prediction_there_is_no_log_loss()
    {
        var metrics = MoodMetrics.Compute(new Predictions(["a", "b"], [0, 1], [[float.NaN, 1], [0, float.NaN]]));
        Assert.Equal((0.0, 0.0, 0.0, 2), (metrics.Accuracy, metrics.BalancedAccuracy, metrics.MacroF1, metrics.UnscoredCount));
        Assert.True(double.IsNaN(metrics.LogLoss) && double.IsNaN(metrics.ExpectedCalibrationError));
    }

    [Fact]
    public void Reliability_bins_hold_every_song_where_its_confidence_is()
    {
        var bins = Metrics.ReliabilityBins;
        Assert.Equal(15, bins.Count);
        Assert.Equal((0.0, 1.0), (bins[0].Lower, bins[^1].Upper));
        Assert.Equal(new ReliabilityBin { Lower = 7.0 / 15, Upper = 8.0 / 15, SongCount = 2, Confidence = 0.5, Accuracy = 0.5 }, bins[7]);
        Assert.Equal((1, 1.0), (bins[10].SongCount, bins[10].Accuracy)); // 0.7
        Assert.Equal((0, null, null), (bins[0].SongCount, bins[0].Confidence, bins[0].Accuracy));
        Assert.Equal(6, bins.Sum(bin => bin.SongCount));
        // Certainty is in the last bin, and of equal bins each begins where the one before ends.
        Assert.Equal(1, MoodMetrics.Compute(new Predictions(["a", "b"], [0], [[1, 0]])).ReliabilityBins[^1].SongCount);
        Assert.All(bins.Zip(bins.Skip(1)), pair => Assert.Equal(pair.First.Upper, pair.Second.Lower, 15));
    }

    private static MoodScore Score(string mood, double precision, double recall, double f1, int support, int predicted) =>
        new() { Mood = mood, Precision = precision, Recall = recall, F1 = f1, Support = support, PredictedCount = predicted };
}
