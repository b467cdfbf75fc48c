using System.Collections;
using System.Globalization;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>Options as one line of text: every setting by name that is set and that decides the result.</summary>
internal static class OptionText
{
    // A row's key names its column beside its options, and a result its seed and its data; the experiment sets these options from them.
    private static readonly HashSet<string> SetByTheExperiment =
        [nameof(NetworkOptions.LabelColumnName), nameof(NetworkOptions.FeatureColumnName), nameof(NetworkOptions.Seed)];

    public static string Of(object options) => $"{options.GetType().Name}: " + string.Join(", ", WithoutEffectOnResultAttribute
        .Others(options.GetType())
        .Where(option => !SetByTheExperiment.Contains(option.Name))
        .Select(option => (option.Name, Value: option.GetValue(options)))
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
