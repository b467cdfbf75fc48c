using System.Numerics;

namespace SongMood.Prediction;

/// <summary>What samples reach and amount to, found in one walk over them.</summary>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
/// <param name="Sum">Of all.</param>
/// <param name="SumOfSquares">Of all.</param>
internal readonly record struct SampleRange(float Min, float Max, float Sum, float SumOfSquares)
{
    public float Peak => Math.Max(Max, -Min);

    /// <param name="samples">At least one, and all of them numbers.</param>
    public static SampleRange Of(ReadOnlySpan<float> samples)
    {
        var whole = samples.Length - samples.Length % Vector<float>.Count;
        Vector<float> min = new(samples[0]), max = min, sum = default, squares = default;
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var values = new Vector<float>(samples[i..]);
            min = Vector.ConditionalSelect(Vector.LessThan(values, min), values, min); // Vector.Min would look for what is no number
            max = Vector.ConditionalSelect(Vector.GreaterThan(values, max), values, max);
            sum += values;
            squares += values * values;
        }
        var (low, high, total, power) = (min[0], max[0], Vector.Sum(sum), Vector.Sum(squares));
        for (var lane = 1; lane < Vector<float>.Count; lane++)
            (low, high) = (Math.Min(low, min[lane]), Math.Max(high, max[lane]));
        foreach (var value in samples[whole..])
            (low, high, total, power) = (Math.Min(low, value), Math.Max(high, value), total + value, power + value * value);
        return new SampleRange(low, high, total, power);
    }
}
