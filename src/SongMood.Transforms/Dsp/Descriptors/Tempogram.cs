using System.Numerics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// How alike the onset strength is to itself some frames later: the autocorrelation of every 8-second stretch (one a frame, under a
/// Hann window, each divided by its value at lag 0), averaged over the signal. It is the time mean of librosa.feature.tempogram
/// (Grosche, Müller and Kurth, "Cyclic tempogram", ICASSP 2010), computed once: the mean is taken of power spectra, because the
/// autocorrelation is linear in them. Values 0 to 1, 1 at lag 0. Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class Tempogram
{
    /// <summary>Lags from 0; 8 s of frames.</summary>
    public const int LagCount = 8 * FrameAnalysis.SampleRate / FrameAnalysis.HopLength;
    private const int TransformLength = 1024; // at least 2 x LagCount - 1, so that nothing wraps around
    private readonly RealFft _windowed, _plain;
    private readonly float[] _power = new float[TransformLength / 2 + 1];
    private readonly float[] _symmetric = new float[TransformLength];
    private readonly double[] _sum = new double[TransformLength / 2 + 1];
    private readonly double[] _real = new double[TransformLength / 2 + 1], _imaginary = new double[TransformLength / 2 + 1];
    private float[] _padded = [];

    public Tempogram()
    {
        var window = new double[TransformLength];
        Window.Create(WindowKind.Hann, LagCount).CopyTo(window, 0);
        _windowed = new RealFft(window);
        _plain = new RealFft(Window.Create(WindowKind.Rectangular, TransformLength));
    }

    public void Compute(ReadOnlySpan<float> onsetStrength, Span<float> meanAutocorrelation)
    {
        Pad(onsetStrength);
        Array.Clear(_sum);
        fixed (float* padded = _padded, power = _power)
            for (var t = 0; t < onsetStrength.Length; t++)
            {
                _windowed.Transform(padded + t);
                _windowed.StorePower(power, magnitude: false);
                AddNormalised();
            }
        // The inverse transform of a real, symmetric spectrum is its forward transform.
        for (var k = 0; k < _sum.Length; k++)
            _symmetric[k] = _symmetric[(TransformLength - k) % TransformLength] = (float)(_sum[k] / onsetStrength.Length);
        fixed (float* symmetric = _symmetric)
            _plain.Transform(symmetric);
        fixed (double* real = _real, imaginary = _imaginary)
            _plain.StoreSpectrum(real, imaginary);
        for (var lag = 0; lag < LagCount; lag++)
            meanAutocorrelation[lag] = (float)Math.Max(0, _real[lag]);
    }

    private void AddNormalised()
    {
        // Lag 0 is the sum over all bins, of which only half are here.
        var atLag0 = 2 * Summary.Sum(_power) - _power[0] - _power[^1];
        if (atLag0 < 1e-20)
            return;
        var scale = 1 / atLag0;
        var k = 0;
        for (; k + Vector<float>.Count <= _power.Length; k += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(_power, k), out var low, out var high);
            (new Vector<double>(_sum, k) + low * scale).CopyTo(_sum, k);
            (new Vector<double>(_sum, k + Vector<double>.Count) + high * scale).CopyTo(_sum, k + Vector<double>.Count);
        }
        for (; k < _power.Length; k++)
            _sum[k] += _power[k] * scale;
    }

    /// <summary>Half a window before and behind, falling in a straight line to 0; then room for the transform to read on.</summary>
    private void Pad(ReadOnlySpan<float> onsetStrength)
    {
        const int half = LagCount / 2;
        var needed = onsetStrength.Length + 2 * half + TransformLength;
        if (_padded.Length < needed)
            _padded = new float[needed];
        Array.Clear(_padded);
        onsetStrength.CopyTo(_padded.AsSpan(half));
        for (var i = 0; i < half; i++)
        {
            _padded[i] = onsetStrength[0] * i / half;
            _padded[half + onsetStrength.Length + i] = onsetStrength[^1] * (half - 1 - i) / half;
        }
    }
}
