using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class DynamicsGroup() : DescriptorGroup(DescriptorGroups.Dynamics, DescriptorNames.Dynamics)
{
    private const float FloorDb = -100;
    private const float MinLevel = 1e-5f; // -100 dB
    private readonly Matrix _decibels = new(1);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var level = song.Frames.Level;
        _decibels.Resize(level.Length);
        var decibels = _decibels.Values;
        TensorPrimitives.Max(level, MinLevel, decibels);
        TensorPrimitives.Log10(decibels, decibels);
        TensorPrimitives.Multiply(decibels, 20, decibels);

        var peak = Db(Math.Abs(TensorPrimitives.MaxMagnitude(samples)));
        var rms = Db(MathF.Sqrt(TensorPrimitives.SumOfSquares(samples) / samples.Length));
        slots.Add(peak);
        slots.Add(peak - rms);
        slots.Add(Complexity(decibels));
        slots.Add(QuietShare(level));
        slots.AddSeries(decibels);
    }

    /// <summary>
    /// Mean distance of the frames' levels from their mean (Streich, "Music complexity", 2007, section 3.2, without weights).
    /// </summary>
    private static double Complexity(ReadOnlySpan<float> decibels)
    {
        double mean = TensorPrimitives.Sum(decibels) / decibels.Length, sum = 0;
        foreach (var value in decibels)
            sum += Math.Abs(value - mean);
        return sum / decibels.Length;
    }

    /// <summary>Frames below half the mean level (Tzanetakis and Cook's low-energy feature, 2002).</summary>
    private static double QuietShare(ReadOnlySpan<float> level)
    {
        var limit = 0.5f * TensorPrimitives.Sum(level) / level.Length;
        var count = 0;
        foreach (var value in level)
            count += value < limit ? 1 : 0;
        return (double)count / level.Length;
    }

    private static float Db(float level) => level <= MinLevel ? FloorDb : 20 * MathF.Log10(level);
}
