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
}
