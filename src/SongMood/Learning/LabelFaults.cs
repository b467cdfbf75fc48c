namespace SongMood.Learning;

/// <summary>Collects what is wrong with a label file, so that a person mends all of it at once.</summary>
internal sealed class LabelFaults(string file)
{
    private readonly List<LabelFault> _faults = [];
    private readonly List<string> _advice = [];
    private Exception? _inner;

    public bool Any => _faults.Count > 0;

    /// <param name="line">The 1-based line, or null where the whole file is meant.</param>
    /// <param name="column">The column's name, or null where the row is meant.</param>
    /// <param name="problem">What was found, without a full stop.</param>
    /// <param name="advice">What to do: a sentence that is said once, however many cells it is for.</param>
    /// <param name="inner">What the reader of the file said, if it was that.</param>
    /// <param name="list">The name of the list that it is in, where songs come in lists.</param>
    public void Add(int? line, string? column, string problem, string advice, Exception? inner = null, string? list = null)
    {
        _faults.Add(new LabelFault { List = list, Line = line, Column = column, Problem = problem });
        if (!_advice.Contains(advice))
            _advice.Add(advice);
        _inner ??= inner;
    }

    public LabelledDataException ToException() => new(file,
        [.. _faults.OrderBy(fault => fault.List, StringComparer.Ordinal).ThenBy(fault => fault.Line)], string.Join('\n', _advice), _inner);

    public void ThrowIfAny()
    {
        if (Any)
            throw ToException();
    }
}
