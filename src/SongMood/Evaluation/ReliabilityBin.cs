namespace SongMood.Evaluation;

/// <summary>
/// The songs whose predicted mood has a probability in one range: a well calibrated model is right in that share of them.
/// </summary>
public sealed record ReliabilityBin
{
    /// <summary>Where the range begins; not part of it.</summary>
    public required double Lower { get; init; }

    /// <summary>Where the range ends; part of it.</summary>
    public required double Upper { get; init; }

    /// <summary>How many songs are in it.</summary>
    public required int SongCount { get; init; }

    /// <summary>Their mean probability of the predicted mood; null where there is no song.</summary>
    public double? Confidence { get; init; }

    /// <summary>The share of them that are predicted right; null where there is no song.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Such as "0.400 to 0.467: 25 songs, mean probability 0.431, share right 0.440".</summary>
    public override string ToString() => FormattableString.Invariant($"{Lower:F3} to {Upper:F3}: {Plural.Of(SongCount, "song")}")
        + (SongCount == 0 ? "" : FormattableString.Invariant($", mean probability {Confidence:F3}, share right {Accuracy:F3}"));
}

/// <summary>Collects the songs of the bins.</summary>
internal sealed class ReliabilityCounts
{
    private const int BinCount = 15;

    private readonly double[] _confidence = new double[BinCount];
    private readonly int[] _correct = new int[BinCount];
    private readonly int[] _songs = new int[BinCount];

    public void Add(float confidence, bool correct)
    {
        // Bin m holds the confidences in ((m - 1) / M, m / M].
        var bin = Math.Clamp((int)Math.Ceiling(confidence * (double)BinCount) - 1, 0, BinCount - 1);
        _confidence[bin] += confidence;
        _correct[bin] += correct ? 1 : 0;
        _songs[bin]++;
    }

    public ReliabilityBin[] Bins() => [.. Enumerable.Range(0, BinCount).Select(bin => new ReliabilityBin
    {
        Lower = (double)bin / BinCount,
        Upper = (bin + 1.0) / BinCount,
        SongCount = _songs[bin],
        Confidence = Mean(_confidence[bin], bin),
        Accuracy = Mean(_correct[bin], bin),
    })];

    private double? Mean(double sum, int bin) => _songs[bin] == 0 ? null : sum / _songs[bin];
}
