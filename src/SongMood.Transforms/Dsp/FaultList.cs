using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>Gathers what is wrong with some options, so that one error can list it all. Allocates only where something is.</summary>
internal struct FaultList(string optionsName)
{
    private List<string>? _faults;

    /// <summary>Notes the fault unless the condition holds; the text is not even put together where it does.</summary>
    public void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref Message fault)
    {
        if (!holds)
            (_faults ??= []).Add(fault.ToText());
    }

    public readonly void ThrowIfAny()
    {
        if (_faults is not null)
            throw new ArgumentException($"{optionsName}: {string.Join("; ", _faults)}.");
    }

    /// <summary>An interpolated string that is built only where a condition does not hold.</summary>
    [InterpolatedStringHandler]
    internal ref struct Message
    {
        private DefaultInterpolatedStringHandler _text;

        public Message(int literalLength, int formattedCount, bool holds, out bool shouldAppend)
        {
            shouldAppend = !holds;
            _text = holds ? default : new(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture);
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public string ToText() => _text.ToStringAndClear();
    }
}
