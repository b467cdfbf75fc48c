using SongMood.Cli.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>One option of a sweep and what it may be: a list, or a range to draw from.</summary>
/// <param name="Option">Its name on the command line.</param>
/// <param name="Text">The list or the range, written the same way for equal ones.</param>
/// <param name="List">The values in the order given; empty for a range.</param>
/// <param name="Draw">Draws a value from the list or the range.</param>
internal sealed record SweepAxis(string Option, string Text, IReadOnlyList<SweepValue> List, Func<Random, SweepValue> Draw)
{
    private const string RangeMark = "..";

    /// <summary>The option's name, for people.</summary>
    public string Name { get; } = Option.TrimStart('-').Replace('-', ' ');

    public bool IsRange => List.Count == 0;

    /// <summary>Reads <c>a,b,c</c>, or <c>low..high</c> where the option is a number.</summary>
    /// <typeparam name="T">What the option takes.</typeparam>
    /// <param name="option">Its name on the command line.</param>
    /// <param name="text">What was given.</param>
    /// <param name="kind">How its values are read, written and drawn.</param>
    /// <param name="choose">Puts a value into the settings.</param>
    /// <exception cref="ArgumentException">It is no such list; the message says which part of it.</exception>
    public static SweepAxis Parse<T>(string option, string text, SweepValueKind<T> kind, Func<TrainingSettings, T, TrainingSettings> choose)
    {
        SweepValue ValueOf(T value) => new(kind.Write(value), settings => choose(settings, value));
        T Read(string part) => kind.TryRead(part.Trim(), out var value) ? value
            : throw new ArgumentException($"{option} '{text}': '{part.Trim()}' is not {kind.Expected}.");

        if (text.Split(RangeMark) is [var first, var second])
        {
            if (kind.DrawBetween is not { } draw)
                throw new ArgumentException($"{option} '{text}' is a range; {option} takes a list, such as {kind.Example}.");
            var (low, high) = (Read(first), Read(second));
            if (kind.RangeFault(low, high) is { } fault)
                throw new ArgumentException($"{option} '{text}': {fault}.");
            return new SweepAxis(option, kind.Write(low) + RangeMark + kind.Write(high), [], random => ValueOf(draw(low, high, random)));
        }
        SweepValue[] list = [.. text.Split(',').Select(part => ValueOf(Read(part)))];
        if (list.GroupBy(value => value.Text).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"{option} '{text}' has {twice.Key} {twice.Count()} times. Name each value once.");
        return new SweepAxis(option, string.Join(',', list.Select(value => value.Text)), list, random => list[random.Next(list.Length)]);
    }
}

/// <summary>A value of an option: as the command line takes it, and put into the settings.</summary>
internal sealed record SweepValue(string Text, Func<TrainingSettings, TrainingSettings> ApplyTo);
