using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>Two measurements on the same songs, side by side.</summary>
public sealed record ModelComparison
{
    internal ModelComparison(EvaluationResult first, EvaluationResult other)
    {
        Other = other;
        var said = other.Predictions.InOrderOf(first.Predictions.Moods);
        Difference = PairedDifference.Compute(first.Predictions, said, new BootstrapOptions { Seed = first.Origin.Seed });
        for (var song = 0; song < said.SongCount; song++)
            switch (first.Predictions.IsRight(song), said.IsRight(song))
            {
                case (true, true): BothRight++; break;
                case (true, false): OnlyFirstRight++; break;
                case (false, true): OnlyOtherRight++; break;
                default: NeitherRight++; break;
            }
    }

    /// <summary>What was measured beside the first.</summary>
    public EvaluationResult Other { get; }

    /// <summary>The accuracy of the first less that of the other, and how much of it may be chance.</summary>
    public PairedDifference Difference { get; }

    /// <summary>How many songs both are right about.</summary>
    public int BothRight { get; }

    /// <summary>How many songs only the first is right about.</summary>
    public int OnlyFirstRight { get; }

    /// <summary>How many songs only the other is right about.</summary>
    public int OnlyOtherRight { get; }

    /// <summary>How many songs neither is right about.</summary>
    public int NeitherRight { get; }

    /// <summary>Such as "+0.021 (0.004 to 0.04) beside moods.zip (labels.csv), 600 songs: accuracy ...".</summary>
    public override string ToString() => $"{Difference} beside {Other}";
}
