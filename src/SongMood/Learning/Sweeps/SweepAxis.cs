namespace SongMood.Learning;

/// <summary>One option of a sweep and what it may be: a list of values, or a range to draw from.</summary>
/// <example><code>
/// SweepAxis[] axes = [SweepAxis.LearningRates(1e-4, 1e-3), SweepAxis.Hidden([64], [256, 64]), SweepAxis.Dropouts(0.3, 0.5)];
/// Console.WriteLine(string.Join("; ", axes.Select(axis => $"{axis.Name}: {axis.Text}")));
/// </code></example>
public sealed class SweepAxis
{
    private const string RangeMark = "..";

    private SweepAxis(string name, string label, string text, IReadOnlyList<SweepValue> list, Func<Random, SweepValue> draw) =>
        (Name, Label, Text, List, Draw) = (name, label, text, list, draw);

    /// <summary>The option's name in the table, such as "learning rate".</summary>
    public string Name { get; }

    /// <summary>The list or the range in words, the same for equal ones.</summary>
    public string Text { get; }

    /// <summary>Whether it is a range, which has no end of values.</summary>
    public bool IsRange => List.Count == 0;

    /// <summary>Such as "learning rate: 0.0001,0.001".</summary>
    public override string ToString() => $"{Name}: {Text}";

    /// <summary>What messages call it.</summary>
    internal string Label { get; }

    /// <summary>The values in the order given; empty for a range.</summary>
    internal IReadOnlyList<SweepValue> List { get; }

    /// <summary>Draws a value from the list or the range.</summary>
    internal Func<Random, SweepValue> Draw { get; }

    /// <summary>These learning rates, each above 0.</summary>
    /// <exception cref="MoodLearningException">One is out of range, or is there twice, or there is none. So are the errors of the
    /// others.</exception>
    public static SweepAxis LearningRates(params IReadOnlyList<double> values) => Of(SweepParameter.LearningRate, values);

    /// <summary>Learning rates in this range, drawn evenly in the logarithm.</summary>
    public static SweepAxis LearningRatesBetween(double low, double high) => Between(SweepParameter.LearningRate, low, high);

    /// <summary>These batch sizes, each at least 2.</summary>
    public static SweepAxis BatchSizes(params IReadOnlyList<int> values) => Of(SweepParameter.BatchSize, values);

    /// <summary>Batch sizes in this range, drawn evenly in the logarithm.</summary>
    public static SweepAxis BatchSizesBetween(int low, int high) => Between(SweepParameter.BatchSize, low, high);

    /// <summary>These sizes of layers, as <see cref="NetworkChoice.Hidden"/> has them.</summary>
    public static SweepAxis Hidden(params IReadOnlyList<int[]> values) => Of(SweepParameter.Hidden, values);

    /// <summary>These numbers of layers, each at least 1.</summary>
    public static SweepAxis Layers(params IReadOnlyList<int> values) => Of(SweepParameter.Layers, values);

    /// <summary>These shares of activations that are dropped, each from 0 to below 1.</summary>
    public static SweepAxis Dropouts(params IReadOnlyList<double> values) => Of(SweepParameter.Dropout, values);

    /// <summary>Shares of activations in this range, drawn evenly.</summary>
    public static SweepAxis DropoutsBetween(double low, double high) => Between(SweepParameter.Dropout, low, high);

    /// <summary>These weight decays, none negative.</summary>
    public static SweepAxis WeightDecays(params IReadOnlyList<double> values) => Of(SweepParameter.WeightDecay, values);

    /// <summary>Weight decays in this range, drawn evenly in the logarithm.</summary>
    public static SweepAxis WeightDecaysBetween(double low, double high) => Between(SweepParameter.WeightDecay, low, high);

    /// <summary>Reads <c>a,b,c</c>, or <c>low..high</c> where the option is a number.</summary>
    /// <param name="parameter">What is swept over.</param>
    /// <param name="text">What was given.</param>
    /// <param name="label">What messages call the option.</param>
    /// <exception cref="MoodLearningException">It is no such list; the message says which part of it.</exception>
    internal static SweepAxis Parse<T>(SweepParameter<T> parameter, string text, string label)
    {
        var kind = parameter.Kind;
        SweepValue ValueOf(T value) => new(kind.Write(value), options => parameter.Choose(options, value));
        T Read(string part) => kind.TryRead(part.Trim(), out var value) ? value
            : throw new MoodLearningException($"{label} '{text}': '{part.Trim()}' is not "
                + $"{kind.Expected}{(kind.HasDecimals && part.Contains(',') ? " with a decimal point" : "")}.");

        if (text.Split(RangeMark) is [var first, var second])
        {
            if (kind.DrawBetween is not { } draw)
                throw new MoodLearningException($"{label} '{text}' is a range; {label} takes a list, such as {kind.Example}.");
            var (low, high) = (Read(first), Read(second));
            if (kind.RangeFault(low, high) is { } fault)
                throw new MoodLearningException($"{label} '{text}': {fault}.");
            return new SweepAxis(parameter.Name, label, kind.Write(low) + RangeMark + kind.Write(high), [],
                random => ValueOf(draw(low, high, random)));
        }
        SweepValue[] list = [.. text.Split(',').Select(part => ValueOf(Read(part)))];
        if (list.GroupBy(value => value.Text).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new MoodLearningException($"{label} '{text}' has {twice.Key} {twice.Count()} times. Name each value once.");
        return new SweepAxis(parameter.Name, label, string.Join(',', list.Select(value => value.Text)), list,
            random => list[random.Next(list.Length)]);
    }

    private static SweepAxis Of<T>(SweepParameter<T> parameter, IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Parse(parameter, string.Join(',', values.Select(parameter.Kind.Write)), parameter.Name);
    }

    private static SweepAxis Between<T>(SweepParameter<T> parameter, T low, T high) =>
        Parse(parameter, parameter.Kind.Write(low) + RangeMark + parameter.Kind.Write(high), parameter.Name);
}

/// <summary>A value of an option: as text, and put into the options.</summary>
internal sealed record SweepValue(string Text, Func<MoodLearningOptions, MoodLearningOptions> ApplyTo);
