using System.Collections;
using System.Globalization;
using System.Reflection;

namespace SongMood.Reproduction;

/// <summary>Options as one line of text: every setting by name that is set and that decides the result.</summary>
internal static class OptionText
{
    private static readonly HashSet<string> WithoutEffect =
        ["Progress", "CancellationToken", "CheckpointFolder", "CurvesPath", "TensorBoardFolder", "StartFrom", "LabelColumnName", "FeatureColumnName", "Seed"];

    public static string Of(object options) => $"{options.GetType().Name}: " + string.Join(", ", options.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => !WithoutEffect.Contains(property.Name))
        .OrderBy(property => property.Name, StringComparer.Ordinal)
        .Select(property => (property.Name, Value: property.GetValue(options)))
        .Where(pair => pair.Value is not null)
        .Select(pair => $"{pair.Name} {Text(pair.Value!)}"));

    private static string Text(object value) => value switch
    {
        string text => text,
        IEnumerable items => $"[{string.Join(' ', items.Cast<object>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType().Name.EndsWith("Options", StringComparison.Ordinal) => $"({Of(value)})",
        _ => value.ToString()!,
    };
}
