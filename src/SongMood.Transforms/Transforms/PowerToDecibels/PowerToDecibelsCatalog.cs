using SongMood.Dsp;
using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Turns powers into decibels with librosa's values (librosa.power_to_db): 10 log10(power / reference), each row on its own.
    /// Input: a vector of <see cref="float"/>, no value NaN. Output: the same shape, in dB; with the defaults never more than 80 dB
    /// below the row's loudest value.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="referenceIsMax">Whether 0 dB is the row's largest value (librosa's ref=np.max) instead of 1.</param>
    /// <param name="topDb">Values more than this below the row's largest are raised to it; null for no such limit.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Decibels", "Mel", referenceIsMax: true));
    /// </code></example>
    public static PowerToDecibelsEstimator PowerToDecibels(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        bool referenceIsMax = false, double? topDb = 80) =>
        catalog.PowerToDecibels(outputColumnName, inputColumnName,
            new DecibelOptions { ReferenceIsMax = referenceIsMax, TopDb = topDb });

    /// <inheritdoc cref="PowerToDecibels(TransformsCatalog, string, string, bool, double?)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static PowerToDecibelsEstimator PowerToDecibels(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, DecibelOptions options) =>
        new(new PowerToDecibelsTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
