using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>Which columns <see cref="HeldOut"/> reads, and how it splits.</summary>
public sealed record HeldOutOptions
{
    /// <summary>The label: a key column whose key values are the classes' names. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Optional: a column (text, key or number) whose equal values stay in one part, as an artist's songs must; names are compared as
    /// <see cref="SongMood.Evaluation.Predictions"/> does. A row with blank text is a group of its own. Default null: no groups.
    /// </summary>
    public string? GroupColumnName { get; init; }

    /// <summary>
    /// What the estimator's model writes: the probability of each class, in the order of the label's keys. Default "Score".
    /// </summary>
    public string ScoreColumnName { get; init; } = ScoreColumns.Score;

    /// <summary>The seed of the split. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.NeedName(LabelColumnName, nameof(LabelColumnName));
        faults.Need(GroupColumnName is not "", nameof(GroupColumnName), "\"\"", "a column's name, or null");
        faults.NeedName(ScoreColumnName, nameof(ScoreColumnName));
        faults.ThrowIfAny(nameof(HeldOutOptions));
    }
}
