namespace SongMood.Training;

/// <summary>
/// Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017, section 4.2). Rows that are all sorted right would
/// ask for a temperature of zero, and every prediction would be a certainty: they get the targets of Platt ("Probabilistic outputs for
/// support vector machines", 1999, section 2.2), of one more row a class than was seen.
/// </summary>
internal static class Temperature
{
    private const double Lowest = 0.05;
    private const double Highest = 20;

    /// <summary>The temperature that makes the cross entropy of these logits, (rows, classes) row by row, lowest.</summary>
    public static float Fit(ReadOnlySpan<float> logits, int classCount, ReadOnlySpan<long> labels)
    {
        // The cross entropy is convex in 1 / temperature, hence has one minimum over its logarithm too: golden-section search.
        const double Golden = 0.6180339887498949;
        var smoothing = AreAllRight(logits, classCount, labels) ? (double)classCount / (labels.Length + classCount) : 0;
        var (low, high) = (Math.Log(Lowest), Math.Log(Highest));
        while (high - low > 1e-5)
        {
            var left = high - Golden * (high - low);
            var right = low + Golden * (high - low);
            if (CrossEntropy(logits, classCount, labels, Math.Exp(left), smoothing)
                < CrossEntropy(logits, classCount, labels, Math.Exp(right), smoothing))
                high = right;
            else
                low = left;
        }
        return (float)Math.Exp((low + high) / 2);
    }

    private static bool AreAllRight(ReadOnlySpan<float> logits, int classCount, ReadOnlySpan<long> labels)
    {
        for (var row = 0; row < labels.Length; row++)
            if (System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits.Slice(row * classCount, classCount)) != labels[row])
                return false;
        return true;
    }

    /// <summary>The mean over the rows; <paramref name="smoothing"/> of each row's target is spread over all classes.</summary>
    internal static double CrossEntropy(
        ReadOnlySpan<float> logits, int classCount, ReadOnlySpan<long> labels, double temperature, double smoothing = 0)
    {
        var total = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var scores = logits.Slice(row * classCount, classCount);
            var highest = System.Numerics.Tensors.TensorPrimitives.Max(scores) / temperature;
            var sum = 0.0;
            foreach (var score in scores)
                sum += Math.Exp(score / temperature - highest);
            var mean = System.Numerics.Tensors.TensorPrimitives.Sum(scores) / classCount;
            var target = (1 - smoothing) * scores[(int)labels[row]] + smoothing * mean;
            total += Math.Log(sum) + highest - target / temperature;
        }
        return total / labels.Length;
    }
}
