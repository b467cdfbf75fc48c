namespace SongMood.Dsp;

/// <summary>
/// The mel spectrogram of a signal, as librosa.feature.melspectrogram. Not thread-safe: it owns its buffers (make one for each thread),
/// and <see cref="Compute(ReadOnlySpan{float}, Span{float})"/> allocates nothing.
/// </summary>
/// <example><code>
/// var samples = AudioFile.Read("song.mp3", new() { Mono = true, SampleRate = 22050 }).ToMono();
/// var mel = new MelSpectrogram(new MelSpectrogramOptions());
/// var bandsByFrames = new float[mel.BandCount * mel.FrameCount(samples.Length)];
/// mel.Compute(samples, bandsByFrames);
/// </code></example>
public sealed unsafe class MelSpectrogram
{
    private readonly ShortTimeFourier _stft;
    private readonly MelFilterBank _bank;
    private readonly float[] _bins; // bins in rows of FrameBlock

    /// <summary>Prepares the tables for these options.</summary>
    /// <exception cref="ArgumentException">Options out of range; the message lists every fault.</exception>
    public MelSpectrogram(MelSpectrogramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _stft = new ShortTimeFourier(options.ToSpectrogramOptions());
        _bank = new MelFilterBank(options.SampleRate, options.FftLength, options.BandCount, options.MinHz, options.EffectiveMaxHz,
            options.MelScale, options.MelNorm, options.TriangleScale);
        _bins = GC.AllocateArray<float>(_stft.BlockLength, pinned: true);
    }

    /// <summary>Mel bands: the rows of the result.</summary>
    public int BandCount => _bank.BandCount;

    /// <summary>The frames of a signal of this many samples: the columns of the result.</summary>
    /// <exception cref="ArgumentException">Too short for one frame.</exception>
    public int FrameCount(int sampleCount) => _stft.FrameCount(sampleCount);

    /// <summary>Fills a matrix (bands, frames), row-major, of <see cref="BandCount"/> x <see cref="FrameCount"/> values.</summary>
    /// <exception cref="ArgumentException">
    /// A sample is not finite or above 1e14 (its index is named), or the target has another size.
    /// </exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> bandsByFrames) =>
        Compute(samples, bandsByFrames, CancellationToken.None);

    internal void Compute(ReadOnlySpan<float> samples, Span<float> bandsByFrames, CancellationToken cancellation)
    {
        var frameCount = FrameCount(samples.Length);
        Samples.RequireLength(bandsByFrames.Length, BandCount, frameCount, nameof(bandsByFrames));
        Samples.RequireFinite(samples);
        fixed (float* bins = _bins, target = bandsByFrames)
            for (var first = 0; first < frameCount; first += MelFilterBank.FrameBlock)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(MelFilterBank.FrameBlock, frameCount - first);
                _stft.Transform(samples, first, count, bins);
                _bank.Apply(bins, target + first, frameCount, count);
            }
    }
}
