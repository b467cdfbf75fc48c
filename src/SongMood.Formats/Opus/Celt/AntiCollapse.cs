namespace SongMood.Formats.Opus.Celt;

/// <summary>Short blocks of a band that got no pulses are filled with noise (RFC 6716, 4.3.5), so that no holes are heard.</summary>
internal static class AntiCollapse
{
    /// <summary>Fills those of a band; gives the seed for the next.</summary>
    /// <param name="shape">The frame's layout.</param>
    /// <param name="allocation">Each band's bits.</param>
    /// <param name="masks">For each channel of each band, the blocks that are not empty.</param>
    /// <param name="energies">This frame's energies, a row of bands a channel.</param>
    /// <param name="last">Those of the last frame.</param>
    /// <param name="beforeLast">Those of the frame before it.</param>
    /// <param name="seed">Noise's seed.</param>
    /// <param name="band">The band.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="lines">The channel's lines.</param>
    public static uint Fill(
        CeltShape shape, BitAllocation allocation, ReadOnlySpan<byte> masks, ReadOnlySpan<float> energies, ReadOnlySpan<float> last,
        ReadOnlySpan<float> beforeLast, uint seed, int band, int channel, Span<float> lines)
    {
        const int Bands = CeltTables.BandCount;
        var width = CeltShape.Width(band);
        var depth = (1 + allocation.Shapes[band]) / width >> shape.LengthLog;
        var most = 0.5f * float.Exp2(-0.125f * depth);
        var at = channel * Bands + band;
        float one = last[at], other = beforeLast[at];
        if (shape.ChannelCount == 1)
            (one, other) = (Math.Max(one, last[Bands + band]), Math.Max(other, beforeLast[Bands + band]));
        var rise = Math.Max(0, energies[at] - Math.Min(one, other));
        var size = 2 * float.Exp2(-rise) * (shape.LengthLog == 3 ? 1.41421356f : 1);
        size = Math.Min(most, size) / MathF.Sqrt(width << shape.LengthLog);
        var part = lines[shape.Edge(band)..shape.Edge(band + 1)];
        var isChanged = false;
        for (var block = 0; block < shape.BlockCount; block++)
        {
            if ((masks[2 * band + channel] >> block & 1) != 0)
                continue;
            isChanged = true;
            for (var i = block; i < part.Length; i += shape.BlockCount)
            {
                seed = BandPartition.NextRandom(seed);
                part[i] = (seed & 0x8000) != 0 ? size : -size;
            }
        }

        if (isChanged)
            PulseVector.Normalise(part, 1);
        return seed;
    }
}
