using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>A row of the table of results.</summary>
/// <param name="Key">Names its files.</param>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Input">What it learns from, in words.</param>
/// <param name="Paper">The paper's accuracy, where the paper has such a row.</param>
internal abstract record ResultRow(string Key, string Name, string Input, double? Paper)
{
    /// <summary>All that decides the result, but for the data and the seed: a result of other settings is not taken for this one.</summary>
    public abstract string Settings { get; }
}

/// <summary>A network of its own.</summary>
/// <param name="Column">The column of its features.</param>
/// <param name="Options">Its settings, new for each training.</param>
internal sealed record NetworkRow(string Key, string Name, string Input, double? Paper, string Column, Func<NetworkOptions> Options)
    : ResultRow(Key, Name, Input, Paper)
{
    public override string Settings => $"{Column}; {OptionText.Of(Options())}";
}

/// <summary>Networks of other rows, frozen, and what combines them.</summary>
/// <param name="Members">The rows of the members.</param>
/// <param name="Options">How they are combined.</param>
/// <param name="FitOnValidation">Learn from the part that the members stopped by rather than from the one that they know by heart.</param>
internal sealed record EnsembleRow(
    string Key, string Name, string Input, double? Paper, IReadOnlyList<NetworkRow> Members, Func<EnsembleOptions> Options,
    bool FitOnValidation = false)
    : ResultRow(Key, Name, Input, Paper)
{
    public override string Settings =>
        $"{string.Join(" + ", Members.Select(member => $"{member.Key} ({member.Settings})"))}; {OptionText.Of(Options())}; "
        + $"{(FitOnValidation ? "validation" : "training")} part";
}

/// <summary>The same trainer several times, each on songs drawn with replacement.</summary>
/// <param name="Base">The row that is repeated.</param>
/// <param name="Options">How often and how combined.</param>
internal sealed record BaggingRow(string Key, string Name, string Input, double? Paper, NetworkRow Base, Func<BaggingOptions> Options)
    : ResultRow(Key, Name, Input, Paper)
{
    public override string Settings => $"{Base.Key} ({Base.Settings}); {OptionText.Of(Options())}";
}
