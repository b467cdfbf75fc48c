using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Computes mel-frequency cepstral coefficients, as librosa.feature.mfcc: the orthonormal cosine transform (DCT-II) down the bands.
    /// Input: a mel spectrogram in decibels (bands, frames). Output: (coefficients, frames), dB; for librosa's values leave
    /// MelSpectrogram and PowerToDecibels at their defaults.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="coefficientCount">Coefficients (librosa's n_mfcc), at most as many as bands.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Decibels", "Mel"))
    ///     .Append(mlContext.Transforms.Mfcc("Mfcc", "Decibels", coefficientCount: 13));
    /// </code></example>
    public static MfccEstimator Mfcc(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int coefficientCount = 20) =>
        catalog.Mfcc(outputColumnName, inputColumnName, new MfccOptions { CoefficientCount = coefficientCount });

    /// <inheritdoc cref="Mfcc(TransformsCatalog, string, string, int)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static MfccEstimator Mfcc(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        MfccOptions options) =>
        new(new MfccTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
