namespace SongMood.Prediction;

/// <summary>Long songs as pieces, so that an hour of audio takes no more memory than ten minutes.</summary>
internal static class SongPieces
{
    /// <summary>Songs up to this, and half a minute over it, are one piece.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private const double Surplus = 0.05; // of the length: a piece may be so much longer

    /// <summary>
    /// The lengths of a song's pieces: as few as there can be, and all alike, so that each says as much and every buffer fits the next.
    /// </summary>
    public static IEnumerable<int> Lengths(long sampleCount, int pieceLength)
    {
        var pieces = (long)Math.Ceiling(sampleCount / (pieceLength * (1 + Surplus)));
        var length = (int)((sampleCount + pieces - 1) / Math.Max(1, pieces));
        for (var left = sampleCount; left > 0; left -= length)
            yield return (int)Math.Min(left, length);
    }
}
