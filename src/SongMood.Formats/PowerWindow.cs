namespace SongMood.Formats;

/// <summary>The window of Vorbis (Vorbis I specification, 4.3.1), which Opus took over (RFC 6716, 4.3.7).</summary>
internal static class PowerWindow
{
    /// <summary>
    /// Its rising half: sin(pi/2 sin^2(pi/2 (i + 1/2) / length)). The squares of a value and of its mirror image add up to 1.
    /// </summary>
    public static float[] Rising(int length) => [.. Enumerable.Range(0, length).Select(i =>
        (float)Math.Sin(Math.PI / 2 * Math.Pow(Math.Sin(Math.PI / 2 * (i + 0.5) / length), 2)))];
}
