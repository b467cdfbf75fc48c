namespace SongMood.Formats.Opus.Celt;

/// <summary>Trades the resolution of time for that of frequency within a band (RFC 6716, 4.3.4.5).</summary>
internal static class BandReordering
{
    // Blocks are coded in the order of the Hadamard transform's waves, from that with most changes of sign to that with none.
    private static ReadOnlySpan<byte> Order =>
        [1, 0, 3, 0, 2, 1, 7, 0, 4, 3, 6, 1, 5, 2, 15, 0, 8, 7, 12, 3, 11, 4, 14, 1, 9, 6, 13, 2, 10, 5];

    /// <summary>Haar's transform of neighbouring blocks.</summary>
    /// <param name="lines">Lines of so many blocks, in turn.</param>
    /// <param name="stride">Blocks.</param>
    public static void Haar(Span<float> lines, int stride)
    {
        const float Half = 0.70710678f;
        for (var start = 0; start + 2 * stride <= lines.Length; start += 2 * stride)
            for (var i = start; i < start + stride; i++)
            {
                float first = Half * lines[i], second = Half * lines[i + stride];
                (lines[i], lines[i + stride]) = (first + second, first - second);
            }
    }

    /// <summary>From lines of all blocks in turn to block behind block.</summary>
    public static void Separate(Span<float> lines, int blocks, bool isHadamard)
    {
        Span<float> copy = stackalloc float[lines.Length];
        lines.CopyTo(copy);
        var length = lines.Length / blocks;
        for (var block = 0; block < blocks; block++)
            for (int i = 0, to = Place(block, blocks, isHadamard) * length; i < length; i++)
                lines[to + i] = copy[i * blocks + block];
    }

    /// <summary>The way back.</summary>
    public static void Interleave(Span<float> lines, int blocks, bool isHadamard)
    {
        Span<float> copy = stackalloc float[lines.Length];
        lines.CopyTo(copy);
        var length = lines.Length / blocks;
        for (var block = 0; block < blocks; block++)
            for (int i = 0, from = Place(block, blocks, isHadamard) * length; i < length; i++)
                lines[i * blocks + block] = copy[from + i];
    }

    private static int Place(int block, int blocks, bool isHadamard) => isHadamard ? Order[blocks - 2 + block] : block;
}
