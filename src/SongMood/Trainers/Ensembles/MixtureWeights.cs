namespace SongMood.Trainers;

/// <summary>Weights of a mixture of fixed distributions with the highest likelihood, which is the lowest log-loss.</summary>
internal static class MixtureWeights
{
    private const int MaxSteps = 2000;
    private const double SmallestGain = 1e-9; // of the mean log-likelihood

    /// <summary>
    /// Expectation maximisation (Dempster, Laird and Rubin, 1977, section 4.3): each row is shared out among the members by how much each
    /// has to do with it, and a member's share of all rows is its next weight. The likelihood is concave in the weights and never falls,
    /// so it finds the highest.
    /// </summary>
    /// <param name="likelihoods">The probability that each member gives to a row's class, one row after the other; above 0.</param>
    /// <param name="memberCount">How many members there are.</param>
    public static float[] Fit(ReadOnlySpan<float> likelihoods, int memberCount)
    {
        var rows = likelihoods.Length / memberCount;
        var weights = new double[memberCount];
        Array.Fill(weights, 1.0 / memberCount);
        var next = new double[memberCount];
        var before = double.NegativeInfinity;
        for (var step = 0; step < MaxSteps; step++)
        {
            Array.Clear(next);
            var logLikelihood = 0.0;
            for (var row = 0; row < rows; row++)
            {
                var ofRow = likelihoods.Slice(row * memberCount, memberCount);
                var together = 0.0;
                for (var m = 0; m < memberCount; m++)
                    together += weights[m] * ofRow[m];
                for (var m = 0; m < memberCount; m++)
                    next[m] += weights[m] * ofRow[m] / together;
                logLikelihood += Math.Log(together);
            }
            for (var m = 0; m < memberCount; m++)
                weights[m] = next[m] / rows;
            if (logLikelihood / rows - before < SmallestGain)
                break;
            before = logLikelihood / rows;
        }
        return Normalize(weights);
    }

    /// <summary>The same proportions, with the sum 1.</summary>
    public static float[] Normalize(IReadOnlyCollection<double> weights) => [.. weights.Select(weight => (float)(weight / weights.Sum()))];
}
