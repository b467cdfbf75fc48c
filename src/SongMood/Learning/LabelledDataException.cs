namespace SongMood.Learning;

/// <summary>
/// A label file, or a folder of songs by mood, cannot be used; the message says what is wrong with it, where, and what to do.
/// </summary>
public sealed class LabelledDataException : FormatException
{
    private const int FaultsShown = 10;

    /// <summary>Creates the error for one fault.</summary>
    /// <param name="file">The label file or the folder.</param>
    /// <param name="line">The 1-based line, or null where the whole file is meant.</param>
    /// <param name="column">The column's name, or null where none is meant.</param>
    /// <param name="problem">What was found, what was expected and what to do.</param>
    /// <param name="inner">What the reader of the file said, if it was that.</param>
    public LabelledDataException(string file, int? line, string? column, string problem, Exception? inner = null)
        : this(file, new LabelFault { Line = line, Column = column, Problem = problem }, inner)
    {
    }

    /// <summary>Creates the error for all faults of a file. The message shows the first ten and counts the others.</summary>
    /// <param name="file">The label file, or the folder with the lists.</param>
    /// <param name="faults">One or more, in the order of their lines; each says what was found, without a full stop.</param>
    /// <param name="advice">What to do about them, in sentences.</param>
    /// <param name="inner">What the reader of the file said, if it was that.</param>
    internal LabelledDataException(string file, IReadOnlyList<LabelFault> faults, string advice, Exception? inner = null)
        : base(Told(file, faults, advice), inner)
    {
        File = file;
        Faults = faults;
    }

    private LabelledDataException(string file, LabelFault fault, Exception? inner) : base(Told(file, fault), inner)
    {
        File = file;
        Faults = [fault];
    }

    /// <summary>The label file or the folder.</summary>
    public string File { get; }

    /// <summary>All that is wrong, in the order of the lines: also what the message has no room for.</summary>
    public IReadOnlyList<LabelFault> Faults { get; }

    /// <summary>The 1-based line of the first fault, or null where the whole file is meant.</summary>
    public int? Line => Faults[0].Line;

    /// <summary>The column of the first fault, or null where none is meant.</summary>
    public string? Column => Faults[0].Column;

    private static string Told(string file, LabelFault fault) =>
        file + (fault.HasPlace ? ", " : ": ") + fault;

    private static string Told(string file, IReadOnlyList<LabelFault> faults, string advice)
    {
        if (faults is [var only])
            return $"{Told(file, only)}. {advice}";
        var shown = string.Concat(faults.Take(FaultsShown).Select(fault => $"\n  {fault}"));
        var more = faults.Count > FaultsShown ? $"\n  and {faults.Count - FaultsShown} more" : "";
        return $"{file}: {faults.Count} faults:{shown}{more}\n{advice}";
    }
}
