using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Reads audio files (MP3, WAV, FLAC, AIFF) into waveforms: mono (the mean of the channels), resampled to one rate, as librosa.load.
    /// Input: paths (text), or the bytes of whole files (a vector of <see cref="byte"/>). Output: a vector of <see cref="float"/> of
    /// varying size, full scale 1, which notes its sample rate for the transforms after it.
    /// A file that is missing or cannot be decoded raises an error that names the row, the column and the path when the row is read.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="sampleRate">Samples a second to which every file is resampled; null keeps each file's own rate.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path"); // 22,050 Hz, mono; or sampleRate: 16000
    /// </code></example>
    public static LoadAudioEstimator LoadAudio(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int? sampleRate = 22050) =>
        catalog.LoadAudio(outputColumnName, inputColumnName, new LoadAudioOptions { SampleRate = sampleRate });

    /// <inheritdoc cref="LoadAudio(TransformsCatalog, string, string, int?)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static LoadAudioEstimator LoadAudio(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        LoadAudioOptions options) =>
        new(new LoadAudioTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
