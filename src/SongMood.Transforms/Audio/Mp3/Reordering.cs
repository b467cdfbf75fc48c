namespace SongMood.Audio.Mp3;

/// <summary>
/// Short blocks come band by band and window by window; the IMDCT wants the three windows' lines side by side
/// (ISO/IEC 11172-3, 2.4.3.4.8).
/// </summary>
internal static class Reordering
{
    /// <summary>Reorders the short bands of <paramref name="lines"/> in place; <paramref name="scratch"/> holds 576.</summary>
    public static void Apply(ScaleFactorBands bands, Span<float> lines, Span<float> scratch)
    {
        var edges = bands.Edges;
        for (var band = bands.LongCount; band < bands.Count; band += 3)
        {
            int from = edges[band], width = edges[band + 1] - from;
            for (var i = 0; i < width; i++)
                for (var window = 0; window < 3; window++)
                    scratch[from + 3 * i + window] = lines[from + window * width + i];
        }

        var start = edges[bands.LongCount];
        scratch[start..576].CopyTo(lines[start..]);
    }
}
