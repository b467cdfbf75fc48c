namespace SongMood.Dsp;

/// <summary>
/// The short-time Fourier spectrum of a signal, magnitudes or powers, as abs(librosa.stft(...)) ** power. Not thread-safe: it owns its
/// buffers, and <see cref="Compute"/> allocates nothing.
/// </summary>
/// <example><code>
/// var samples = AudioFile.Read("song.mp3").ToMono();
/// var spectrogram = new Spectrogram(new SpectrogramOptions { FftLength = 1024, HopLength = 256 });
/// var binsByFrames = new float[spectrogram.BinCount * spectrogram.FrameCount(samples.Length)];
/// spectrogram.Compute(samples, binsByFrames);
/// </code></example>
public sealed unsafe class Spectrogram
{
    private const int FrameBlock = ShortTimeFourier.FrameBlock;
    private readonly ShortTimeFourier _stft;
    private readonly float[] _bins; // bins in rows of FrameBlock

    /// <summary>Prepares the tables for these options.</summary>
    /// <exception cref="ArgumentException">Options out of range; the message lists every fault.</exception>
    public Spectrogram(SpectrogramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _stft = new ShortTimeFourier(options);
        _bins = new float[_stft.BlockLength];
    }

    /// <summary>Frequency bins: half the FFT length, rounded down, and one.</summary>
    public int BinCount => _stft.BinCount;

    /// <summary>The frames of a signal of this many samples.</summary>
    /// <exception cref="ArgumentException">Too short for one frame.</exception>
    public int FrameCount(int sampleCount) => _stft.FrameCount(sampleCount);

    /// <summary>Fills a matrix (bins, frames), row-major, of <see cref="BinCount"/> x <see cref="FrameCount"/> values.</summary>
    /// <exception cref="ArgumentException">
    /// A sample is not finite or above 1e14 (its index is named), or the target has another size.
    /// </exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> binsByFrames)
    {
        var frameCount = FrameCount(samples.Length);
        Samples.RequireLength(binsByFrames.Length, BinCount, frameCount, nameof(binsByFrames));
        Samples.RequireFinite(samples);
        fixed (float* bins = _bins)
            for (var first = 0; first < frameCount; first += FrameBlock)
            {
                var count = Math.Min(FrameBlock, frameCount - first);
                _stft.Transform(samples, first, count, bins);
                for (var bin = 0; bin < BinCount; bin++)
                    _bins.AsSpan(bin * FrameBlock, count).CopyTo(binsByFrames.Slice(bin * frameCount + first, count));
            }
    }
}
