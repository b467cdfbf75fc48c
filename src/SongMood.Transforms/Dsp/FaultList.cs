namespace SongMood.Dsp;

/// <summary>Gathers what is wrong with some options, so that one error can list it all.</summary>
internal sealed class FaultList(string optionsName)
{
    private readonly List<string> _faults = [];

    public void Require(bool holds, string fault)
    {
        if (!holds)
            _faults.Add(fault);
    }

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
            throw new ArgumentException($"{optionsName}: {string.Join("; ", _faults)}.");
    }
}
