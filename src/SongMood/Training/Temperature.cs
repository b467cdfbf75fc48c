namespace SongMood.Training;

/// <summary>Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017, section 4.2).</summary>
internal static class Temperature
{
    private const double Lowest = 0.05;
    private const double Highest = 20;

    /// <summary>The temperature that makes the cross entropy of these logits, (rows, classes) row by row, lowest.</summary>
    public static float Fit(ReadOnlySpan<float> logits, int classCount, ReadOnlySpan<long> labels)
    {
        // The cross entropy is convex in 1 / temperature, hence has one minimum over its logarithm too: golden-section search.
        const double Golden = 0.6180339887498949;
        var (low, high) = (Math.Log(Lowest), Math.Log(Highest));
        while (high - low > 1e-5)
        {
            var left = high - Golden * (high - low);
            var right = low + Golden * (high - low);
            if (CrossEntropy(logits, classCount, labels, Math.Exp(left)) < CrossEntropy(logits, classCount, labels, Math.Exp(right)))
                high = right;
            else
                low = left;
        }
        return (float)Math.Exp((low + high) / 2);
    }

    internal static double CrossEntropy(ReadOnlySpan<float> logits, int classCount, ReadOnlySpan<long> labels, double temperature)
    {
        var total = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var scores = logits.Slice(row * classCount, classCount);
            var highest = System.Numerics.Tensors.TensorPrimitives.Max(scores) / temperature;
            var sum = 0.0;
            foreach (var score in scores)
                sum += Math.Exp(score / temperature - highest);
            total += Math.Log(sum) + highest - scores[(int)labels[row]] / temperature;
        }
        return total / labels.Length;
    }
}
