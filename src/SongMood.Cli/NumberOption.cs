using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SongMood.Cli;

/// <summary>
/// The options that take a number: the one place where the tool reads them. A number has a decimal point and nothing between thousands,
/// whatever the machine's language; a comma is never taken for either, as 0,001 would be 1 to one reader and 0.001 to another.
/// </summary>
internal static class NumberOption
{
    /// <summary>An option for a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="least">The lowest number; null where any will do, or others check it.</param>
    /// <param name="aliases">Its short names.</param>
    public static Option<int?> Whole(string name, string description, int? least = null, params string[] aliases) =>
        Whole(name, description, "a whole number" + (least is null ? "" : FormattableString.Invariant($", {least} or more")),
            value => !(value < least), aliases);

    /// <summary>An option for a whole number from the least to the most.</summary>
    public static Option<int?> WholeBetween(string name, string description, int least, int most) =>
        Whole(name, description, FormattableString.Invariant($"a whole number from {least} to {most}"),
            value => value >= least && value <= most);

    /// <summary>The same for an option that has a number where none is given.</summary>
    public static Option<int?> WholeBetween(string name, string description, int least, int most, int defaultValue)
    {
        var option = WholeBetween(name, description, least, most);
        option.DefaultValueFactory = _ => defaultValue;
        return option;
    }

    /// <summary>An option for a whole number that has one where none is given.</summary>
    public static Option<int?> Whole(string name, string description, int? least, int defaultValue, params string[] aliases)
    {
        var option = Whole(name, description, least, aliases);
        option.DefaultValueFactory = _ => defaultValue;
        return option;
    }

    /// <summary>An option for a number that may have decimals.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="helpName">What help calls the number.</param>
    /// <param name="expected">What it must be, such as "a number above 0".</param>
    /// <param name="accepts">Whether a number is that.</param>
    public static Option<double?> Real(string name, string description, string helpName, string expected, Func<double, bool> accepts) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse<double>(result, name, expected, text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    && accepts(value) ? value : null),
        };

    /// <summary>A share of the songs that is held out.</summary>
    public static Option<double?> HoldOut(string description) =>
        Real("--hold-out", description, "share", "more than 0 and less than 1, such as 0.24", share => share is > 0 and < 1);

    private static Option<int?> Whole(
        string name, string description, string expected, Func<int, bool> accepts, params string[] aliases) => new(name, aliases)
        {
            Description = description,
            HelpName = "n",
            CustomParser = result => Parse<int>(result, name, expected, text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && accepts(value)
                    ? value : null),
        };

    private static T? Parse<T>(ArgumentResult result, string name, string expected, Func<string, T?> read) where T : struct
    {
        var text = result.Tokens[0].Value;
        if (read(text) is { } value)
            return value;
        var hint = !text.Contains(',') ? ""
            : read(text.Replace(',', '.')) is null
                ? " Write nothing between thousands." : $" Write a decimal point: {text.Replace(',', '.')}.";
        result.AddError($"{name} is {text}; expected {expected}.{hint}");
        return null;
    }
}
