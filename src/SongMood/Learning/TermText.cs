using System.Globalization;
using System.Runtime.CompilerServices;

namespace SongMood.Learning;

/// <summary>A message with <see cref="Term"/>s in it, as an interpolated string writes it.</summary>
[InterpolatedStringHandler]
internal sealed class TermText
{
    private readonly List<object> _parts = [];

    public TermText(int literalLength, int holeCount)
    {
    }

    public void AppendLiteral(string text) => _parts.Add(text);

    public void AppendFormatted<T>(T value, string? format = null) => _parts.Add(value switch
    {
        Term or TermText => value,
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => $"{value}",
    });

    public override string ToString() => string.Concat(_parts);

    /// <summary>The message in the reader's terms; what has no name among <paramref name="names"/> has the library's.</summary>
    public string ToString(IReadOnlyDictionary<Term, string>? names) => string.Concat(_parts.Select(part => part switch
    {
        Term term => names?.GetValueOrDefault(term) ?? term.ToString(),
        TermText text => text.ToString(names),
        _ => (string)part,
    }));
}
