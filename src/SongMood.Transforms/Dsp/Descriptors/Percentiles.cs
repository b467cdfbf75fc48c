using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Percentiles, interpolated as NumPy does by default. Values are dealt into equal ranges between the smallest and the largest, which
/// puts them almost in order; only the ranges that a percentile falls into are sorted. Owns its buffers: one a thread.
/// </summary>
internal sealed class Percentiles
{
    private const int ValuesPerRange = 2; // on average
    private float[] _scaled = [], _dealt = [];
    private int[] _ranges = []; // of each value
    private int[] _starts = []; // of each range the place of its first value, and one past the last
    private bool[] _isSorted = [];
    private int _count, _rangeCount;

    /// <param name="values">At least one, all finite.</param>
    public void Deal(ReadOnlySpan<float> values)
    {
        Reserve(values.Length);
        var scaled = _scaled.AsSpan(0, _count);
        var ranges = _ranges.AsSpan(0, _count);
        var min = TensorPrimitives.Min(values);
        // A little less than the number of ranges, so that the largest value falls into the last one. Where all are the same, or their
        // distance is no float, they all go into the first.
        var scale = 0.9999f * _rangeCount / (TensorPrimitives.Max(values) - min);
        TensorPrimitives.Subtract(values, min, scaled);
        TensorPrimitives.Multiply(scaled, float.IsFinite(scale) ? scale : 0, scaled);
        TensorPrimitives.ConvertTruncating<float, int>(scaled, ranges);

        var ends = _starts.AsSpan(0, _rangeCount + 1);
        ends.Clear();
        foreach (var range in ranges)
            ends[range]++;
        var end = 0;
        for (var range = 0; range <= _rangeCount; range++)
            ends[range] = end += ends[range];
        for (var i = 0; i < _count; i++)
            _dealt[--ends[ranges[i]]] = values[i]; // as a range fills, its end becomes its start
        _isSorted.AsSpan(0, _rangeCount).Clear();
    }

    /// <param name="share">0 is the smallest value, 1 the largest.</param>
    public float At(double share)
    {
        var position = share * (_count - 1);
        var below = (int)position;
        var (low, high) = (Ranked(below), Ranked(Math.Min(below + 1, _count - 1)));
        return (float)(low + (position - below) * ((double)high - low));
    }

    /// <summary>The value with so many before it.</summary>
    private float Ranked(int rank)
    {
        var (first, behind) = (0, _rangeCount); // the last range that starts at the rank or before it is from first on, before behind
        while (behind - first > 1)
        {
            var middle = (first + behind) / 2;
            (first, behind) = _starts[middle] <= rank ? (middle, behind) : (first, middle);
        }
        if (!_isSorted[first])
            _dealt.AsSpan(_starts[first].._starts[first + 1]).Sort();
        _isSorted[first] = true;
        return _dealt[rank];
    }

    private void Reserve(int count)
    {
        (_count, _rangeCount) = (count, Math.Max(1, count / ValuesPerRange));
        if (_dealt.Length >= count)
            return;
        (_scaled, _dealt, _ranges) = (new float[count], new float[count], new int[count]);
        (_starts, _isSorted) = (new int[_rangeCount + 1], new bool[_rangeCount]);
    }
}
