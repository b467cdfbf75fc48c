namespace SongMood.Formats.Opus.Celt;

/// <summary>A filter that makes a pitch stronger (RFC 6716, 4.3.7.1): samples a period before are added.</summary>
/// <param name="Period">Samples.</param>
/// <param name="Gain">How much; 0 for no filter.</param>
/// <param name="Shape">0 to 2: how many high sounds are left out.</param>
internal readonly record struct PitchFilter(int Period, float Gain, int Shape)
{
    /// <summary>Samples of the shortest period.</summary>
    public const int ShortestPeriod = 15;

    private static readonly float[] Taps =
        [0.3066406250f, 0.2170410156f, 0.1296386719f, 0.4638671875f, 0.2680664062f, 0, 0.7998046875f, 0.1000976562f, 0];

    /// <summary>Filters samples in place, from one filter to another within the first of them.</summary>
    /// <param name="buffer">The samples and those before.</param>
    /// <param name="start">The first to filter.</param>
    /// <param name="length">How many.</param>
    /// <param name="from">The filter before.</param>
    /// <param name="to">The filter from now on.</param>
    public static void Apply(Span<float> buffer, int start, int length, PitchFilter from, PitchFilter to)
    {
        if (from.Gain == 0 && to.Gain == 0)
            return;
        var (from0, from1, from2) = from.Weights();
        var (to0, to1, to2) = to.Weights();
        int fromPeriod = Math.Max(from.Period, ShortestPeriod), toPeriod = Math.Max(to.Period, ShortestPeriod);
        var window = InverseMdct.Window;
        var overlap = from == to ? 0 : window.Length;
        for (var i = 0; i < overlap; i++)
        {
            var at = start + i;
            float share = window[i] * window[i], other = 1 - share;
            buffer[at] += other * Filtered(buffer, at - fromPeriod, from0, from1, from2)
                + share * Filtered(buffer, at - toPeriod, to0, to1, to2);
        }

        if (to.Gain == 0)
            return;
        for (var i = start + overlap; i < start + length; i++)
            buffer[i] += Filtered(buffer, i - toPeriod, to0, to1, to2);
    }

    /// <summary>Takes the filter out of samples.</summary>
    /// <param name="buffer">Samples that the filter made, from <paramref name="start"/> on, and those before.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="output">The same samples; less what the filter added.</param>
    public static void Remove(Span<float> buffer, int start, PitchFilter filter, Span<float> output)
    {
        if (filter.Gain == 0)
            return;
        var (middle, near, far) = filter.Weights();
        for (var i = 0; i < output.Length; i++)
            output[i] -= Filtered(buffer, start + i - Math.Max(filter.Period, ShortestPeriod), middle, near, far);
    }

    private static float Filtered(Span<float> buffer, int at, float middle, float near, float far) =>
        middle * buffer[at] + near * (buffer[at - 1] + buffer[at + 1]) + far * (buffer[at - 2] + buffer[at + 2]);

    private (float Middle, float Near, float Far) Weights() =>
        (Gain * Taps[3 * Shape], Gain * Taps[3 * Shape + 1], Gain * Taps[3 * Shape + 2]);
}
