using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>What <see cref="EnsembleTrainer"/> can be told.</summary>
public sealed record EnsembleOptions
{
    /// <summary>The label: a key column, as MapValueToKey makes. Its classes must be the members'. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>How the members become one. Default <see cref="EnsembleCombiner.HeadOnOutputs"/>.</summary>
    public EnsembleCombiner Combiner { get; init; } = EnsembleCombiner.HeadOnOutputs;

    /// <summary>
    /// How the head of <see cref="EnsembleCombiner.HeadOnOutputs"/>, <see cref="EnsembleCombiner.HeadOnEmbeddings"/> and
    /// <see cref="EnsembleCombiner.Stacking"/> is built and trained. Its label and feature columns are not used. Default: linear (the
    /// paper's), 100 epochs at a learning rate of 1e-2 in batches of 128; all else as <see cref="MlpOptions"/> has it.
    /// </summary>
    public MlpOptions Head { get; init; } = new() { Form = MlpForm.Linear, LearningRate = 1e-2 };

    /// <summary>
    /// The members' weights in <see cref="EnsembleCombiner.WeightedAverage"/>, not negative; only their proportions matter. Default
    /// null: those with the lowest log-loss on the training data, which flatter members that were trained on the same rows.
    /// </summary>
    public IReadOnlyList<float>? Weights { get; init => field = value is null ? null : [.. value]; }

    /// <summary>Into how many parts <see cref="EnsembleCombiner.Stacking"/> splits the data, at least 2. Default 5.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>
    /// Optional: a column (text, key or number) whose equal values stay in one of <see cref="EnsembleCombiner.Stacking"/>'s folds, as an
    /// artist's songs must. Names are equal, and rows without a group, as for <see cref="NetworkOptions.ValidationGroupColumnName"/>.
    /// Default null.
    /// </summary>
    public string? GroupColumnName { get; init; }

    /// <summary>
    /// Makes folds and head repeatable on one machine. Default null: the MLContext's seed, and where it has none, a random one. Members
    /// that are fitted have seeds of their own.
    /// </summary>
    public int? Seed { get; init; }

    internal void Check(OptionFaults faults, int memberCount)
    {
        faults.NeedName(LabelColumnName, nameof(LabelColumnName));
        faults.NeedDefined(Combiner, nameof(Combiner));
        faults.Need(Head is not null, nameof(Head), Head, "the head's options");
        if (Head is not null)
            faults.Within(nameof(Head), Head.CheckAsOption);
        if (Weights is not null)
        {
            var given = $"[{string.Join(", ", Weights.Select(weight => FormattableString.Invariant($"{weight}")))}]";
            faults.Need(Weights.Count == memberCount, nameof(Weights), given, $"one for each of the {memberCount} members");
            faults.Need(Weights.All(weight => weight >= 0 && float.IsFinite(weight)) && Weights.Sum() > 0, nameof(Weights), given,
                "numbers that are not negative, and not all 0");
        }
        faults.Need(FoldCount >= 2, nameof(FoldCount), FoldCount, "at least 2");
        faults.Need(GroupColumnName is not "", nameof(GroupColumnName), "\"\"", "a column's name, or null");
    }
}
