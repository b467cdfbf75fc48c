namespace SongMood.Formats.Vorbis;

/// <summary>Which lines of a block lie on the same place of a bark scale (Vorbis I specification, 6.2.3).</summary>
internal sealed class BarkMap
{
    /// <param name="length">Lines of a block.</param>
    /// <param name="rate">The floor's rate.</param>
    /// <param name="mapLength">Places of the scale.</param>
    public BarkMap(int length, int rate, int mapLength)
    {
        Length = length;
        var scale = mapLength / Bark(0.5 * rate);
        var runs = new List<(int Start, int End, int Place)>();
        for (var line = 0; line < length; line++)
        {
            var place = Math.Min(mapLength - 1, (int)Math.Floor(Bark((double)rate * line / (2 * length)) * scale));
            if (runs.Count > 0 && runs[^1].Place == place)
                runs[^1] = runs[^1] with { End = line + 1 };
            else
                runs.Add((line, line + 1, place));
        }

        Runs = [.. runs];
    }

    public int Length { get; }

    /// <summary>The lines from start to end share a place.</summary>
    public (int Start, int End, int Place)[] Runs { get; }

    private static double Bark(double hertz) =>
        13.1 * Math.Atan(0.00074 * hertz) + 2.24 * Math.Atan(1.85e-8 * hertz * hertz) + 0.0001 * hertz;
}
