using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>Finds the period of the last samples: roughly at a quarter of the rate, then at half of it.</summary>
internal sealed class PitchSearch
{
    private const int Longest = 720, Shortest = 100, Half = CeltSynthesis.PastLength / 2, Order = 4;
    private const int Compared = CeltSynthesis.PastLength - Longest, Lags = Longest - Shortest;

    private readonly float[] _halved = new float[Half], _fit = new float[Lags / 2];
    private readonly float[] _quarter = new float[Compared / 4], _quarterPast = new float[(Compared + Lags) / 4];

    /// <summary>The period, 100 to 720 samples.</summary>
    public int Find(CeltSynthesis synthesis)
    {
        Halve(synthesis);
        Flatten();
        ReadOnlySpan<float> now = _halved.AsSpan(Longest / 2), past = _halved;
        for (var i = 0; i < _quarter.Length; i++)
            _quarter[i] = now[2 * i];
        for (var i = 0; i < _quarterPast.Length; i++)
            _quarterPast[i] = past[2 * i];
        var fit = _fit.AsSpan(0, Lags / 4);
        for (var lag = 0; lag < fit.Length; lag++)
            fit[lag] = TensorPrimitives.Dot<float>(_quarter, _quarterPast.AsSpan(lag, _quarter.Length));
        var (best, second) = Best(fit, _quarterPast, _quarter.Length);

        fit = _fit.AsSpan(0, Lags / 2);
        for (var lag = 0; lag < fit.Length; lag++)
            fit[lag] = Math.Abs(lag - 2 * best) > 2 && Math.Abs(lag - 2 * second) > 2
                ? 0
                : Math.Max(-1, TensorPrimitives.Dot(now[..(Compared / 2)], past.Slice(lag, Compared / 2)));
        (best, _) = Best(fit, past, Compared / 2);
        return Longest - (2 * best - Lean(fit, best));
    }

    private void Halve(CeltSynthesis synthesis)
    {
        Array.Clear(_halved);
        for (var channel = 0; channel < synthesis.ChannelCount; channel++)
        {
            ReadOnlySpan<float> past = synthesis.Past(channel);
            _halved[0] += 0.25f * past[1] + 0.5f * past[0];
            for (var i = 1; i < Half; i++)
                _halved[i] += 0.25f * (past[2 * i - 1] + past[2 * i + 1]) + 0.5f * past[2 * i];
        }
    }

    // So that formants don't pass for periods.
    private void Flatten()
    {
        const float Floor = 1.0001f, LagWindow = 0.008f, Widening = 0.9f, Zero = 0.8f;
        Span<float> correlations = stackalloc float[Order + 1], filter = stackalloc float[Order], flat = stackalloc float[Order + 1];
        Predictor.Correlate(_halved, correlations);
        correlations[0] *= Floor;
        for (var i = 1; i <= Order; i++)
            correlations[i] -= correlations[i] * (LagWindow * i) * (LagWindow * i);
        Predictor.Find(correlations, filter);
        var width = 1f;
        foreach (ref var tap in filter)
            tap *= width *= Widening;
        for (var i = 0; i <= Order; i++)
            flat[i] = (i < Order ? filter[i] : 0) + Zero * (i > 0 ? filter[i - 1] : 1);
        for (var i = Half - 1; i >= 0; i--)
            for (var j = 0; j <= Order && j < i; j++)
                _halved[i] += flat[j] * _halved[i - 1 - j];
    }

    private static (int Best, int Second) Best(ReadOnlySpan<float> fit, ReadOnlySpan<float> past, int length)
    {
        (float Score, float Energy, int Lag) best = (-1, 0, 0), second = (-1, 0, 1);
        var energy = 1 + TensorPrimitives.SumOfSquares(past[..length]);
        for (var lag = 0; lag < fit.Length; lag++)
        {
            if (fit[lag] > 0)
            {
                var score = fit[lag] * 1e-12f * (fit[lag] * 1e-12f);
                if (score * second.Energy > second.Score * energy)
                {
                    var isBest = score * best.Energy > best.Score * energy;
                    (second, best) = isBest ? (best, (score, energy, lag)) : ((score, energy, lag), best);
                }
            }

            energy = Math.Max(1, energy + past[lag + length] * past[lag + length] - past[lag] * past[lag]);
        }

        return (best.Lag, second.Lag);
    }

    // Half a step to the side where a neighbour fits nearly as well.
    private static int Lean(ReadOnlySpan<float> fit, int best)
    {
        const float Nearly = 0.7f;
        if (best <= 0 || best >= fit.Length - 1)
            return 0;
        float before = fit[best - 1], at = fit[best], after = fit[best + 1];
        return after - before > Nearly * (at - before) ? 1 : before - after > Nearly * (at - after) ? -1 : 0;
    }
}
