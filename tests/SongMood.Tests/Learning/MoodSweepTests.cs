using SongMood.Cli.Sweep;
using SongMood.Learning;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

[Collection(nameof(Torch))]
public sealed class MoodSweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SweepAxis[] Axes => [SweepAxis.LearningRates(1e-3, 1e-2), SweepAxis.Hidden([8], [8, 4])];

    public void Dispose() => _folder.Dispose();

    private MoodLearning Learning(int epochs = 2) => new(NumberSongs.Read(_folder), NumberSongs.Options with { Epochs = epochs });

    [Fact]
    public async Task Trials_in_this_process_and_in_others_come_to_the_same_and_the_best_is_what_cross_validation_says()
    {
        var learning = Learning();
        var told = new Told();
        var here = await new MoodSweep(learning, Axes, new MoodSweepOptions { Folds = 3 }).RunAsync(told, Cancellation);
        var there = await new MoodSweep(learning, Axes,
            new MoodSweepOptions { Folds = 3, Workers = new SweepWorkers { Start = SweepWorkerCommand.Start, Count = 2 } })
            .RunAsync(null, Cancellation);
        Assert.Equal(4, here.Rows.Count);
        Assert.Equal(Figures(here), Figures(there));
        Assert.Equal(["learning rate", "hidden"], here.Names);
        Assert.Equal([0, 1, 2, 3, 4], told.All.Select(report => report.StepsDone));
        Assert.All(told.All, report => Assert.Equal((LearningActivity.Sweeping, 4), (report.Activity, report.StepCount)));

        var best = here.Best!;
        var judged = await learning.With(best.Options).CrossValidateAsync(3, cancellation: Cancellation);
        Assert.Equal((judged.Metrics.Accuracy, judged.Metrics.LogLoss), (best.Result.Accuracy, best.Result.LogLoss));
        Assert.Equal(judged.FoldAccuracies, best.Result.FoldAccuracies);
        here.Save(_folder.File("new/table.csv"));
        Assert.Equal(1 + 4, File.ReadAllLines(_folder.File("new/table.csv")).Length);
    }

    [Fact]
    public async Task A_sweep_that_was_stopped_goes_on_from_its_journal()
    {
        var options = new MoodSweepOptions { HoldOut = 0.3, JournalPath = _folder.File("sweep.jsonl") };
        using var stop = new CancellationTokenSource();
        var told = new Told { Then = report => { if (report.StepsDone == 2) stop.Cancel(); } };
        var sweep = new MoodSweep(Learning(), Axes, options);
        Assert.Equal((4, 4, 0), (sweep.TrialCount, sweep.TrainingCount, sweep.CountDone()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweep.RunAsync(told, stop.Token));
        Assert.Equal(2, sweep.CountDone());
        var lines = File.ReadAllLines(options.JournalPath!);
        var table = await new MoodSweep(Learning(), Axes, options).RunAsync(null, Cancellation);
        Assert.Equal(lines, File.ReadAllLines(options.JournalPath!)[..3]);
        Assert.Equal(4, table.Rows.Count(row => row.Result.Error is null));

        var other = new MoodSweep(Learning(epochs: 3), Axes, options);
        var error = await Assert.ThrowsAsync<LearningFileException>(() => other.RunAsync(null, Cancellation));
        Assert.Contains("epochs is 2 there and 3 here", error.Message);
        Assert.Contains("Name another JournalPath", error.Message);
    }

    [Fact]
    public void What_is_no_sweep_is_refused_in_the_librarys_words()
    {
        string Refused(MoodSweepOptions options, params SweepAxis[] axes)
        {
            var message = Assert.ThrowsAny<ArgumentException>(() => new MoodSweep(Learning(), axes, options)).Message;
            Assert.DoesNotContain("--", message);
            return message;
        }
        Assert.Contains("nothing to sweep over", Refused(new()));
        Assert.Contains("2 axes of dropout", Refused(new(), SweepAxis.Dropouts(0), SweepAxis.Dropouts(0.1)));
        Assert.Contains("Eta is for Strategy Halving, not grid", Refused(new() { Eta = 3 }, Axes));
        Assert.Contains("Eta is 1; expected 2 or more", Refused(new() { Strategy = SweepStrategy.Halving, Eta = 1 }, Axes));
        Assert.Contains("LeastEpochs is 0", Refused(new() { Strategy = SweepStrategy.Halving, LeastEpochs = 0 }, Axes));
        Assert.Contains("Strategy Random needs TrialCount", Refused(new() { Strategy = SweepStrategy.Random }, Axes));
        Assert.Contains("TrialCount is 0", Refused(new() { Strategy = SweepStrategy.Random, TrialCount = 0 }, Axes));
        Assert.Contains("only 4 combinations", Refused(new() { Strategy = SweepStrategy.Random, TrialCount = 5 }, Axes));
        Assert.Contains("Strategy is 9", Refused(new() { Strategy = (SweepStrategy)9 }, Axes));
        Assert.Contains("is a range, and a grid tries every value", Refused(new(), SweepAxis.LearningRatesBetween(1e-4, 1e-2)));
        Assert.Contains("Trial 2 (batch 1) cannot be", Refused(new(), SweepAxis.BatchSizes(2, 1)));
        Assert.Contains("Trial 1 (layers 2) cannot be: Network.Layers is for rnn", Refused(new(), SweepAxis.Layers(2)));
        Assert.Contains("40", Refused(new() { Folds = 40 }, Axes));
        var several = Refused(new() { Folds = 1, HoldOut = 1, JournalPath = "", TrialCount = 20_000, Eta = 1, LeastEpochs = 0 }, Axes);
        foreach (var fault in new[]
        {
            "TrialCount is for Strategy Random and halving", "Eta is for Strategy Halving, not grid", "LeastEpochs is for Strategy Halving",
            "TrialCount is 20000; expected 1 to 10000", "Eta is 1", "LeastEpochs is 0", "Folds is 1", "HoldOut is 1",
            "JournalPath is empty",
        })
            Assert.Contains(fault, several);
        Assert.Contains("Workers.Count is 0", Refused(new() { Workers = new() { Start = SweepWorkerCommand.Start, Count = 0 } }, Axes));
        Assert.Contains("Workers.Start is null", Refused(new() { Workers = new() { Start = null! } }, Axes));
        Assert.Contains("'' is not a number above 0", Assert.Throws<MoodLearningException>(() => SweepAxis.LearningRates()).Message);
        Assert.Contains("'-1' is not", Assert.Throws<MoodLearningException>(() => SweepAxis.WeightDecays(-1)).Message);
        Assert.Contains("lower one", Assert.Throws<MoodLearningException>(() => SweepAxis.DropoutsBetween(0.5, 0.1)).Message);
        Assert.Contains("has 8 2 times", Assert.Throws<MoodLearningException>(() => SweepAxis.Hidden([8], [8])).Message);
    }

    [Fact]
    public async Task A_worker_that_reads_other_songs_is_found_out()
    {
        var learning = Learning();
        var sweep = new MoodSweep(learning, Axes,
            new MoodSweepOptions { Folds = 3, Workers = new SweepWorkers { Start = SweepWorkerCommand.Start, Count = 1 } });
        File.WriteAllText(learning.Songs.File,
            (await File.ReadAllTextAsync(learning.Songs.File, Cancellation)).Replace("mood 2,artist 2,", "mood 1,artist 2,"));
        Assert.Contains("has other songs now",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => sweep.RunAsync(null, Cancellation))).Message);
    }

    private static IEnumerable<string> Figures(SweepTable table) =>
        table.Rows.Select(row => $"{string.Join(' ', row.Values)}: {row.Result.Accuracy} {row.Result.LogLoss} {row.Result.Error}");
}
