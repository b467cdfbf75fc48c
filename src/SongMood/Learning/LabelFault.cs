namespace SongMood.Learning;

/// <summary>One thing that is wrong with a label file.</summary>
public sealed record LabelFault
{
    /// <summary>The name of the list (m3u) that the fault is in; null for a label file.</summary>
    public string? List { get; init; }

    /// <summary>The line, from 1; null where the whole file is meant.</summary>
    public int? Line { get; init; }

    /// <summary>The column's name; null where none is meant.</summary>
    public string? Column { get; init; }

    /// <summary>What was found there.</summary>
    public required string Problem { get; init; }

    /// <summary>Whether it names more than the file.</summary>
    internal bool HasPlace => (List, Line, Column) is not (null, null, null);

    /// <summary>"line 3, column 'mood': the cell is empty".</summary>
    public override string ToString() =>
        string.Join(", ",
            new[] { List, Line is null ? null : $"line {Line}", Column is null ? null : $"column '{Column}'" }.OfType<string>())
        + (HasPlace ? ": " : "") + Problem;
}
