using System.Diagnostics;

namespace SongMood.Learning;

/// <summary>
/// Processes that train beside each other: torch's random numbers are one stream a process, so that trainings in one would take turns.
/// </summary>
public sealed record SweepWorkers
{
    /// <summary>
    /// How to start one: a program that does nothing but <see cref="SweepWorker.RunAsync"/> on its standard input and output, such as the
    /// caller itself with an argument. Called for each process.
    /// </summary>
    public required Func<ProcessStartInfo> Start { get; init; }

    /// <summary>How many at once, at least 1. Default null: one for each core, fewer where the free memory would not hold them.</summary>
    public int? Count { get; init; }

    /// <summary>Told what the processes write to their standard error. Default null.</summary>
    public IProgress<string>? Messages { get; init; }

    /// <summary>Such as "4 processes".</summary>
    public override string ToString() =>
        Count is { } count ? Plural.Of(count, "process", "processes") : "a process for each core, as far as memory goes";
}
