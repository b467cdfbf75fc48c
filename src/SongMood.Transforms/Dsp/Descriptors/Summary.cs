using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// A series in eight numbers: mean, standard deviation, 10th percentile, median, 90th percentile, distance between the quartiles, and
/// mean size and standard deviation of the change from one frame to the next. Percentiles are interpolated as NumPy does by default.
/// Owns its buffer: one a thread.
/// </summary>
internal sealed class Summary
{
    /// <summary>What follows a series' name in a slot's name.</summary>
    public static readonly string[] Suffixes = ["Mean", "Std", "P10", "Median", "P90", "Iqr", "ChangeMean", "ChangeStd"];

    private float[] _work = [];

    public static int Count => Suffixes.Length;

    /// <param name="series">At least one value.</param>
    /// <param name="target"><see cref="Count"/> values.</param>
    public void Compute(ReadOnlySpan<float> series, Span<float> target)
    {
        if (_work.Length < series.Length)
            _work = new float[series.Length];
        var work = _work.AsSpan(0, series.Length);
        (target[0], target[1]) = MeanAndDeviation(series);
        var changes = work[1..];
        TensorPrimitives.Subtract(series[1..], series[..^1], changes);
        target[7] = MeanAndDeviation(changes).Deviation;
        target[6] = changes.IsEmpty ? 0 : TensorPrimitives.SumOfMagnitudes<float>(changes) / changes.Length;
        series.CopyTo(work);
        work.Sort();
        (target[2], target[3], target[4]) = (Percentile(work, 0.1), Percentile(work, 0.5), Percentile(work, 0.9));
        target[5] = Percentile(work, 0.75) - Percentile(work, 0.25);
    }

    public static (float Mean, float Deviation) MeanAndDeviation(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return (0, 0);
        double mean = 0, squares = 0;
        foreach (var value in values)
            mean += value;
        mean /= values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return ((float)mean, (float)Math.Sqrt(squares / values.Length));
    }

    public static float Percentile(ReadOnlySpan<float> sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + (position - below) * (sorted[above] - sorted[below]));
    }
}
