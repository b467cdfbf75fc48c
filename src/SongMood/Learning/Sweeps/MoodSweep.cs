using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>Tries many ways of training, measures each on songs of groups that it has not heard, and lists them, the best first.</summary>
/// <example><code>
/// var songs = LabelledSongs.Read("tracks.csv", new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["energy", "valence"] });
/// var learning = new MoodLearning(songs, new MoodLearningOptions { Inputs = SongInput.Columns, Epochs = 5 });
/// var sweep = new MoodSweep(learning, [SweepAxis.LearningRates(1e-3, 1e-2)], new MoodSweepOptions { HoldOut = 0.25 });
/// var table = await sweep.RunAsync();
/// Console.WriteLine($"{table.Best!.Values[0]}: {table.Best.Result.Accuracy:P0}");
/// </code></example>
public sealed class MoodSweep
{
    private readonly MoodLearning _learning;
    private readonly MoodSweepOptions _options;
    private readonly SweepPlan _plan;
    private readonly HeldOutParts _parts;

    /// <summary>Checks every trial before any is trained.</summary>
    /// <param name="learning">The songs, and what all trials share.</param>
    /// <param name="axes">What differs from trial to trial.</param>
    /// <param name="options">How to choose and how to measure; null for the defaults.</param>
    /// <exception cref="MoodLearningException">Options contradict each other or are out of range, and the message lists all that do; or a
    /// trial cannot be, and it says which.</exception>
    /// <exception cref="ArgumentException">There are too few songs, or groups, to split them so.</exception>
    public MoodSweep(MoodLearning learning, IReadOnlyList<SweepAxis> axes, MoodSweepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(learning);
        ArgumentNullException.ThrowIfNull(axes);
        (_learning, _options) = (learning, options ?? new MoodSweepOptions());
        _plan = new SweepPlan(learning.Options, axes, _options);
        _parts = learning.HoldOut(_options.Folds, _options.HoldOut);
    }

    /// <summary>What all trials share.</summary>
    internal MoodLearningOptions Shared => _plan.Shared;

    /// <summary>How many combinations are tried.</summary>
    public int TrialCount => _plan.Trials.Count;

    /// <summary>How many trainings there are, in all rounds, if none fails.</summary>
    public int TrainingCount => _plan.Rungs.Sum(rung => rung.Trials);

    /// <summary>How many trainings the journal says are done.</summary>
    /// <exception cref="LearningFileException">The journal is of another sweep, or no such file.</exception>
    public int CountDone()
    {
        using var journal = OpenJournal();
        return journal?.Count ?? 0;
    }

    /// <summary>Trains and measures what is not done yet.</summary>
    /// <param name="progress">Told of songs and of each trial.</param>
    /// <param name="cancellation">Stops; what is finished is in the journal.</param>
    /// <exception cref="LearningFileException">The journal is of another sweep, or no such file; or the feature file is.</exception>
    /// <exception cref="InvalidOperationException">A worker could not begin; the message has what it said.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<SweepTable> RunAsync(IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var journal = OpenJournal();
        if (_options.Workers is null)
            await _learning.PrepareAsync(progress, cancellation).ConfigureAwait(false);
        using ITrialRunner runner = _options.Workers is { } workers ? new TrialPool(SweepJob.Of(_learning, _options), workers)
            : new TrialMeasurement(_learning, _parts);
        var steps = new StepCounter(progress, LearningActivity.Sweeping, TrainingCount);
        return new SweepTable(_plan, await new SweepRun(_plan, journal, runner).RunAsync(steps, cancellation).ConfigureAwait(false));
    }

    private SweepJournal? OpenJournal() => _options.JournalPath is not { } path ? null
        : new SweepJournal(path, SweepIdentity.Of(_learning, _plan, _options));
}
