using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>What <see cref="BaggingTrainer"/> can be told.</summary>
public sealed record BaggingOptions
{
    /// <summary>The label: the key column that the trainer learns. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>How many networks are fitted, at least 2. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>How many rows (or groups) each network gets, drawn with replacement, as a share of all; above 0, to 1. Default 1.</summary>
    public double SampleFraction { get; init; } = 1;

    /// <summary>
    /// Optional: a column (text, key or number) whose equal values are drawn together, as an artist's songs. Names are equal, and rows
    /// without a group, as for <see cref="NetworkOptions.ValidationGroupColumnName"/>. Default null: row by row.
    /// </summary>
    public string? GroupColumnName { get; init; }

    /// <summary><see cref="EnsembleCombiner.Average"/> or <see cref="EnsembleCombiner.Vote"/>. Default Average.</summary>
    public EnsembleCombiner Combiner { get; init; } = EnsembleCombiner.Average;

    /// <summary>
    /// Makes the samples repeatable. Default null: the MLContext's seed, and where it has none, a random one. The trainer has a seed of its
    /// own.
    /// </summary>
    public int? Seed { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.NeedName(LabelColumnName, nameof(LabelColumnName));
        faults.Need(Count >= 2, nameof(Count), Count, "at least 2");
        faults.Need(SampleFraction is > 0 and <= 1, nameof(SampleFraction), SampleFraction, "above 0, to 1");
        faults.Need(GroupColumnName is not "", nameof(GroupColumnName), "\"\"", "a column's name, or null");
        faults.Need(Combiner is EnsembleCombiner.Average or EnsembleCombiner.Vote, nameof(Combiner), Combiner, "Average or Vote");
        faults.ThrowIfAny(nameof(BaggingOptions));
    }
}
