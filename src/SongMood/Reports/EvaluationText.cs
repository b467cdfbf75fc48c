using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Reports;

/// <summary>What was measured in words, as pages and tables have it.</summary>
internal static class EvaluationText
{
    /// <summary>A figure; a dash where there is none, as no song has a prediction.</summary>
    public static string Number(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:F3}") : "–";

    public static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");

    /// <summary>Such as "0.652 to 0.731"; empty where there is none.</summary>
    public static string Range(ConfidenceInterval? interval) =>
        interval is null ? "" : $"{Number(interval.Lower)} to {Number(interval.Upper)}";

    /// <summary>Such as "65.2 to 73.1", in percent.</summary>
    public static string Percents(ConfidenceInterval interval) =>
        FormattableString.Invariant($"{100 * interval.Lower:F1} to {100 * interval.Upper:F1}");

    /// <summary>The range of the temperatures, each fitted on the other folds.</summary>
    public static string Temperatures(EvaluationResult result)
    {
        var fitted = result.Calibration!.Temperatures.Values;
        return FormattableString.Invariant($"{fitted.Min():F2} to {fitted.Max():F2}, each fitted on the other folds");
    }

    /// <summary>What the intervals of a measurement are.</summary>
    public static string IntervalNote(EvaluationResult result) => IntervalNote(result, "intervals by bootstrap");


    /// <summary>What a page about a measurement is called, such as "403 of 600 songs get the right mood".</summary>
    public static string Title(this EvaluationResult result)
    {
        var songs = Plural.Of(result.Songs.Count, "song");
        return result.Comparison is not { } comparison
            ? $"{RightCount(result)} of {songs} {Plural.Word(RightCount(result), "gets", "get")} the right mood"
            : $"{result.Name()} is right about {RightCount(result)} of {songs}, {comparison.Name(result)} about "
                + $"{RightCount(comparison.Other)}";
    }

    /// <summary>What people call what was measured; a model is called by its file's name.</summary>
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
        return FormattableString.Invariant(
            $"{first.Name()} is right about {Math.Abs(difference):F1} songs of 100 {(difference < 0 ? "fewer" : "more")} than ")
            + FormattableString.Invariant($"{comparison.Name(first)} ({lower:F1} to {upper:F1}): {judged}");
    }

    /// <summary>What the interval of the difference is.</summary>
    public static string DifferenceNote(EvaluationResult first) => IntervalNote(first, "interval of the difference by paired bootstrap");

    /// <summary>Where they are right together and apart.</summary>
    public static string Counts(EvaluationResult first, ModelComparison comparison) =>
        $"both are right about {Plural.Of(comparison.BothRight, "song")}, only {first.Name()} about {comparison.OnlyFirstRight}, only "
        + $"{comparison.Name(first)} about {comparison.OnlyOtherRight}, neither about {comparison.NeitherRight}";

    private static string IntervalNote(EvaluationResult result, string what) => FormattableString.Invariant(
        $"in brackets: {100 * result.Intervals.Level:0.#} % {what}, {result.Intervals.Resamples} times ")
        + Plural.Of(result.Intervals.UnitCount, result.Intervals.IsByGroup ? result.Origin.Group : "song");

    private static int RightCount(EvaluationResult result) =>
        Enumerable.Range(0, result.Predictions.SongCount).Count(result.Predictions.IsRight);
}
