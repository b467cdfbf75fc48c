using System.Numerics.Tensors;

namespace SongMood.Dsp;

/// <summary>
/// How libsoxr starts where it has two filters in a row: the second finds nothing before the first sample, although the first filter
/// already rings there. It concerns the first samples of a signal that does not begin softly, and librosa's numbers have it.
/// </summary>
internal sealed class StartTransient
{
    private readonly float[][] _firstTaps; // for each value before the start that is lost: what of the signal it is made of
    private readonly float[][] _secondTaps; // for each of them: what it would have added to the output

    /// <param name="pair">The filters.</param>
    /// <param name="fromRate">The signal's rate; as all rates here over the lower rate.</param>
    /// <param name="toRate">The output's rate.</param>
    public StartTransient(FilterPair pair, double fromRate, double toRate)
    {
        var (first, second, innerRate) = (pair.First, pair.Second, pair.InnerRate);
        var reach = second.Reach + (pair.Last?.Reach ?? 0);
        var lost = (int)(Math.Min(first.Reach, second.Reach) * innerRate);
        (_firstTaps, _secondTaps) = (new float[lost][], new float[lost][]);
        for (var i = 0; i < lost; i++)
        {
            var t = -(i + 1) / innerRate;
            _firstTaps[i] = [.. Enumerable.Range(0, (int)Math.Ceiling((first.Reach + t) * fromRate))
                .Select(k => (float)(first.At(t - k / fromRate) / fromRate))];
            _secondTaps[i] = [.. Enumerable.Range(0, (int)Math.Ceiling((reach + t) * toRate))
                .Select(m => (float)Response(pair, t, m / toRate))];
        }
    }

    /// <summary>Takes from the output what the lost values gave to it.</summary>
    public void Apply(ReadOnlySpan<float> samples, Span<float> target)
    {
        for (var i = 0; i < _firstTaps.Length; i++)
        {
            var known = Math.Min(samples.Length, _firstTaps[i].Length);
            var value = TensorPrimitives.Dot(samples[..known], _firstTaps[i].AsSpan(0, known));
            var touched = Math.Min(target.Length, _secondTaps[i].Length);
            TensorPrimitives.MultiplyAdd(_secondTaps[i].AsSpan(0, touched), -value, target[..touched], target[..touched]);
        }
    }

    /// <summary>What a value between the two filters, at a time before the start, would give to the output at another time.</summary>
    private static double Response(FilterPair pair, double from, double to)
    {
        if (pair.Last is not { } last)
            return pair.Second.At(to - from) / pair.InnerRate;
        var sum = 0.0; // over the second filter's values from the start on: those before it are lost to the last one, another pair's matter
        var first = Math.Max(0, (int)Math.Floor((to - last.Reach) * pair.LastInnerRate)); // the last filter finds nothing before
        var end = Math.Min(from + pair.Second.Reach, to + last.Reach + 1 / pair.LastInnerRate);
        for (var j = first; j <= end * pair.LastInnerRate; j++)
            sum += pair.Second.At(j / pair.LastInnerRate - from) * last.At(to - j / pair.LastInnerRate);
        return sum / pair.InnerRate / pair.LastInnerRate;
    }
}
