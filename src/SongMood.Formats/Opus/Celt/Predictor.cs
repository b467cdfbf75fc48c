using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>Linear prediction: of each sample from those before it.</summary>
internal static class Predictor
{
    /// <summary>The products of samples with those so many places before them, summed up.</summary>
    public static void Correlate(ReadOnlySpan<float> samples, Span<float> correlations)
    {
        for (var lag = 0; lag < correlations.Length; lag++)
            correlations[lag] = TensorPrimitives.Dot(samples[lag..], samples[..^lag]);
    }

    /// <summary>The filter that leaves least of the samples (Levinson and Durbin's recursion); stops where 30 dB are gained.</summary>
    public static void Find(ReadOnlySpan<float> correlations, Span<float> filter)
    {
        const float Enough = 0.001f;
        filter.Clear();
        var error = correlations[0];
        if (error == 0)
            return;
        for (var i = 0; i < filter.Length; i++)
        {
            var sum = correlations[i + 1];
            for (var j = 0; j < i; j++)
                sum += filter[j] * correlations[i - j];
            var reflection = -sum / error;
            filter[i] = reflection;
            for (var j = 0; j < (i + 1) / 2; j++)
            {
                float first = filter[j], second = filter[i - 1 - j];
                filter[j] = first + reflection * second;
                filter[i - 1 - j] = second + reflection * first;
            }

            error -= reflection * reflection * error;
            if (error < Enough * correlations[0])
                return;
        }
    }
}
