using System.Text.RegularExpressions;

namespace SongMood.Learning;

/// <summary>An option that can be swept over.</summary>
/// <param name="Name">Its name in tables and journals.</param>
internal abstract record SweepParameter(string Name)
{
    public static readonly SweepParameter<double> LearningRate = new(
        "learning rate", SweepValueKinds.Positive, (options, value) => options with { LearningRate = value });

    public static readonly SweepParameter<int> BatchSize = new(
        "batch", SweepValueKinds.Count, (options, value) => options with { BatchSize = value });

    public static readonly SweepParameter<int[]> Hidden = new(
        "hidden", SweepValueKinds.Sizes,
        (options, value) => options with { Network = options.Network with { Hidden = value } });

    public static readonly SweepParameter<int> Layers = new(
        "layers", SweepValueKinds.Count, (options, value) => options with { Network = options.Network with { Layers = value } });

    public static readonly SweepParameter<double> Dropout = new(
        "dropout", SweepValueKinds.Share, (options, value) => options with { Network = options.Network with { Dropout = value } });

    public static readonly SweepParameter<double> WeightDecay = new(
        "weight decay", SweepValueKinds.NotNegative,
        (options, value) => options with { Network = options.Network with { WeightDecay = value } });

    public static IReadOnlyList<SweepParameter> All { get; } = [LearningRate, BatchSize, Hidden, Layers, Dropout, WeightDecay];

    /// <summary>A list of values, for an error and for help.</summary>
    public abstract string Example { get; }

    public abstract bool HasRanges { get; }

    /// <inheritdoc cref="SweepAxis.Parse{T}"/>
    public abstract SweepAxis Parse(string text, string label);
}

/// <summary>An option whose values are of one type.</summary>
/// <param name="Name">Its name in tables and journals.</param>
/// <param name="Kind">How its values are read, written and drawn.</param>
/// <param name="Choose">Puts a value into the options.</param>
internal sealed partial record SweepParameter<T>(
    string Name, SweepValueKind<T> Kind, Func<MoodLearningOptions, T, MoodLearningOptions> Choose) : SweepParameter(Name)
{
    public override string Example => Kind.Example;

    public override bool HasRanges => Kind.DrawBetween is not null;

    public override SweepAxis Parse(string text, string label)
    {
        if (Kind.HasDecimals && DecimalComma().IsMatch(text))
            throw new MoodLearningException(
                $"{label} '{text}' may be a number with a decimal comma. Write numbers with a decimal point, such as "
                + $"{text.Replace(',', '.')}, and the numbers of a list as {Kind.Example}; write 1.0 for a 1 in a list of two whole "
                + $"numbers.");
        return SweepAxis.Parse(this, text, label);
    }

    /// <summary>
    /// "0,1" and "1,5" alone, which may be one number or two, and "0,001" anywhere in a list, as nobody writes a 1 as 001.
    /// </summary>
    [GeneratedRegex(@"^\s*\d+,\d+\s*$|(^|,|\.\.)\s*\d+,0\d", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();
}
