using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Crops or pads every row to one length, so that the column's size is known: a spectrogram (bands, any frames) becomes
    /// (bands, <paramref name="count"/>), a waveform has <paramref name="count"/> samples. The start of a longer row is kept;
    /// a shorter one is padded at its end with silence.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="count">Frames of a spectrogram, samples of a waveform. The paper's spectrograms have the default, 1232.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.FixLength("Mel", count: 1232));
    /// </code></example>
    public static FixLengthEstimator FixLength(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int count = 1232) =>
        catalog.FixLength(outputColumnName, inputColumnName, new FixLengthOptions { Count = count });

    /// <summary>Crops or pads every row to one length, given as frames, samples or seconds, so that the column's size is known.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static FixLengthEstimator FixLength(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        FixLengthOptions options) =>
        new(new FixLengthTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
