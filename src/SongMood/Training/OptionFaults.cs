namespace SongMood.Training;

/// <summary>Collects what is wrong with a set of options, so that one error says all of it.</summary>
internal sealed class OptionFaults
{
    private readonly List<string> _faults = [];
    private string _within = "";

    public void Need(bool holds, string option, object? value, string expected)
    {
        if (!holds)
            _faults.Add(FormattableString.Invariant($"{_within}{option} is {value ?? "null"}, but must be {expected}"));
    }

    public void Need(bool holds, string fault)
    {
        if (!holds)
            _faults.Add(_within + fault);
    }

    /// <summary>Checks options that are an option of these ones.</summary>
    public void Within(string option, Action<OptionFaults> check)
    {
        _within = option + ".";
        check(this);
        _within = "";
    }

    public void NeedName(string? name, string option) => Need(!string.IsNullOrEmpty(name), option, name is null ? null : "\"\"", "a column's name");

    public void NeedDropout(double dropout, string option) => Need(dropout is >= 0 and < 1, option, dropout, "from 0 to below 1");

    public void NeedSizes(IReadOnlyList<int>? sizes, string option) => Need(
        sizes is { Count: > 0 } && sizes.All(size => size >= 1), option, sizes is null ? null : $"[{string.Join(", ", sizes)}]",
        "at least one size, each at least 1");

    public void ThrowIfAny(string options)
    {
        if (_faults.Count > 0)
            throw new ArgumentException($"{options}: {string.Join("; ", _faults)}.");
    }
}
