using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Pools every <paramref name="poolSize"/> neighbouring frames of a spectrogram into one, which makes a recurrent network as many
    /// times cheaper. Input (bands, frames), output (bands, ceil(frames / poolSize)) in the same unit; a shorter last group is pooled
    /// over what it has.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="poolSize">Frames that become one, 1 or more.</param>
    /// <param name="kind">Their mean or their maximum.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PoolFrames("Mel", poolSize: 4, kind: PoolKind.Mean));
    /// </code></example>
    public static PoolFramesEstimator PoolFrames(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int poolSize = 4, PoolKind kind = PoolKind.Mean) =>
        catalog.PoolFrames(outputColumnName, inputColumnName, new PoolFramesOptions { PoolSize = poolSize, Kind = kind });

    /// <inheritdoc cref="PoolFrames(TransformsCatalog, string, string, int, PoolKind)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static PoolFramesEstimator PoolFrames(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        PoolFramesOptions options) =>
        new(new PoolFramesTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
