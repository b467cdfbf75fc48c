namespace SongMood.Evaluation;

/// <summary>One training and one test of a measurement on rows held out, such as a fold of a cross-validation.</summary>
public sealed record HeldOutPart
{
    /// <summary>Which part is held out, from 0.</summary>
    public required int Part { get; init; }

    /// <summary>How many parts there are: 1 where one share of the rows is held out.</summary>
    public required int PartCount { get; init; }

    /// <summary>The rows that a model learns from, as indices from 0.</summary>
    public required IReadOnlyList<int> Learnt { get; init; }

    /// <summary>The rows that it is asked about, as indices from 0.</summary>
    public required IReadOnlyList<int> Held { get; init; }

    /// <summary>Such as "part 1 of 5: 480 rows learnt, 120 held out".</summary>
    public override string ToString() => $"part {Part + 1} of {PartCount}: {Plural.Of(Learnt.Count, "row")} learnt, {Held.Count} held out";
}
