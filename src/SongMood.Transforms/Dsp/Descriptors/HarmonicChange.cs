namespace SongMood.Dsp.Descriptors;

/// <summary>
/// The tonal centroid of each frame, its pitch classes' centre of gravity on the circles of fifths, minor thirds and major thirds (six
/// coordinates, radii 1, 1 and 1/2), and how far it moves between the frames before and behind (Harte, Sandler and Gasser, "Detecting
/// harmonic change in musical audio", 2006). No unit; change 0 to 2 sqrt(2.25) = 3.
/// </summary>
internal static class HarmonicChange
{
    public const int CoordinateCount = 6;
    private static readonly float[] Coordinates = MakeCoordinates();

    /// <param name="chroma">(12, frames), not negative.</param>
    /// <param name="centroids">Six rows of as many frames.</param>
    /// <param name="change">One value a frame, 0 in the first and the last.</param>
    public static void Compute(Matrix chroma, Matrix centroids, Span<float> change)
    {
        var frameCount = chroma.ColumnCount;
        var values = chroma.Values;
        var target = centroids.Values;
        target.Clear();
        for (var t = 0; t < frameCount; t++)
        {
            var sum = 0f;
            for (var c = 0; c < 12; c++)
                sum += values[c * frameCount + t];
            if (sum <= 0)
                continue;
            for (var k = 0; k < CoordinateCount; k++)
            {
                var centre = 0f;
                for (var c = 0; c < 12; c++)
                    centre += Coordinates[k * 12 + c] * values[c * frameCount + t];
                target[k * frameCount + t] = centre / sum;
            }
        }
        change.Clear();
        for (var t = 1; t + 1 < frameCount; t++)
        {
            var squares = 0f;
            for (var k = 0; k < CoordinateCount; k++)
            {
                var distance = target[k * frameCount + t + 1] - target[k * frameCount + t - 1];
                squares += distance * distance;
            }
            change[t] = MathF.Sqrt(squares);
        }
    }

    private static float[] MakeCoordinates()
    {
        var coordinates = new float[CoordinateCount * 12];
        ReadOnlySpan<(double Radius, double Turn)> circles = [(1, 7.0 / 6), (1, 3.0 / 2), (0.5, 2.0 / 3)];
        for (var circle = 0; circle < circles.Length; circle++)
            for (var c = 0; c < 12; c++)
            {
                var (sine, cosine) = Math.SinCos(circles[circle].Turn * Math.PI * c);
                coordinates[2 * circle * 12 + c] = (float)(circles[circle].Radius * sine);
                coordinates[(2 * circle + 1) * 12 + c] = (float)(circles[circle].Radius * cosine);
            }
        return coordinates;
    }
}
