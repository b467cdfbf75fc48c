namespace SongMood.Learning;

/// <summary>A label file cannot be used; the message says what is wrong with it, where, and what to do.</summary>
public sealed class LabelledDataException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The label file.</param>
    /// <param name="line">The 1-based line, or null where the whole file is meant.</param>
    /// <param name="column">The column's name, or null where none is meant.</param>
    /// <param name="problem">What was found, what was expected and what to do.</param>
    /// <param name="inner">What the reader of the file said, if it was that.</param>
    public LabelledDataException(string file, int? line, string? column, string problem, Exception? inner = null)
        : base(Where(file, line, column) + ": " + problem, inner)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The label file.</summary>
    public string File { get; }

    /// <summary>The 1-based line of the problem, or null where the whole file is meant.</summary>
    public int? Line { get; }

    /// <summary>The column of the problem, or null where none is meant.</summary>
    public string? Column { get; }

    private static string Where(string file, int? line, string? column) =>
        file + (line is null ? "" : $", line {line}") + (column is null ? "" : $", column '{column}'");
}
