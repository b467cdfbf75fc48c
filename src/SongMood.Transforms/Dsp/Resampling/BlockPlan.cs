namespace SongMood.Dsp;

/// <summary>
/// How a change of rate is cut into blocks: a transform of so many inputs becomes one of so many outputs, of which the ends overlap with
/// the neighbours' and are thrown away. All lengths are even.
/// </summary>
internal readonly record struct BlockPlan(int LengthIn, int LengthOut, int OverlapIn, int OverlapOut)
{
    private const int GoodBlock = 4096; // samples at the higher rate: longer blocks leave the cache, shorter ones overlap more

    /// <summary>
    /// The longest blocks of an exact ratio. Any two of the usual rates need less; two that have no common divisor would need millions,
    /// and about 300 bytes for each. Length and tables of blocks near a ratio grow with the ratio alone.
    /// </summary>
    private const int LongestExact = 1 << 16;

    public int StepIn => LengthIn - 2 * OverlapIn;

    public int StepOut => LengthOut - 2 * OverlapOut;

    /// <summary>
    /// Whole periods of the ratio, an even number of them so that the transforms and what is kept of them have even lengths; null where
    /// such blocks would be too long.
    /// </summary>
    /// <param name="fromParts">The ratio in lowest terms: this many inputs ...</param>
    /// <param name="toParts">... become this many outputs.</param>
    /// <param name="reachIn">How many inputs the filter reaches to either side.</param>
    public static BlockPlan? Exact(int fromParts, int toParts, double reachIn)
    {
        var (higher, overlap) = (Math.Max(fromParts, toParts), 2 * (int)Math.Ceiling(reachIn / (2.0 * fromParts)));
        long periods = 2;
        while (periods < 4 * overlap || periods * higher < GoodBlock)
            periods *= 2;
        return periods * higher > LongestExact
            ? null
            : new((int)periods * fromParts, (int)periods * toParts, overlap * fromParts, overlap * toParts);
    }

    /// <summary>
    /// To the signal's rate times the power of two that makes it two to four times the lower rate, from which any other can be had.
    /// </summary>
    /// <param name="ratio">The signal's rate over the wanted one.</param>
    /// <param name="reachIn">How many inputs the filter reaches to either side.</param>
    /// <param name="marginOut">How many outputs are needed beyond those of the step, to either side.</param>
    public static BlockPlan Near(double ratio, double reachIn, int marginOut)
    {
        var octaves = 1 - Math.ILogB(Math.Max(1, ratio)); // of the outputs' rate over the inputs'
        var unit = 2 << Math.Max(0, -octaves); // inputs that make an even number of outputs
        var overlapIn = unit * (int)Math.Ceiling((reachIn + Math.ScaleB(marginOut, -octaves)) / unit);
        var lengthIn = GoodBlock;
        while (lengthIn < 4 * overlapIn)
            lengthIn *= 2;
        return new(lengthIn, (int)Math.ScaleB(lengthIn, octaves), overlapIn, (int)Math.ScaleB(overlapIn, octaves));
    }
}
