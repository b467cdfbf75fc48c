namespace SongMood.Prediction;

/// <summary>The mean of vectors of one length, each with a weight of its own.</summary>
internal sealed class WeightedMean
{
    private double[] _sums = [];
    private double _weights;

    public void Add(ReadOnlySpan<float> values, double weight)
    {
        if (_sums.Length == 0)
            _sums = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
            _sums[i] += weight * values[i];
        _weights += weight;
    }

    public float[] Mean() => [.. _sums.Select(sum => (float)(sum / _weights))];
}
