namespace SongMood.Learning;

/// <summary>One thing that is wrong with a label file.</summary>
/// <param name="Line">The 1-based line, or null where the whole file is meant.</param>
/// <param name="Column">The column's name, or null where none is meant.</param>
/// <param name="Problem">What was found there.</param>
public sealed record LabelFault(int? Line, string? Column, string Problem)
{
    /// <summary>"line 3, column 'mood': the cell is empty".</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Line is null ? null : $"line {Line}", Column is null ? null : $"column '{Column}'" }.OfType<string>())
        + (Line is null && Column is null ? "" : ": ") + Problem;
}
