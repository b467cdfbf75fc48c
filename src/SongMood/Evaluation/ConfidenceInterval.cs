namespace SongMood.Evaluation;

/// <summary>The range in which a figure lies with the confidence that was asked for.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public sealed record ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>The middle part of the values that has this share of them (Efron and Tibshirani's percentile interval), NaN left out; null
    /// where there is nothing else.</summary>
    internal static ConfidenceInterval? OfMiddle(double[] values, double level)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 ? null : new ConfidenceInterval(Quantile((1 - level) / 2), Quantile((1 + level) / 2));

        // Between the two nearest values, linearly: definition 7 of Hyndman and Fan (1996).
        double Quantile(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        }
    }

    /// <summary>Such as "0.652 to 0.731".</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Lower:0.###} to {Upper:0.###}");
}
