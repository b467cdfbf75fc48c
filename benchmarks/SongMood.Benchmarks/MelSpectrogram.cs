using System.Numerics;
using BenchmarkDotNet.Attributes;
using MathNet.Numerics.IntegralTransforms;
using SongMood.Dsp;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Benchmarks;

/// <summary>
/// Mel bands and decibels of 30 s at 22,050 Hz (2048, 512, 128 bands), one thread: ours, TorchSharp's operations, and MathNet's FFT with
/// a sparse bank. Bar: ours at most 0.20 of TorchSharp's; C with FFTW reaches 0.18.
/// </summary>
[InProcess, WarmupCount(5), IterationCount(15), MemoryDiagnoser(false)]
public class MelSpectrogram
{
    private readonly MelSpectrogramOptions _options = new();
    private readonly DecibelOptions _decibels = new() { ReferenceIsMax = true };
    private float[] _samples = [], _result = [];
    private Dsp.MelSpectrogram? _mel;
    private Tensor? _signal, _window, _bank;
    private MelFilterBank? _sparseBank;
    private double[] _windowValues = [];

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1);
        _samples = Signals.Music(_options.SampleRate, 30);
        _mel = new Dsp.MelSpectrogram(_options);
        _result = new float[_mel.BandCount * _mel.FrameCount(_samples.Length)];
        _sparseBank = new MelFilterBank(_options.SampleRate, _options.FftLength, _options.BandCount, _options.MinHz,
            _options.EffectiveMaxHz, _options.MelScale, _options.MelNorm);
        var bins = _options.FftLength / 2 + 1;
        var dense = new float[_options.BandCount, bins];
        for (var band = 0; band < _options.BandCount; band++)
        {
            var (first, weights) = _sparseBank.Band(band);
            for (var i = 0; i < weights.Length; i++)
                dense[band, first + i] = weights.Span[i];
        }

        _signal = from_array(_samples);
        _window = hann_window(_options.FftLength, periodic: true);
        _bank = from_array(dense);
        _windowValues = Window.Create(WindowKind.Hann, _options.FftLength);

        // Peers that compute something else would make the ratio worthless.
        var ours = Ours();
        using var torchResult = TorchOperations();
        var theirs = torchResult.data<float>().ToArray();
        var worst = Enumerable.Range(0, theirs.Length).Max(i => Math.Abs(theirs[i] - _result[i]));
        if (worst > 0.05)
            throw new InvalidOperationException($"TorchSharp's result is {worst} dB away from ours ({ours})");
    }

    [Benchmark]
    public float Ours()
    {
        _mel!.Compute(_samples, _result);
        Decibels.FromPower(_result, _result, _decibels);
        return _result[0];
    }

    [Benchmark(Baseline = true)]
    public void TorchSharp() => TorchOperations().Dispose();

    private Tensor TorchOperations()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var half = _options.FftLength / 2;
        var padded = nn.functional.pad(_signal!, (half, half));
        var spectrum = stft(padded, _options.FftLength, _options.HopLength, window: _window, center: false, return_complex: true);
        var mel = matmul(_bank!, spectrum.abs().square());
        var decibels = 10 * mel.clamp_min(1e-10).log10() - 10 * mel.max().clamp_min(1e-10).log10();
        return maximum(decibels, decibels.max() - 80).MoveToOuterDisposeScope();
    }

    [Benchmark]
    public float MathNet()
    {
        var (n, hop) = (_options.FftLength, _options.HopLength);
        var frames = _mel!.FrameCount(_samples.Length);
        var buffer = new Complex[n];
        var power = new float[n / 2 + 1];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var i = 0; i < n; i++)
            {
                var at = frame * hop - n / 2 + i;
                buffer[i] = at >= 0 && at < _samples.Length ? _samples[at] * _windowValues[i] : 0;
            }

            Fourier.Forward(buffer, FourierOptions.NoScaling);
            for (var bin = 0; bin < power.Length; bin++)
                power[bin] = (float)(buffer[bin].Real * buffer[bin].Real + buffer[bin].Imaginary * buffer[bin].Imaginary);
            for (var band = 0; band < _options.BandCount; band++)
            {
                var (first, weights) = _sparseBank!.Band(band);
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++)
                    sum += power[first + i] * weights.Span[i];
                _result[band * frames + frame] = sum;
            }
        }

        Decibels.FromPower(_result, _result, _decibels);
        return _result[0];
    }
}
