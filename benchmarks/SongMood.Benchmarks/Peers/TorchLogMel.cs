using SongMood.Dsp;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Benchmarks.Peers;

/// <summary>
/// Mel bands in decibels by TorchSharp's operations on one thread: torch.stft, squared magnitude, matmul with the mel bank, decibels
/// below the maximum, at librosa's defaults.
/// </summary>
internal sealed class TorchLogMel
{
    private readonly MelSpectrogramOptions _options = new();
    private readonly Tensor _window, _bank;

    public TorchLogMel()
    {
        set_num_threads(1);
        var sparse = CreateSparseBank(_options);
        var dense = new float[_options.BandCount, _options.FftLength / 2 + 1];
        for (var band = 0; band < _options.BandCount; band++)
        {
            var (first, weights) = sparse.Band(band);
            for (var i = 0; i < weights.Length; i++)
                dense[band, first + i] = weights.Span[i];
        }

        _window = hann_window(_options.FftLength, periodic: true);
        _bank = from_array(dense);
    }

    public static MelFilterBank CreateSparseBank(MelSpectrogramOptions options) => new(options.SampleRate, options.FftLength,
        options.BandCount, options.MinHz, options.EffectiveMaxHz, options.MelScale, options.MelNorm,
        options.TriangleScale);

    public Tensor Compute(Tensor signal)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var half = _options.FftLength / 2;
        var padded = nn.functional.pad(signal, (half, half));
        var spectrum = stft(padded, _options.FftLength, _options.HopLength, window: _window, center: false, return_complex: true);
        var mel = matmul(_bank, spectrum.abs().square());
        var decibels = 10 * mel.clamp_min(1e-10).log10() - 10 * mel.max().clamp_min(1e-10).log10();
        return maximum(decibels, decibels.max() - 80).MoveToOuterDisposeScope();
    }
}
