using SongMood.Learning;

namespace SongMood.Cli.Evaluate;

/// <summary>Two models side by side, in words.</summary>
internal static class ComparisonText
{
    /// <summary>What a page about a measurement is called, such as "403 of 600 songs get the right mood".</summary>
    public static string Title(this EvaluationResult result)
    {
        var songs = Plural.Of(result.Songs.Count, "song");
        return result.Comparison is not { } comparison
            ? $"{RightCount(result)} of {songs} {Plural.Word(RightCount(result), "gets", "get")} the right mood"
            : $"{result.Name()} is right about {RightCount(result)} of {songs}, {comparison.Name(result)} about "
                + $"{RightCount(comparison.Other)}";
    }

    /// <summary>What people call what was measured: of a model, its file's name.</summary>
    public static string Name(this EvaluationResult result) => Path.GetFileName(result.How);

    /// <summary>The name of the other; with its folder where both have one name.</summary>
    public static string Name(this ModelComparison comparison, EvaluationResult first) =>
        comparison.Other.Name() == first.Name() ? comparison.Other.How : comparison.Other.Name();

    /// <summary>Such as "new.zip is right about 5.2 songs of 100 more than old.zip (1.1 to 9.3): that is more than chance".</summary>
    public static string Verdict(EvaluationResult first, ModelComparison comparison)
    {
        var difference = 100 * comparison.Difference.Difference;
        var (lower, upper) = (100 * comparison.Difference.Interval.Lower, 100 * comparison.Difference.Interval.Upper);
        var judged = lower > 0 || upper < 0 ? "that is more than chance" : "that may be chance, as the range has 0 in it";
        return $"{first.Name()} is right about {Math.Abs(difference):F1} songs of 100 {(difference < 0 ? "fewer" : "more")} than "
            + $"{comparison.Name(first)} ({lower:F1} to {upper:F1}): {judged}";
    }

    /// <summary>What the range is.</summary>
    public static string IntervalNote(EvaluationResult first) => FormattableString.Invariant(
        $"in brackets: {100 * first.Intervals.Level:0.#} % interval of the difference by paired bootstrap, ")
        + FormattableString.Invariant($"{first.Intervals.Resamples} times ")
        + Plural.Of(first.Intervals.UnitCount, first.Intervals.IsByGroup ? first.Origin.Group : "song");

    /// <summary>Where they are right together and apart.</summary>
    public static string Counts(EvaluationResult first, ModelComparison comparison) =>
        $"both are right about {Plural.Of(comparison.BothRight, "song")}, only {first.Name()} about {comparison.OnlyFirstRight}, only "
        + $"{comparison.Name(first)} about {comparison.OnlyOtherRight}, neither about {comparison.NeitherRight}";

    private static int RightCount(EvaluationResult result) =>
        Enumerable.Range(0, result.Predictions.SongCount).Count(result.Predictions.IsRight);
}
