using System.Numerics.Tensors;

namespace SongMood.Dsp;

/// <summary>
/// The values of a signal at any times between its samples, where it holds nothing above a quarter of its rate: a short windowed sinc,
/// kept at 1024 phases, with a straight line between two of them. The error is below 1e-6 of full scale (docs/numerics.md).
/// </summary>
internal sealed class BetweenSamples
{
    /// <summary>How many samples are needed to either side of a time. Even.</summary>
    public const int Margin = 10;

    private const int Phases = 1024, Taps = 2 * Margin;

    // Cut off at half the rate, so that the band up to a quarter passes and its image, from three quarters on, does not.
    private static readonly Lazy<float[]> Table = new(() =>
    {
        var sinc = new KaiserSinc(cutoff: 0.5, reach: Margin, beta: 14);
        return [.. Enumerable.Range(0, (Phases + 1) * Taps)
            .Select(i => (float)sinc.At((double)(i / Taps) / Phases + Margin - 1 - i % Taps))];
    });

    private readonly float[] _table = Table.Value;
    private readonly long _parts, _stepWhole, _stepParts; // the time from one value to the next, in samples and parts of one

    /// <param name="step">The time from one value to the next, in samples, is this ...</param>
    /// <param name="parts">... divided by this.</param>
    public BetweenSamples(long step, long parts)
    {
        _parts = parts;
        (_stepWhole, _stepParts) = Math.DivRem(step, parts);
    }

    /// <summary>The time of the next value in samples, and in parts of one after it.</summary>
    public readonly record struct Time(long Whole, long Parts);

    /// <summary>Writes values until the target is full or the samples are used up; returns how many.</summary>
    /// <param name="samples">Samples, with <see cref="Margin"/> more before and after those whose values are wanted.</param>
    /// <param name="first">The time of the first one after the margin.</param>
    /// <param name="next">The time of the next value; moved on.</param>
    /// <param name="target">For the values.</param>
    public int Fill(ReadOnlySpan<float> samples, long first, ref Time next, Span<float> target)
    {
        var (whole, parts) = next;
        var end = first + samples.Length - 2 * Margin;
        var count = 0;
        for (; count < target.Length && whole < end; count++)
        {
            var phase = parts * ((double)Phases / _parts);
            var before = (int)phase;
            var around = samples.Slice((int)(whole - first) + 1, Taps);
            var low = TensorPrimitives.Dot(around, _table.AsSpan(before * Taps, Taps));
            var high = TensorPrimitives.Dot(around, _table.AsSpan((before + 1) * Taps, Taps));
            target[count] = (float)(low + (phase - before) * (high - low));
            (whole, parts) = (whole + _stepWhole, parts + _stepParts);
            if (parts >= _parts)
                (whole, parts) = (whole + 1, parts - _parts);
        }

        next = new Time(whole, parts);
        return count;
    }
}
