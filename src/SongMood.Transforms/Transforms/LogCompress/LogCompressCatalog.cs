using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Compresses a power or magnitude spectrogram: log10(1 + C x), which is 0 for silence, unlike decibels. The options have it to another
    /// base, and something else than 1 to add.
    /// Input: a vector of <see cref="float"/>, no value below 0. Output: the same shape; with C = 10000, values of 0 upwards.
    /// Source: Dieleman and Schrauwen, "End-to-end learning for music audio" (ICASSP 2014), section 3.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="factor">C, above 0.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.LogCompress("LogMel", "Mel"));
    /// </code></example>
    public static LogCompressEstimator LogCompress(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        float factor = 10_000) =>
        catalog.LogCompress(outputColumnName, inputColumnName, new LogCompressOptions { Factor = factor });

    /// <inheritdoc cref="LogCompress(TransformsCatalog, string, string, float)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static LogCompressEstimator LogCompress(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        LogCompressOptions options) =>
        new(new LogCompressTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
