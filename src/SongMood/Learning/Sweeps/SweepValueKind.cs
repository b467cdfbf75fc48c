using System.Globalization;

namespace SongMood.Learning;

/// <summary>How the values of an option are read, written and drawn.</summary>
/// <typeparam name="T">What the option takes.</typeparam>
/// <param name="Expected">What a value must be, for an error.</param>
/// <param name="Example">A list, for an error.</param>
/// <param name="TryRead">Reads one.</param>
/// <param name="Write">Writes one, the same way for equal ones.</param>
/// <param name="DrawBetween">Draws one from a range; null where there are only lists.</param>
/// <param name="RangeFault">What is wrong with a range, or null.</param>
internal sealed record SweepValueKind<T>(
    string Expected, string Example, SweepValueKind<T>.Reader TryRead, Func<T, string> Write,
    Func<T, T, Random, T>? DrawBetween = null, Func<T, T, string?>? RangeFault = null)
{
    public delegate bool Reader(string text, out T value);

    public Func<T, T, string?> RangeFault { get; } = RangeFault ?? ((_, _) => null);

    /// <summary>Whether values may have decimals, so that a comma between two may be meant for a decimal point.</summary>
    public bool HasDecimals => typeof(T) == typeof(double);
}

/// <summary>The kinds of values that a sweep goes over.</summary>
internal static class SweepValueKinds
{
    private const string LogarithmsNeed = "a range is drawn from evenly in the logarithm, so both ends must be above 0";

    /// <summary>A scale: the learning rate.</summary>
    public static SweepValueKind<double> Positive { get; } =
        Number("a number above 0", "1e-4,1e-3", value => value > 0, LogUniform, LogarithmicFault);

    /// <summary>A scale that may be none: weight decay.</summary>
    public static SweepValueKind<double> NotNegative { get; } =
        Number("a number of 0 or more", "0,1e-3,1e-2", value => value >= 0, LogUniform, LogarithmicFault);

    /// <summary>A share: dropout.</summary>
    public static SweepValueKind<double> Share { get; } = Number("a number from 0 to below 1", "0.2,0.5", value => value is >= 0 and < 1,
        (low, high, random) => Rounded(low + (high - low) * random.NextDouble()), (low, high) => low < high ? null : Backwards);

    /// <summary>A number of things: rows, layers.</summary>
    public static SweepValueKind<int> Count { get; } = new("a whole number above 0", "16,64", TryReadCount, Text,
        (low, high, random) => (int)Math.Round(LogUniform(low, high, random)), (low, high) => low < high ? null : Backwards);

    /// <summary>Sizes of layers with x between them.</summary>
    public static SweepValueKind<int[]> Sizes { get; } =
        new("sizes above 0 with x between them", "128,256x64", TryReadSizes, sizes => NetworkChoice.HiddenText(sizes));

    private const string Backwards = "the first end of a range must be the lower one";

    private static SweepValueKind<double> Number(
        string expected, string example, Func<double, bool> accepts, Func<double, double, Random, double> draw,
        Func<double, double, string?> rangeFault)
    {
        return new SweepValueKind<double>(expected, example, TryRead, Text, draw, rangeFault);

        bool TryRead(string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && accepts(value);
    }

    private static string? LogarithmicFault(double low, double high) => low <= 0 ? LogarithmsNeed : low < high ? null : Backwards;

    /// <summary>Evenly in the logarithm, as a scale's order of magnitude is what matters (Bergstra and Bengio 2012, section 4).</summary>
    private static double LogUniform(double low, double high, Random random) =>
        Rounded(Math.Exp(Math.Log(low) + (Math.Log(high) - Math.Log(low)) * random.NextDouble()));

    /// <summary>Three digits, so that a table shows all of what was trained.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count does not begin with 0: in "1,024" the comma is one between thousands.</summary>
    public static bool TryReadCount(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && text[0] != '0';

    private static bool TryReadSizes(string text, out int[] sizes)
    {
        var parts = text.Split('x');
        sizes = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!TryReadCount(parts[i], out sizes[i]))
                return false;
        return true;
    }
}
