using SongMood.Dsp;
using SongMood.Persistence;
using SongMood.Transforms;

namespace Microsoft.ML;

public static partial class MusicTransformsCatalog
{
    /// <summary>
    /// Computes the short-time Fourier spectrogram without mel bands: abs(librosa.stft(...)) ** power.
    /// Input: a waveform, full scale 1. Output: (bins, frames) in row-major order; bins = 1 + floor(fftLength / 2), from 0 Hz to half
    /// the sample rate; powers, or magnitudes, of 0 upwards.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="fftLength">Samples in a Fourier transform (librosa's n_fft).</param>
    /// <param name="hopLength">Samples from one frame to the next.</param>
    /// <param name="power">1 for magnitudes, 2 for powers.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.Spectrogram("Power", "Audio", fftLength: 1024, hopLength: 256));
    /// </code></example>
    public static SpectrogramEstimator Spectrogram(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int fftLength = 2048, int hopLength = 512, int power = 2) =>
        catalog.Spectrogram(outputColumnName, inputColumnName,
            new SpectrogramOptions { FftLength = fftLength, HopLength = hopLength, Power = power });

    /// <inheritdoc cref="Spectrogram(TransformsCatalog, string, string, int, int, int)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">All settings.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    public static SpectrogramEstimator Spectrogram(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        SpectrogramOptions options) =>
        new(new SpectrogramTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));
}
