namespace SongMood.Transforms;

/// <summary>Gathers what is wrong with an options object, so that one error lists every fault.</summary>
internal sealed class OptionFaults(string optionsName)
{
    private readonly List<string> _faults = [];

    public void Require(bool holds, string option, object? found, string expected)
    {
        if (!holds)
            _faults.Add(FormattableString.Invariant($"{option} is {found ?? "null"}, expected {expected}"));
    }

    public void Throw()
    {
        if (_faults.Count > 0)
            throw new ArgumentException($"{optionsName}: {string.Join("; ", _faults)}");
    }
}
