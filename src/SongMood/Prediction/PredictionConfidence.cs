using System.Globalization;

namespace SongMood.Prediction;

/// <summary>
/// Below which score a model is unsure, and what that is worth: chosen on songs that were held out when the model was trained, and kept
/// in its zip (docs/model-format.md).
/// </summary>
public sealed record PredictionConfidence
{
    /// <summary>A song whose highest score is below this is one that the model is unsure of. From 0 to 1.</summary>
    public required double Threshold { get; init; }

    /// <summary>The share of the songs held out that the model was sure of, 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>The share of those that it was right about; null where there were none.</summary>
    public double? AccuracyWhereSure { get; init; }

    /// <summary>The share of the others that it was right about; null where there were none.</summary>
    public double? AccuracyWhereUnsure { get; init; }

    /// <summary>How many songs were held out.</summary>
    public required int SongCount { get; init; }

    /// <summary>Such as "unsure below 0.52: sure of 71 % of 600 songs and right about 84 % of them, 49 % of the others".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"unsure below {Threshold:0.00}: sure of {100 * Coverage:0} % of {Plural.Of(SongCount, "song")} "
        + $"and right about {Share(AccuracyWhereSure)} ")
        + $"of them, {Share(AccuracyWhereUnsure)} of the others";

    /// <summary>Whether it can be what it says; models come from strangers.</summary>
    internal bool IsValid => SongCount > 0 && IsShare(Threshold) && IsShare(Coverage)
        && IsShare(AccuracyWhereSure ?? 0) && IsShare(AccuracyWhereUnsure ?? 0);

    private static bool IsShare(double value) => value is >= 0 and <= 1;

    private static string Share(double? share) =>
        share is { } some ? string.Create(CultureInfo.InvariantCulture, $"{100 * some:0} %") : "none";
}
