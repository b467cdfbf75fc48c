namespace SongMood.Transforms;

/// <summary>Options of <c>ConcatenateBlocks</c>.</summary>
public sealed record ConcatenateBlocksOptions
{
    /// <summary>
    /// Whether the slots of a block share one deviation, the root of their mean variance, so that they keep their proportions. Right for
    /// slots of one unit, such as an embedding's: those that hardly differ between songs say little, and standardised, with few songs to
    /// learn from, their noise would count as much as what the others say. Default: false; each slot has its own, as units differ.
    /// </summary>
    public bool ShareDeviation { get; init; }
}
