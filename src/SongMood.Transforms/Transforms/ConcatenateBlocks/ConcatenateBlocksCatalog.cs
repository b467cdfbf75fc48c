using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Puts blocks of features of different origin side by side so that each has the same say, for a linear model behind it: descriptors
    /// beside an embedding, say. Each slot is standardised, (x - mean) / deviation over the rows that it is fitted on, as scikit-learn's
    /// StandardScaler does, and each block is divided by the square root of its width: its squares then add up to 1 on average, whether it
    /// has 11 slots or 1,024. Under one L2 penalty, blocks that are only concatenated would count by their widths and units.
    /// Inputs: vectors of Single of known size, one a block. Output: all their slots, in the blocks' order, marked as normalized; a slot is
    /// called as ML.NET's <c>Concatenate</c> calls it, "Column.slot", or "Column.0" and so on where it had no name. A slot that is constant
    /// when fitting becomes 0 on the same value. NaN and infinite values are refused, when fitting and after.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="blockColumnNames">The columns to read, one or more, each once; the output's name may be among them.</param>
    /// <exception cref="ArgumentException">There is no block, or one is named twice.</exception>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.ConcatenateBlocks("Features", "Embedding", "Descriptors");
    /// </code></example>
    public static ConcatenateBlocksEstimator ConcatenateBlocks(this TransformsCatalog catalog, string outputColumnName,
        params string[] blockColumnNames) =>
        catalog.ConcatenateBlocks(outputColumnName, new ConcatenateBlocksOptions(), blockColumnNames);

    /// <summary>The same, with options.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="options">How slots are scaled.</param>
    /// <param name="blockColumnNames">The columns to read, one or more, each once; the output's name may be among them.</param>
    /// <exception cref="ArgumentException">There is no block, or one is named twice.</exception>
    public static ConcatenateBlocksEstimator ConcatenateBlocks(this TransformsCatalog catalog, string outputColumnName,
        ConcatenateBlocksOptions options, params string[] blockColumnNames) =>
        new(catalog.Environment(), outputColumnName, options, blockColumnNames);
}
