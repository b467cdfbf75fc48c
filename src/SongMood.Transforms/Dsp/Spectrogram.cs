namespace SongMood.Dsp;

/// <summary>
/// The short-time Fourier spectrum of a signal, magnitudes or powers, as abs(librosa.stft(...)) ** power. Not thread-safe: it owns its
/// buffers, and <see cref="Compute"/> allocates nothing.
/// </summary>
public sealed unsafe class Spectrogram
{
    private readonly ShortTimeFourier _stft;
    private readonly float[] _bins;

    /// <summary>Prepares the tables for these options.</summary>
    /// <exception cref="ArgumentException">Options out of range; the message lists every fault.</exception>
    public Spectrogram(SpectrogramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _stft = new ShortTimeFourier(options);
        _bins = new float[_stft.BinCount];
    }

    /// <summary>Frequency bins: half the FFT length, rounded down, and one.</summary>
    public int BinCount => _stft.BinCount;

    /// <summary>The frames of a signal of this many samples.</summary>
    /// <exception cref="ArgumentException">Too short for one frame.</exception>
    public int FrameCount(int sampleCount) => _stft.FrameCount(sampleCount);

    /// <summary>Fills a matrix (bins, frames), row-major, of <see cref="BinCount"/> x <see cref="FrameCount"/> values.</summary>
    /// <exception cref="ArgumentException">A sample is not finite (its index is named), or the target has another size.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> binsByFrames)
    {
        var frames = FrameCount(samples.Length);
        Samples.RequireLength(binsByFrames.Length, BinCount, frames, nameof(binsByFrames));
        Samples.RequireFinite(samples);
        fixed (float* bins = _bins)
            for (var frame = 0; frame < frames; frame++)
            {
                _stft.Transform(samples, frame, bins);
                for (var bin = 0; bin < _bins.Length; bin++)
                    binsByFrames[bin * frames + frame] = bins[bin];
            }
    }
}
