using SongMood.Dsp;
using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Computes mel spectrograms with librosa's values (librosa.feature.melspectrogram): power in each mel band and frame.
    /// Input: a waveform, full scale 1. Output: (bands, frames) in row-major order, powers of 0 upwards; frames =
    /// 1 + floor(samples / hop), which the column's type tells where the waveform's length is fixed.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="sampleRate">Samples a second of the waveform; an input that is known to have another is refused.</param>
    /// <param name="fftLength">Samples in a Fourier transform (librosa's n_fft).</param>
    /// <param name="hopLength">Samples from one frame to the next.</param>
    /// <param name="bandCount">Mel bands (librosa's n_mels).</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"));
    /// </code></example>
    public static MelSpectrogramEstimator MelSpectrogram(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int sampleRate = 22050, int fftLength = 2048, int hopLength = 512, int bandCount = 128) =>
        catalog.MelSpectrogram(outputColumnName, inputColumnName,
            new MelSpectrogramOptions { SampleRate = sampleRate, FftLength = fftLength, HopLength = hopLength, BandCount = bandCount });

    /// <inheritdoc cref="MelSpectrogram(TransformsCatalog, string, string, int, int, int, int)"
    /// path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static MelSpectrogramEstimator MelSpectrogram(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        MelSpectrogramOptions options) =>
        new(new MelSpectrogramTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
