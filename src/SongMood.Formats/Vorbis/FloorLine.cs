namespace SongMood.Formats.Vorbis;

/// <summary>
/// Straight lines of whole numbers (Vorbis I specification, 9.2.6 and 9.2.7), whose heights stand for factors of lines of a spectrum.
/// </summary>
internal static class FloorLine
{
    private const int Heights = 256;

    /// <summary>10.1: 256 steps over 140 decibels, up to 1.</summary>
    public static float[] Factors { get; } =
        [.. Enumerable.Range(0, Heights).Select(i => (float)Math.Exp(0.11512925 * 140 * (i - (Heights - 1)) / Heights))];

    /// <summary>9.2.6: the height at a place of the line from one point to another.</summary>
    public static int At(int x0, int y0, int x1, int y1, int x)
    {
        var rise = y1 - y0;
        var height = (int)((long)Math.Abs(rise) * (x - x0) / (x1 - x0));
        return rise < 0 ? y0 - height : y0 + height;
    }

    /// <summary>
    /// 9.2.7: multiplies the lines of a spectrum from one point to before another by a line's factors; what is behind the spectrum's end is
    /// left out.
    /// </summary>
    public static void Apply(Span<float> lines, int x0, int y0, int x1, int y1)
    {
        var length = x1 - x0;
        if (length <= 0 || x0 >= lines.Length)
            return;
        var target = lines[x0..Math.Min(x1, lines.Length)];
        ReadOnlySpan<float> factors = Factors;
        var (step, rest) = Math.DivRem(y1 - y0, length);
        var (y, sign, error) = (y0, Math.Sign(y1 - y0), 0);
        rest = Math.Abs(rest);
        foreach (ref var line in target)
        {
            line *= factors[y];
            error += rest;
            y += step;
            if (error >= length)
            {
                error -= length;
                y += sign;
            }
        }
    }
}
