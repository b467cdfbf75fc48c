namespace SongMood.Formats.Opus.Celt;

/// <summary>How a frame is laid out.</summary>
/// <param name="LengthLog">0 to 3: 2.5, 5, 10 and 20 ms.</param>
/// <param name="ChannelCount">Channels that are coded: 1 or 2.</param>
/// <param name="StartBand">The first band: 17 where SILK has those below.</param>
/// <param name="EndBand">The band behind the last.</param>
internal readonly record struct CeltShape(int LengthLog, int ChannelCount, int StartBand, int EndBand)
{
    /// <summary>Samples of the shortest frame, and of a short block.</summary>
    public const int BlockLength = 120;

    /// <summary>Samples of the longest frame.</summary>
    public const int MostSamples = BlockLength << 3;

    /// <summary>Samples, and lines of its spectrum with those above all bands.</summary>
    public int Length => BlockLength << LengthLog;

    /// <summary>Short blocks that it could have.</summary>
    public int BlockCount => 1 << LengthLog;

    /// <summary>A band's first line.</summary>
    public int Edge(int band) => CeltTables.BandEdges[band] << LengthLog;

    /// <summary>A band's width in the shortest frame.</summary>
    public static int Width(int band) => CeltTables.BandEdges[band + 1] - CeltTables.BandEdges[band];
}
