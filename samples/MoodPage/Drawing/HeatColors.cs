namespace MoodPage.Drawing;

/// <summary>
/// The colours of a spectrogram, from dark (quiet) to light (loud): lightness rises steadily, so that it reads the same to people who see
/// few colours. Eight stops in the manner of matplotlib's "inferno", and straight lines between them.
/// </summary>
internal static class HeatColors
{
    private static readonly (byte Red, byte Green, byte Blue)[] Stops =
        [(8, 8, 20), (40, 14, 84), (98, 24, 110), (156, 42, 100), (210, 72, 68), (242, 124, 28), (250, 192, 58), (252, 250, 176)];

    /// <summary>256 colours, three bytes each: red, green, blue.</summary>
    public static byte[] Palette { get; } = [.. Enumerable.Range(0, 256).SelectMany(level => Color(level / 255.0))];

    private static IEnumerable<byte> Color(double level)
    {
        var place = level * (Stops.Length - 1);
        var below = Math.Min((int)place, Stops.Length - 2);
        var (from, to, share) = (Stops[below], Stops[below + 1], place - below);
        yield return Between(from.Red, to.Red, share);
        yield return Between(from.Green, to.Green, share);
        yield return Between(from.Blue, to.Blue, share);
    }

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + share * (to - from));
}
