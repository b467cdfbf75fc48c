using System.Diagnostics;
using SongMood.Cli.Sweep;
using SongMood.Learning;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

[Collection(nameof(Torch))]
public sealed class SweepPartsTests : IDisposable
{
    private static readonly MoodLearningOptions Baseline = new() { Inputs = SongInput.Columns, Columns = ["a", "b"] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Where hidden layers are swept over, no trial is linear, and what all share says so.</summary>
    [Fact]
    public void What_is_swept_over_decides_the_network_that_all_trials_share()
    {
        NetworkKind? Shared(SongInput? inputs, SweepAxis axis) => new SweepPlan(
            inputs is { } set ? new() { Inputs = set, Epochs = 2 } : new(), [axis], new MoodSweepOptions()).Shared.Network.Kind;
        Assert.Equal(NetworkKind.Linear, Shared(null, SweepAxis.LearningRates(1e-3, 1e-2)));
        Assert.Equal(NetworkKind.Mlp, Shared(null, SweepAxis.Hidden([8], [16])));
        Assert.Equal(NetworkKind.Mlp, Shared(null, SweepAxis.Dropouts(0.2, 0.5)));
        Assert.Equal(NetworkKind.Crnn, Shared(SongInput.Mel, SweepAxis.Dropouts(0.2, 0.5)));
        Assert.Null(Shared(SongInput.Both, SweepAxis.LearningRates(1e-3, 1e-2)));
    }

    [Theory]
    [InlineData(9, 27, 3, "9x3 3x9 1x27")]
    [InlineData(27, 27, 3, "27x1 9x3 3x9 1x27")]
    [InlineData(30, 27, 3, "30x1 10x3 3x9 1x27")]
    [InlineData(8, 40, 2, "8x5 4x10 2x20 1x40")]
    [InlineData(100, 4, 2, "100x1 50x2 25x4")] // fewer epochs than rounds
    [InlineData(10, 30, 3, "10x3 3x10 1x30")]
    [InlineData(2, 30, 3, "2x30")]
    [InlineData(1, 1, 2, "1x1")]
    [InlineData(27, 30, 3, "27x3 9x10 3x30", 3)]
    [InlineData(27, 30, 3, "27x30", 11)]
    public void Halving_has_a_round_for_each_power(int trials, int epochs, int eta, string expected, int leastEpochs = 1) =>
        Assert.Equal(expected,
            string.Join(' ', Rung.Halve(trials, epochs, eta, leastEpochs).Select(rung => $"{rung.Trials}x{rung.Epochs}")));

    [Fact]
    public void A_range_is_drawn_from_evenly_in_the_logarithm()
    {
        var axis = SweepAxis.LearningRatesBetween(1e-5, 1e-1);
        var random = new Random(4);
        var drawn = Enumerable.Range(0, 4000).Select(_ => axis.Draw(random).ApplyTo(Baseline).LearningRate!.Value).ToArray();
        Assert.All(drawn, value => Assert.InRange(value, 1e-5, 1e-1));
        for (var decade = -5; decade < -1; decade++) // a quarter each; four standard deviations of 4000 draws are 110
            Assert.InRange(drawn.Count(value => value >= Math.Pow(10, decade) && value < Math.Pow(10, decade + 1)), 890, 1110);

        string[] Trials(int seed) => [.. new SweepSpace(Baseline, [axis]).Draw(20, seed).Select(trial => trial.Values[0])];
        Assert.Equal(Trials(1), Trials(1));
        Assert.Equal(Trials(1)[..5], new SweepSpace(Baseline, [axis]).Draw(5, 1).Select(trial => trial.Values[0]));
        Assert.True(Trials(1).Intersect(Trials(2)).Count() < 3);
    }

    [Fact]
    public void A_grid_has_every_combination_in_order_with_its_settings()
    {
        var space = new SweepSpace(Baseline,
        [
            SweepAxis.BatchSizes(4, 8),
            SweepAxis.Hidden([3], [5, 2]),
        ]);
        var grid = space.Grid();
        Assert.Equal(["4 3", "4 5x2", "8 3", "8 5x2"], grid.Select(trial => string.Join(' ', trial.Values)));
        Assert.Equal([1, 2, 3, 4], grid.Select(trial => trial.Number));
        Assert.Equal(8, grid[3].Options.BatchSize);
        Assert.Equal([5, 2], grid[3].Options.Network.Hidden);
        int[] most = [.. Enumerable.Range(1, 101)];
        var large = new SweepSpace(Baseline, [SweepAxis.BatchSizes(most), SweepAxis.Layers(most)]);
        Assert.Contains("more than 10000 trials", Assert.Throws<MoodLearningException>(large.Grid).Message);
    }

    [Fact]
    public async Task A_process_that_dies_is_a_failed_trial_that_says_why_and_is_not_taken_for_done()
    {
        var job = Job();
        using var process = await TrialProcess.StartAsync(job, 1, Workers, TestContext.Current.CancellationToken);
        Assert.Null((await process.MeasureAsync(new TrialRequest(1, 1, Baseline), TestContext.Current.CancellationToken)).Error);

        var training = process.MeasureAsync(new TrialRequest(2, 1_000_000, Baseline), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        using (var victim = Process.GetProcessById(process.Id))
            victim.Kill();
        var result = await training;
        Assert.True(result.Crashed);
        Assert.Contains("The process that trained died", result.Error);
        Assert.Contains("exit code", result.Error);
    }

    [Fact]
    public async Task Cancelling_kills_the_process_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var process = await TrialProcess.StartAsync(
            Job(), 1, Workers, stop.Token);
        using var worker = Process.GetProcessById(process.Id);
        var training = process.MeasureAsync(new TrialRequest(1, 1_000_000, Baseline), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => training);
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_process_that_cannot_begin_stops_the_sweep_with_what_it_said()
    {
        using var pool = new TrialPool(Job() with { Data = _folder.File("none.csv") }, Workers with { Count = 2 });
        var requests = Enumerable.Range(1, 4).Select(trial => new TrialRequest(trial, 1, Baseline)).ToArray();
        var error =
            await Assert.ThrowsAnyAsync<Exception>(
            () => pool.RunAsync(requests, _ => Assert.Fail("nothing can be done"), TestContext.Current.CancellationToken));
        Assert.Contains("There is no label file", Assert.IsType<InvalidOperationException>(error).Message);
    }

    [Fact]
    public void The_best_come_first_and_the_failed_last()
    {
        TrialResult Result(int trial, int epochs, double accuracy, double logLoss) => new()
        {
            Trial = trial,
            Epochs = epochs,
            Accuracy = accuracy,
            FoldAccuracies = [accuracy],
            LogLoss = logLoss,
            MacroF1 = accuracy,
            Seconds = 1,
            Error = null,
        };
        var ranked = TrialResult.Rank(
        [
            TrialResult.Failed(1, 9, 1, "no"), Result(2, 3, 0.9, 0.1), Result(3, 9, 0.5, 0.7), Result(4, 9, 0.5, 0.6),
            Result(6, 9, 0.7, 0.9), Result(5, 9, 0.7, 0.9),
        ]);
        Assert.Equal([5, 6, 4, 3, 2, 1], ranked.Select(result => result.Trial));
    }

    private static SweepWorkers Workers => new() { Start = SweepWorkerCommand.Start };

    private SweepJob Job()
    {
        var songs = LabelledSongs.Read(WriteLabels(), new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["a", "b"] });
        return SweepJob.Of(new MoodLearning(songs, Baseline), new MoodSweepOptions { Folds = 2 });
    }

    private string WriteLabels() =>
        _folder.Write("labels.csv",
        "mood,artist,a,b\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"m{i % 2},artist {i},{i % 2},{i % 5}\n")));
}
