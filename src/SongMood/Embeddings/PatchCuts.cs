namespace SongMood.Embeddings;

/// <summary>Where the patches of a clip lie.</summary>
/// <param name="Frames">Of a patch.</param>
/// <param name="Hop">Frames from one patch to the next.</param>
/// <param name="Rest">What becomes of the frames behind the last whole patch.</param>
internal readonly record struct PatchCuts(int Frames, int Hop, PatchRest Rest)
{
    /// <summary>Patches of a clip of one frame or more; there is always one.</summary>
    public int Count(int frameCount)
    {
        var behindFirst = Math.Max(0L, (long)frameCount - Frames);
        // A patch to be filled up begins within the clip: where the hop is longer than a patch, the end may lie between two.
        return (int)(1 + (Rest == PatchRest.Drop ? behindFirst / Hop : Math.Min((behindFirst + Hop - 1) / Hop, (frameCount - 1L) / Hop)));
    }
}
