using System.Numerics;
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

    private readonly Percentiles _percentiles = new();
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
        _percentiles.Deal(series);
        (target[2], target[3], target[4]) = (_percentiles.At(0.1), _percentiles.At(0.5), _percentiles.At(0.9));
        target[5] = _percentiles.At(0.75) - _percentiles.At(0.25);
    }

    public static (float Mean, float Deviation) MeanAndDeviation(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return (0, 0);
        var mean = Sum(values) / values.Length;
        return ((float)mean, (float)Math.Sqrt(Sum(values, mean, isSquare: true) / values.Length));
    }

    /// <summary>The sum of the values, in double precision.</summary>
    public static double Sum(ReadOnlySpan<float> values) => Sum(values, 0, isSquare: false);

    /// <summary>The sum of the values' distances from a centre, or of their squares, in double precision.</summary>
    private static double Sum(ReadOnlySpan<float> values, double centre, bool isSquare)
    {
        var (centres, even, odd, i) = (new Vector<double>(centre), Vector<double>.Zero, Vector<double>.Zero, 0);
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out var low, out var high);
            (low, high) = (low - centres, high - centres);
            even += isSquare ? low * low : low;
            odd += isSquare ? high * high : high;
        }
        var sum = Vector.Sum(even + odd);
        for (; i < values.Length; i++)
            sum += isSquare ? (values[i] - centre) * (values[i] - centre) : values[i] - centre;
        return sum;
    }
}
