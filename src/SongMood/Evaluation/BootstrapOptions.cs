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
        var faults = new OptionFaults();
        faults.Need(Resamples is >= 100 and <= 1_000_000, nameof(Resamples), Resamples, "100 to 1,000,000");
        faults.Need(Level is > 0 and < 1, nameof(Level), Level, "above 0 and below 1");
        faults.ThrowIfAny(nameof(BootstrapOptions));
    }
}
