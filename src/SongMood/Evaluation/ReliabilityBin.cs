namespace SongMood.Evaluation;

/// <summary>The songs whose predicted mood has a probability in one range: a well calibrated model is right in just that share of them.</summary>
/// <param name="Lower">Where the range begins; not part of it.</param>
/// <param name="Upper">Where the range ends; part of it.</param>
/// <param name="SongCount">The songs in it.</param>
/// <param name="Confidence">Their mean probability of the predicted mood; null where there is no song.</param>
/// <param name="Accuracy">The share of them that are predicted right; null where there is no song.</param>
public sealed record ReliabilityBin(double Lower, double Upper, int SongCount, double? Confidence, double? Accuracy);

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

    public ReliabilityBin[] Bins() => [.. Enumerable.Range(0, BinCount).Select(bin => new ReliabilityBin(
        (double)bin / BinCount, (bin + 1.0) / BinCount, _songs[bin], Mean(_confidence[bin], bin), Mean(_correct[bin], bin)))];

    private double? Mean(double sum, int bin) => _songs[bin] == 0 ? null : sum / _songs[bin];
}
