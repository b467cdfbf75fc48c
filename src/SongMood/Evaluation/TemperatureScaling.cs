namespace SongMood.Evaluation;

/// <summary>
/// Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017, section 4.2): one number that makes a network's
/// probabilities right about themselves and leaves what it predicts as it is.
/// </summary>
/// <remarks>
/// It works on probabilities: their logarithms are the logits but for a constant, which the softmax does not see. Probabilities below 1e-15
/// are taken as that. A network that is trained with a validation part already carries a temperature, fitted there in the same way; what is
/// found here comes on top.
/// </remarks>
/// <example><code>
/// var said = new Predictions(["calm", "sad"], actual: [0, 1, 1], probabilities: [[0.9f, 0.1f], [0.6f, 0.4f], [0.2f, 0.8f]]);
/// double temperature = TemperatureScaling.Fit(said);
/// float[] honest = TemperatureScaling.Apply(said.Probabilities[0], temperature);
/// </code></example>
public static class TemperatureScaling
{
    /// <summary>
    /// The lowest temperature that <see cref="Fit(Predictions)"/> returns: where all songs are right, none is low enough.
    /// </summary>
    public const double Lowest = 0.05;

    /// <summary>The highest temperature that <see cref="Fit(Predictions)"/> returns.</summary>
    public const double Highest = 20;

    private const double SmallestProbability = 1e-15;

    /// <summary>The temperature that makes the log-loss of predictions lowest, from <see cref="Lowest"/> to <see cref="Highest"/>; above 1
    /// where the network is too sure of itself. Songs without a prediction are left out.</summary>
    /// <param name="predictions">At best of songs that were not learnt from.</param>
    /// <exception cref="ArgumentException">No song has a prediction.</exception>
    public static double Fit(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        int[] scored = [.. Enumerable.Range(0, predictions.SongCount).Where(song => predictions.Predicted(song) is not null)];
        if (scored.Length == 0)
            throw new ArgumentException("No song has a prediction to fit a temperature on.", nameof(predictions));
        return Fit(Array.ConvertAll(scored, song => Logits(predictions.Probabilities[song])),
            Array.ConvertAll(scored, song => predictions.Actual[song]));
    }

    /// <summary>The same from the logits of each song.</summary>
    /// <param name="logits">The logits of the moods for each song, one song or more.</param>
    /// <param name="moods">The mood of each song.</param>
    /// <param name="isKept">Whether the temperature goes into a model. Songs that are all right ask for the lowest one, and a model that
    /// has it would take all that it says for certain: there they get the targets of Platt ("Probabilistic outputs for support vector
    /// machines", 1999, section 2.2), as if one more song of each mood had been seen.</param>
    internal static double Fit(double[][] logits, int[] moods, bool isKept = false)
    {
        var smoothing = isKept && AreAllRight(logits, moods) ? (double)logits[0].Length / (logits.Length + logits[0].Length) : 0;

        // The log-loss is convex in 1 / T, so its slope there grows and has at most one zero: bisection over ln(1 / T).
        var (low, high) = (-Math.Log(Highest), -Math.Log(Lowest));
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            if (Slope(logits, moods, smoothing, Math.Exp(middle)) > 0)
                high = middle;
            else
                low = middle;
        }
        return Math.Exp(-(low + high) / 2);
    }

    /// <summary>The probabilities at a temperature: softmax(ln(probabilities) / temperature). NaN stays NaN.</summary>
    /// <param name="probabilities">The probability of each mood for one song.</param>
    /// <param name="temperature">More than 0; 1 changes nothing.</param>
    public static float[] Apply(IReadOnlyList<float> probabilities, double temperature)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature must be finite and more than 0.");
        return [.. Softmax(Logits(probabilities), 1 / temperature).Select(value => (float)value)];
    }

    /// <summary>Calibrates predictions without letting a song judge itself: each part's temperature is fitted on the other parts.</summary>
    /// <param name="predictions">Songs in two or more parts, each predicted by a model that has not learnt from it.</param>
    /// <exception cref="ArgumentException">There are fewer than two parts, or no song outside one of them has a prediction.</exception>
    public static CalibratedPredictions CrossFit(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Parts is not { } parts || predictions.PartNumbers.Count < 2)
            throw new ArgumentException($"The songs are in {Plural.Of(predictions.PartNumbers.Count, "part")}; "
                + "expected two or more, as the temperature of each is fitted on the others.", nameof(predictions));
        var temperatures = new SortedDictionary<int, double>();
        foreach (var part in predictions.PartNumbers)
            temperatures[part] = Fit(predictions.Where(song => parts[song] != part));
        return new CalibratedPredictions
        {
            Predictions = predictions.WithProbabilities(
                [.. predictions.Probabilities.Zip(parts, (scores, part) => Apply(scores, temperatures[part]))]),
            Temperatures = temperatures,
        };
    }

    private static bool AreAllRight(double[][] logits, int[] moods) =>
        logits.Zip(moods).All(song => Array.IndexOf(song.First, song.First.Max()) == song.Second);

    /// <summary>The derivative of the summed log-loss with respect to 1 / T: the logit to be expected less that of the target, which is the
    /// right mood but for <paramref name="smoothing"/>, the part of it that is spread over all moods.</summary>
    private static double Slope(double[][] logits, int[] moods, double smoothing, double inverse)
    {
        var slope = 0.0;
        for (var song = 0; song < moods.Length; song++)
        {
            var row = logits[song];
            var shares = Softmax(row, inverse);
            for (var c = 0; c < row.Length; c++)
                slope += (shares[c] - smoothing / row.Length) * row[c];
            slope -= (1 - smoothing) * row[moods[song]];
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
