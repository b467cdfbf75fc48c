namespace SongMood.Learning;

/// <summary>One thing that is wrong with a label file.</summary>
public sealed record LabelFault
{
    /// <summary>The line, from 1; null where the whole file is meant.</summary>
    public int? Line { get; init; }

    /// <summary>The column's name; null where none is meant.</summary>
    public string? Column { get; init; }

    /// <summary>What was found there.</summary>
    public required string Problem { get; init; }

    /// <summary>"line 3, column 'mood': the cell is empty".</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Line is null ? null : $"line {Line}", Column is null ? null : $"column '{Column}'" }.OfType<string>())
        + (Line is null && Column is null ? "" : ": ") + Problem;
}
