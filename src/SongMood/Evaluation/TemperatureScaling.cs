namespace SongMood.Evaluation;

/// <summary>
/// Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017, section 4.2): one number that makes a network's
/// probabilities right about themselves and leaves what it predicts as it is.
/// </summary>
/// <remarks>
/// It works on probabilities: their logarithms are the logits but for a constant, which the softmax does not see. Probabilities below 1e-15
/// are taken as that. A network that is trained with a validation part already carries a temperature fitted there; what is found here
/// comes on top.
/// </remarks>
public static class TemperatureScaling
{
    /// <summary>The lowest temperature that <see cref="Fit"/> returns: where every song is right, none would be low enough.</summary>
    public const double Lowest = 0.05;

    /// <summary>The highest temperature that <see cref="Fit"/> returns.</summary>
    public const double Highest = 20;

    private const double SmallestProbability = 1e-15;

    /// <summary>The temperature that makes the log-loss of predictions lowest, from <see cref="Lowest"/> to <see cref="Highest"/>; above 1 where the
    /// network is too sure of itself. Songs with NaN among their probabilities are left out.</summary>
    /// <param name="actual">Of each song, the index of its mood.</param>
    /// <param name="probabilities">Of each song, the probability of each mood; at best of songs that were not learnt from.</param>
    /// <exception cref="ArgumentException">The lists do not fit together, a probability is out of range, or no song has a prediction.</exception>
    public static double Fit(IReadOnlyList<int> actual, IReadOnlyList<float[]> probabilities)
    {
        Scored.Check(actual, probabilities, probabilities is [var first, ..] ? first.Length : 0);
        var scored = Enumerable.Range(0, actual.Count).Where(song => !probabilities[song].Any(float.IsNaN)).ToArray();
        if (scored.Length == 0)
            throw new ArgumentException("No song has a prediction to fit a temperature on.");
        double[][] logits = [.. scored.Select(song => Logits(probabilities[song]))];
        int[] moods = [.. scored.Select(song => actual[song])];

        // The log-loss is convex in 1 / T, so its slope there grows and has at most one zero: bisection over ln(1 / T).
        var (low, high) = (-Math.Log(Highest), -Math.Log(Lowest));
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            if (Slope(logits, moods, Math.Exp(middle)) > 0)
                high = middle;
            else
                low = middle;
        }
        return Math.Exp(-(low + high) / 2);
    }

    /// <summary>The probabilities at a temperature: softmax(ln(probabilities) / temperature). NaN stays NaN.</summary>
    /// <param name="probabilities">Of one song, the probability of each mood.</param>
    /// <param name="temperature">More than 0; 1 changes nothing.</param>
    public static float[] Apply(IReadOnlyList<float> probabilities, double temperature)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature must be finite and more than 0.");
        return [.. Softmax(Logits(probabilities), 1 / temperature).Select(value => (float)value)];
    }

    /// <summary>Calibrates predictions without letting a song judge itself: each fold's temperature is fitted on the other folds.</summary>
    /// <param name="actual">Of each song, the index of its mood.</param>
    /// <param name="probabilities">Of each song, the probability of each mood, by a model that has not learnt from it.</param>
    /// <param name="folds">Of each song, its fold: any numbers, at least two different ones.</param>
    /// <exception cref="ArgumentException">As <see cref="Fit"/>, or there is only one fold.</exception>
    public static CalibratedPredictions CrossFit(IReadOnlyList<int> actual, IReadOnlyList<float[]> probabilities, IReadOnlyList<int> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        Scored.Check(actual, probabilities, probabilities is [var first, ..] ? first.Length : 0);
        if (folds.Count != actual.Count)
            throw new ArgumentException($"There are {actual.Count} songs but {folds.Count} folds.", nameof(folds));
        if (folds.Distinct().Count() < 2)
            throw new ArgumentException("All songs are in one fold: there is no other to fit its temperature on.", nameof(folds));
        var temperatures = new SortedDictionary<int, double>();
        foreach (var fold in folds.Distinct())
        {
            int[] others = [.. Enumerable.Range(0, folds.Count).Where(song => folds[song] != fold)];
            temperatures[fold] = Fit([.. others.Select(song => actual[song])], [.. others.Select(song => probabilities[song])]);
        }
        return new CalibratedPredictions(temperatures, [.. probabilities.Select((scores, song) => Apply(scores, temperatures[folds[song]]))]);
    }

    /// <summary>The derivative of the summed log-loss with respect to 1 / T: the logit to be expected less the right mood's.</summary>
    private static double Slope(double[][] logits, int[] moods, double inverse)
    {
        var slope = 0.0;
        for (var song = 0; song < moods.Length; song++)
        {
            var row = logits[song];
            var shares = Softmax(row, inverse);
            for (var c = 0; c < row.Length; c++)
                slope += shares[c] * row[c];
            slope -= row[moods[song]];
        }
        return slope;
    }

    private static double[] Logits(IReadOnlyList<float> probabilities) =>
        [.. probabilities.Select(value => Math.Log(float.IsNaN(value) ? double.NaN : Math.Max(value, SmallestProbability)))];

    private static double[] Softmax(double[] logits, double inverse)
    {
        var highest = logits.Max(); // NaN is ignored here, and stays NaN below
        var shares = Array.ConvertAll(logits, logit => Math.Exp((logit - highest) * inverse));
        var sum = shares.Sum();
        return Array.ConvertAll(shares, share => share / sum);
    }
}
