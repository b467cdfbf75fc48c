namespace SongMood.Audio.Mp3;

/// <summary>
/// The scale-factor bands of one sampling frequency and block kind, in the order in which the bitstream has them:
/// for short windows each band comes three times, once a window.
/// </summary>
internal sealed class ScaleFactorBands
{
    // ISO/IEC 11172-3, Table B.8 (44.1, 48, 32 kHz); ISO/IEC 13818-3, Table B.2 (22.05, 24, 16 kHz). The edges of the
    // unofficial MPEG-2.5 rates (11.025, 12, 8 kHz) are those that all its encoders use. Short edges are of one window.
    private static readonly short[][] LongEdges =
    [
        [0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 52, 62, 74, 90, 110, 134, 162, 196, 238, 288, 342, 418, 576],
        [0, 4, 8, 12, 16, 20, 24, 30, 36, 42, 50, 60, 72, 88, 106, 128, 156, 190, 230, 276, 330, 384, 576],
        [0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 54, 66, 82, 102, 126, 156, 194, 240, 296, 364, 448, 550, 576],
        [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576],
        [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 114, 136, 162, 194, 232, 278, 332, 394, 464, 540, 576],
        [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576],
        [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576],
        [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576],
        [0, 12, 24, 36, 48, 60, 72, 88, 108, 132, 160, 192, 232, 280, 336, 400, 476, 566, 568, 570, 572, 574, 576],
    ];

    private static readonly short[][] ShortEdges =
    [
        [0, 4, 8, 12, 16, 22, 30, 40, 52, 66, 84, 106, 136, 192],
        [0, 4, 8, 12, 16, 22, 28, 38, 50, 64, 80, 100, 126, 192],
        [0, 4, 8, 12, 16, 22, 30, 42, 58, 78, 104, 138, 180, 192],
        [0, 4, 8, 12, 18, 24, 32, 42, 56, 74, 100, 132, 174, 192],
        [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 136, 180, 192],
        [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192],
        [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192],
        [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192],
        [0, 8, 16, 24, 36, 52, 72, 96, 124, 160, 162, 164, 166, 192],
    ];

    private static readonly ScaleFactorBands[][] All = [.. Enumerable.Range(0, LongEdges.Length).Select(Build)];

    /// <summary>First line of each band, and 576 at the end.</summary>
    public int[] Edges { get; }

    /// <summary>How many bands come first that belong to one long window; the others come in threes.</summary>
    public int LongCount { get; }

    public int Count => Edges.Length - 1;

    private ScaleFactorBands(int[] edges, int longCount) => (Edges, LongCount) = (edges, longCount);

    public static ScaleFactorBands For(int rateRow, in GranuleChannel info) => All[rateRow][!info.IsShort ? 0 : info.IsMixed ? 2 : 1];

    /// <summary>The long bands of a rate, whatever the block: region bounds are counted in them.</summary>
    public static int[] LongEdgesOf(int rateRow) => All[rateRow][0].Edges;

    /// <summary>Where the bands end that begin below this line (whole triples of short ones, which are interleaved later).</summary>
    public int EndOfBandsBelow(int line)
    {
        var band = 0;
        while (band < Count && Edges[band] < line)
            band += band < LongCount ? 1 : 3;
        return Edges[Math.Min(band, Count)];
    }

    /// <summary>The window of a band that belongs to a short block.</summary>
    public int WindowOf(int band) => (band - LongCount) % 3;

    private static ScaleFactorBands[] Build(int rateRow)
    {
        var longEdges = Array.ConvertAll(LongEdges[rateRow], edge => (int)edge);
        var shortEdges = ShortEdges[rateRow];

        // 11172-3, 2.4.2.7 (mixed_block_flag): the two lowest subbands (36 lines) are long, the short bands go on from there.
        // Line 36 is line 12 of each short window; at 8 kHz no short band begins there, so the first one is cut.
        var longCount = Array.IndexOf(longEdges, 36);
        short[] upperEdges = [12, .. shortEdges.Where(edge => edge > 12)];
        return
        [
            new ScaleFactorBands(longEdges, longEdges.Length - 1),
            new ScaleFactorBands(Interleave([], shortEdges), 0),
            new ScaleFactorBands(Interleave(longEdges[..longCount], upperEdges), longCount),
        ];
    }

    private static int[] Interleave(int[] longEdges, short[] edges)
    {
        var all = new List<int>(longEdges);
        var line = 3 * edges[0];
        for (var band = 0; band + 1 < edges.Length; band++)
            for (var window = 0; window < 3; window++)
            {
                all.Add(line);
                line += edges[band + 1] - edges[band];
            }

        all.Add(line);
        return [.. all];
    }
}
