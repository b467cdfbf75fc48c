using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Learns the minimum and maximum of every band over all rows' frames, as scikit-learn's MinMaxScaler does per feature, and
    /// scales each band to a range: (x - min) / (max - min) * (upper - lower) + lower.
    /// Input: a spectrogram (bands, frames), or a vector of known size, each slot of which then counts as a band.
    /// Output: the same shape, marked as normalized. A band that is constant when fitting goes to <c>lower</c>.
    /// NaN and infinite values are refused, when fitting and after.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="scope">What one minimum and maximum are learned over.</param>
    /// <param name="lower">Where the minimum goes.</param>
    /// <param name="upper">Where the maximum goes.</param>
    /// <param name="clip">Whether values beyond those seen when fitting are clipped to the range.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.ScaleMinMax("Features", "Mel"));
    /// </code></example>
    public static ScaleMinMaxEstimator ScaleMinMax(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        MinMaxScope scope = MinMaxScope.PerBand, float lower = 0, float upper = 1, bool clip = false) =>
        catalog.ScaleMinMax(outputColumnName, inputColumnName,
            new ScaleMinMaxOptions { Scope = scope, Lower = lower, Upper = upper, Clip = clip });

    /// <inheritdoc cref="ScaleMinMax(TransformsCatalog, string, string, MinMaxScope, float, float, bool)"
    /// path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static ScaleMinMaxEstimator ScaleMinMax(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        ScaleMinMaxOptions options) =>
        new(catalog.Environment(), outputColumnName, inputColumnName, options);
}
