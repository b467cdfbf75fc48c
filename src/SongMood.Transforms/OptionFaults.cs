namespace SongMood;

/// <summary>
/// Gathers what is wrong with a set of options, in one wording, so that one error lists all of it. Allocates little where nothing is.
/// </summary>
internal sealed class OptionFaults
{
    private List<string>? _faults;
    private string _within = "";

    public bool IsEmpty => _faults is null;

    /// <param name="holds">Whether the option is right.</param>
    /// <param name="option">Its name.</param>
    /// <param name="found">Its value.</param>
    /// <param name="expected">What it should be, such as "at least 1".</param>
    public void Need<T>(bool holds, string option, T found, string expected)
    {
        if (!holds)
            Add(FormattableString.Invariant($"{option} is {(found is null ? "null" : found)}, expected {expected}"));
    }

    /// <summary>For what is not one option's value.</summary>
    public void Need(bool holds, string fault)
    {
        if (!holds)
            Add(fault);
    }

    public void NeedName(string? name, string option) =>
        Need(!string.IsNullOrEmpty(name), option, name is null ? null : "\"\"", "a column's name");

    public void NeedDropout(double dropout, string option) => Need(dropout is >= 0 and < 1, option, dropout, "from 0 to below 1");

    public void NeedSizes(IReadOnlyList<int>? sizes, string option)
    {
        if (sizes is not { Count: > 0 } || sizes.Any(size => size < 1))
            Need(false, option, sizes is null ? null : $"[{string.Join(", ", sizes)}]", "at least one size, each at least 1");
    }

    public void NeedAll<T>(IReadOnlyList<T>? items, string option) where T : class => Need(
        items is null || items.All(item => item is not null), option, "a list with a null", "no null in it");

    /// <summary>A member of an enumeration: its number says more than its name where it has none.</summary>
    public void NeedDefined<T>(T value, string option) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Need(false, option, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    /// <summary>Checks options that are an option of these ones.</summary>
    public void Within(string option, Action<OptionFaults> check)
    {
        _within = option + ".";
        check(this);
        _within = "";
    }

    /// <summary>All that is wrong, in one sentence; null where nothing is.</summary>
    public string? Sentence(string optionsName) => _faults is null ? null : $"{optionsName}: {string.Join("; ", _faults)}.";

    /// <exception cref="ArgumentException">Something is wrong.</exception>
    public void ThrowIfAny(string optionsName)
    {
        if (Sentence(optionsName) is { } sentence)
            throw new ArgumentException(sentence);
    }

    private void Add(string fault) => (_faults ??= []).Add(_within + fault);
}
