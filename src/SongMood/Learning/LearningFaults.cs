namespace SongMood.Learning;

/// <summary>
/// Gathers what is wrong with options of learning, so that one error lists all of it: as <see cref="OptionFaults"/> does, but in the terms
/// of whoever shows it.
/// </summary>
internal sealed class LearningFaults
{
    private readonly List<TermText> _faults = [];

    /// <param name="holds">Whether the options are right in this.</param>
    /// <param name="fault">What is wrong if not, in whole sentences.</param>
    public void Need(bool holds, TermText fault)
    {
        if (!holds)
            _faults.Add(fault);
    }

    /// <summary>Adds what is wrong with other options that these ones become.</summary>
    public void Add(OptionFaults faults, string optionsName)
    {
        if (faults.Sentence(optionsName) is { } sentence)
            _faults.Add(Text($"{sentence}"));
    }

    /// <exception cref="MoodLearningException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count == 0)
            return;
        var all = _faults.Skip(1).Aggregate(_faults[0], (before, fault) => Text($"{before} {fault}"));
        throw new MoodLearningException(all);
    }

    private static TermText Text(TermText text) => text;
}
