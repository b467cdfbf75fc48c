using NWaves.FeatureExtractors;
using NWaves.FeatureExtractors.Options;
using NWaves.Filters.Fda;
using NWaves.Windows;
using SongMood.Dsp;

namespace SongMood.Benchmarks.Peers;

/// <summary>
/// The mel spectrogram by NWaves, of a signal that is padded as librosa pads it. Its window is the symmetric one, and its bands are set up
/// as Slaney's, which is not its default.
/// </summary>
internal sealed class NWavesLogMel
{
    private readonly FilterbankExtractor _extractor;
    private readonly int _pad;

    public NWavesLogMel(MelSpectrogramOptions options)
    {
        _pad = options.FftLength / 2;
        _extractor = new FilterbankExtractor(new FilterbankOptions
        {
            SamplingRate = options.SampleRate,
            FrameSize = options.FftLength,
            HopSize = options.HopLength,
            FftSize = options.FftLength,
            Window = WindowType.Hann,
            FilterBank = FilterBanks.MelBankSlaney(options.BandCount, options.FftLength, options.SampleRate),
            SpectrumType = SpectrumType.Power,
            NonLinearity = NonLinearityType.None,
            FeatureCount = options.BandCount,
        });
    }

    /// <summary>(bands, frames), before decibels.</summary>
    public void Compute(ReadOnlySpan<float> samples, Span<float> bands)
    {
        var padded = new float[samples.Length + 2 * _pad];
        samples.CopyTo(padded.AsSpan(_pad));
        var frames = _extractor.ComputeFrom(padded);
        for (var frame = 0; frame < frames.Count; frame++)
            for (var band = 0; band < frames[frame].Length; band++)
                bands[band * frames.Count + frame] = frames[frame][band];
    }
}
