namespace SongMood.Evaluation;

/// <summary>How <see cref="BootstrapIntervals"/> are found.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How often the songs are drawn anew, from 100 to 1,000,000. Default: 2000, with which an end of a 95 % interval is itself
    /// known to about a thirtieth of the interval's half width.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>The share of resamples inside an interval, above 0 and below 1. Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The same seed gives the same intervals. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        var faults = new List<string>();
        if (Resamples is < 100 or > 1_000_000)
            faults.Add($"{nameof(Resamples)} is {Resamples}; expected 100 to 1,000,000.");
        if (!(Level is > 0 and < 1))
            faults.Add($"{nameof(Level)} is {Level}; expected more than 0 and less than 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults));
    }
}
