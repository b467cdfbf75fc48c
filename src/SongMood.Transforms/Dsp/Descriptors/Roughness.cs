namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Sensory dissonance of the partials in a frame: for each pair of the strongest <see cref="PartialCount"/> the product of their
/// heights times Plomp and Levelt's curve in Sethares' form (e^(-3.5 x) - e^(-5.75 x), x = s df, s = 0.24 / (0.021 f + 19), f the lower
/// frequency; Sethares, "Local consonance and the relationship between timbre and scale", JASA 94(3), 1993), the sum divided by the sum
/// of squared heights, so that it does not depend on level. No unit; 0 (one partial, silence) to about 2. Partials that 43 Hz do not
/// part (the analysis window's main lobe) count as one.
/// </summary>
internal static class Roughness
{
    public const int PartialCount = 20;
    private const int TableLength = 512;
    private const float TableEnd = 2.5f; // the curve is below 2e-4 of itself there
    private static readonly float[] Curve = [.. Enumerable.Range(0, TableLength + 2).Select(i => i * TableEnd / TableLength)
        .Select(x => MathF.Exp(-3.5f * x) - MathF.Exp(-5.75f * x))];

    public static float Compute(ReadOnlySpan<float> allHz, ReadOnlySpan<float> allHeights)
    {
        Span<float> hz = stackalloc float[PartialCount], heights = stackalloc float[PartialCount];
        var count = Strongest(allHz, allHeights, hz, heights);
        float pairs = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            squares += heights[i] * heights[i];
            var s = 0.24f / (0.021f * hz[i] + 19) * (TableLength / TableEnd);
            for (var j = i + 1; j < count; j++)
            {
                var x = s * (hz[j] - hz[i]);
                if (x >= TableLength)
                    break;
                var k = (int)x;
                pairs += heights[i] * heights[j] * (Curve[k] + (x - k) * (Curve[k + 1] - Curve[k]));
            }
        }
        return squares > 0 ? pairs / squares : 0;
    }

    /// <summary>In order of frequency, as they came.</summary>
    private static int Strongest(ReadOnlySpan<float> allHz, ReadOnlySpan<float> allHeights, Span<float> hz, Span<float> heights)
    {
        var threshold = allHz.Length > PartialCount ? OrderStatistic.KthLargest(allHeights, PartialCount) : 0;
        var count = 0;
        for (var i = 0; i < allHz.Length && count < PartialCount; i++)
            if (allHeights[i] >= threshold)
                (hz[count], heights[count++]) = (allHz[i], allHeights[i]);
        return count;
    }
}
