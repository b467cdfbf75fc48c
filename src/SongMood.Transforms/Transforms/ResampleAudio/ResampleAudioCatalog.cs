using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Changes the sample rate of waveforms with a band-limited filter (quality as soxr HQ, librosa's default).
    /// Input: a waveform that knows its sample rate. Output: a waveform of ceil(samples x new rate / old rate) samples.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="sampleRate">Samples a second of the output.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.ResampleAudio("Audio", sampleRate: 16000));
    /// </code></example>
    public static ResampleAudioEstimator ResampleAudio(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, int sampleRate = 22050) =>
        catalog.ResampleAudio(outputColumnName, inputColumnName, new ResampleAudioOptions { SampleRate = sampleRate });

    /// <inheritdoc cref="ResampleAudio(TransformsCatalog, string, string, int)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static ResampleAudioEstimator ResampleAudio(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        ResampleAudioOptions options) =>
        new(new ResampleAudioTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
