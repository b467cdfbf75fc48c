namespace SongMood.Learning;

/// <summary>How <see cref="MoodSweep"/> chooses what to try, and how it measures it.</summary>
public sealed record MoodSweepOptions
{
    internal const int DefaultEta = 3;

    /// <summary>Which combinations are tried. Default <see cref="SweepStrategy.Grid"/>.</summary>
    public SweepStrategy Strategy { get; init; }

    /// <summary>
    /// How many different combinations are drawn, with <see cref="SweepStrategy.Random"/>, which needs it, and
    /// <see cref="SweepStrategy.Halving"/>; from 1 to 10,000. Default null: every combination.
    /// </summary>
    public int? TrialCount { get; init; }

    /// <summary>
    /// With <see cref="SweepStrategy.Halving"/>: one of how many goes on, for how many times the epochs; at least 2. Default null: 3.
    /// </summary>
    public int? Eta { get; init; }

    /// <summary>
    /// With <see cref="SweepStrategy.Halving"/>: the first round trains for at least this many epochs, which leaves rounds out; at least 1.
    /// Default null: 1.
    /// </summary>
    public int? LeastEpochs { get; init; }

    /// <summary>Folds that each trial is cross-validated by, at least 2. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>A share of the songs to hold out and measure on instead, above 0 and below 1. Default null: folds.</summary>
    public double? HoldOut { get; init; }

    /// <summary>
    /// A file that keeps what is finished, from which the same sweep goes on. One of another sweep is refused. Default null: nothing is
    /// kept.
    /// </summary>
    public string? JournalPath { get; init; }

    /// <summary>Processes to train in. Default null: one trial after the other, in this process.</summary>
    public SweepWorkers? Workers { get; init; }

    /// <param name="axes">What is swept over, which must suit the strategy.</param>
    /// <exception cref="MoodLearningException">Options contradict each other or are out of range; the message lists all.</exception>
    internal void Validate(IReadOnlyList<SweepAxis> axes)
    {
        var faults = new LearningFaults();
        faults.Need(axes.Count > 0, $"There is nothing to sweep over: give values for one or more of "
            + $"{string.Join(", ", SweepParameter.All.Select(parameter => parameter.Name))}.");
        foreach (var same in axes.GroupBy(axis => axis.Name))
            faults.Need(same.Count() == 1, $"There are {same.Count()} axes of {same.Key}; expected one.");
        faults.Need(Enum.IsDefined(Strategy), $"Strategy is {Strategy}; expected {Term.Grid}, {Term.Random} or {Term.Halving}.");
        if (Enum.IsDefined(Strategy))
            CheckStrategy(faults, axes.FirstOrDefault(axis => axis.IsRange));
        faults.Need(TrialCount is null or (>= 1 and <= SweepSpace.MostTrials),
            $"{Term.TrialCount} is {TrialCount}; expected 1 to {SweepSpace.MostTrials}.");
        faults.Need(Eta is null or >= 2, $"{Term.Eta} is {Eta}; expected 2 or more.");
        faults.Need(LeastEpochs is null or >= 1, $"{Term.LeastEpochs} is {LeastEpochs}; expected 1 or more.");
        faults.Need(Folds >= 2, $"Folds is {Folds}; expected 2 or more.");
        faults.Need(HoldOut is null or (> 0 and < 1), $"HoldOut is {HoldOut}; expected more than 0 and less than 1, or null.");
        faults.Need(JournalPath is not "", $"JournalPath is empty; expected a file, or null.");
        faults.Need(Workers is null or { Start: not null }, $"Workers.Start is null; expected how to start a process.");
        faults.Need(Workers is null or { Count: null or >= 1 }, $"Workers.Count is {Workers?.Count}; expected 1 or more.");
        faults.ThrowIfAny();
    }

    private void CheckStrategy(LearningFaults faults, SweepAxis? range)
    {
        var (isGrid, isRandom, isHalving) =
            (Strategy == SweepStrategy.Grid, Strategy == SweepStrategy.Random, Strategy == SweepStrategy.Halving);
        foreach (var (term, given) in new[] { (Term.Eta, Eta), (Term.LeastEpochs, LeastEpochs) })
            faults.Need(isHalving || given is null, $"{term} is for {Term.Halving}, not {Strategy.ToString().ToLowerInvariant()}.");
        faults.Need(!isGrid || TrialCount is null,
            $"{Term.TrialCount} is for {Term.Random} and halving; a grid tries every combination.");
        faults.Need(!isGrid || range is null,
            $"{range?.Label} {range?.Text} is a range, and a grid tries every value: use {Term.DrawTrials}, or a list.");
        faults.Need(!isRandom || TrialCount is not null, $"{Term.Random} needs {Term.Trials}.");
        faults.Need(!isHalving || range is null || TrialCount is not null,
            $"{range?.Label} {range?.Text} is a range to draw from: say how often with {Term.Trials}.");
    }
}
