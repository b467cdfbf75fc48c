namespace SongMood.Training;

/// <summary>How the learning rate changes while training goes on: a factor on the highest rate, step by step.</summary>
/// <example><code>
/// var options = new MlpOptions { LearningRate = 1e-3, Schedule = LearningRateSchedule.Cosine(warmUpFraction: 0.1) };
/// </code></example>
public sealed class LearningRateSchedule
{
    private readonly Func<double, int, double> _factor; // (epochs done, as a fraction; epochs in all) -> factor
    private readonly string _description;

    private LearningRateSchedule(string description, Func<double, int, double> factor) => (_description, _factor) = (description, factor);

    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new("constant", (_, _) => 1);

    /// <summary>Multiply the rate by <paramref name="factor"/> every <paramref name="epochs"/> epochs.</summary>
    public static LearningRateSchedule Step(int epochs, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        CheckFraction(factor, nameof(factor));
        return new(FormattableString.Invariant($"step({epochs}, {factor})"), (done, _) => Math.Pow(factor, Math.Floor(done / epochs)));
    }

    /// <summary>
    /// Rise in a straight line over the first <paramref name="warmUpFraction"/> of training, then fall along half a cosine to
    /// <paramref name="finalFactor"/> (Loshchilov and Hutter, "SGDR", 2017, without restarts).
    /// </summary>
    public static LearningRateSchedule Cosine(double warmUpFraction = 0.05, double finalFactor = 0)
    {
        CheckFraction(warmUpFraction, nameof(warmUpFraction));
        CheckFraction(finalFactor, nameof(finalFactor));
        return new(FormattableString.Invariant($"cosine({warmUpFraction}, {finalFactor})"), (done, epochs) =>
        {
            var warmUp = warmUpFraction * epochs;
            return done < warmUp
                ? Math.Min(1, Math.Max(done, 1e-3) / warmUp)
                : HalfCosine(1, finalFactor, (done - warmUp) / Math.Max(1e-9, epochs - warmUp));
        });
    }

    /// <summary>
    /// One rise from 1/<paramref name="initialDivisor"/> of the rate to all of it and one fall to 1/<paramref name="finalDivisor"/>,
    /// both along half a cosine (Smith and Topin, "Super-convergence", 2018).
    /// </summary>
    public static LearningRateSchedule OneCycle(double riseFraction = 0.3, double initialDivisor = 25, double finalDivisor = 1e4)
    {
        CheckFraction(riseFraction, nameof(riseFraction));
        ArgumentOutOfRangeException.ThrowIfLessThan(initialDivisor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(finalDivisor, 1);
        return new(FormattableString.Invariant($"one-cycle({riseFraction}, {initialDivisor}, {finalDivisor})"), (done, epochs) =>
        {
            var rise = riseFraction * epochs;
            return done < rise
                ? HalfCosine(1 / initialDivisor, 1, done / rise)
                : HalfCosine(1, 1 / finalDivisor, (done - rise) / Math.Max(1e-9, epochs - rise));
        });
    }

    /// <summary>
    /// Up and down in straight lines between <paramref name="lowestFactor"/> and 1, every <paramref name="epochs"/> epochs
    /// (Smith, "Cyclical learning rates", 2017).
    /// </summary>
    public static LearningRateSchedule Cyclic(int epochs, double lowestFactor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        CheckFraction(lowestFactor, nameof(lowestFactor));
        return new(FormattableString.Invariant($"cyclic({epochs}, {lowestFactor})"), (done, _) =>
            lowestFactor + (1 - lowestFactor) * (1 - Math.Abs(2 * (done / epochs % 1) - 1)));
    }

    /// <summary>The schedule's name and numbers.</summary>
    public override string ToString() => _description;

    internal double Factor(double epochsDone, int epochs) => _factor(epochsDone, epochs);

    private static double HalfCosine(double from, double to, double progress) =>
        to + (from - to) * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))) / 2;

    private static void CheckFraction(double value, string name)
    {
        if (value is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, "must be from 0 to 1");
    }
}
