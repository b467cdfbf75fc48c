using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// A pulse's period to a hundredth of a frame or better. Onset strength tells the frame of an onset, no more: its rises are decibels.
/// The amplitude of the frames tells the time in between, because a click passes through overlapping Hann windows as through a low-pass
/// filter. So near the period that onset strength gives, the one is taken whose multiples of 1/period have the most power in the
/// amplitude's spectrum; the fourth and the eighth tell it much finer than the first. Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class PulsePeriod
{
    private const int LongestStretch = 1024; // frames (24 s); the tempo of music does not hold still for ever
    private const int TransformLength = 8 * LongestStretch; // so the spectrum is smooth from bin to bin
    private const double HighestCyclesPerFrame = 0.45;
    private const double SearchedFrames = 0.4; // to either side; the parabola through the autocorrelation is off by a quarter of a frame
    private const int StepsPerPeak = 6;
    private const int CoarseHarmonics = 4, FineHarmonics = 8;

    private static readonly double[] Ones = [.. Enumerable.Repeat(1.0, TransformLength)];
    private readonly RealFft _fft = new(Ones);
    private readonly float[] _stretch = new float[TransformLength], _power = new float[TransformLength / 2 + 1];
    private readonly double[] _sum = new double[TransformLength / 2 + 1];
    private float[] _amplitude = [];
    private int _stretchLength;

    /// <summary>The period in frames, or the one given where the signal is too short or its amplitude has no such pulse.</summary>
    /// <param name="melPowers">(bands, frames).</param>
    /// <param name="frameCount">How many frames there are.</param>
    /// <param name="period">The period to within 0.4 frames.</param>
    public double Refine(ReadOnlySpan<float> melPowers, int frameCount, double period)
    {
        if (frameCount < 4 * period)
            return period;
        ComputeSpectrum(melPowers, frameCount);
        return Best(period, SearchedFrames, CoarseHarmonics) is { } coarse
            ? Best(coarse, 2 * Step(coarse, CoarseHarmonics), FineHarmonics) ?? coarse
            : period;
    }

    /// <summary>The power spectrum of the frames' amplitude, summed over equal stretches.</summary>
    private void ComputeSpectrum(ReadOnlySpan<float> melPowers, int frameCount)
    {
        if (_amplitude.Length < frameCount)
            _amplitude = new float[frameCount];
        var amplitude = _amplitude.AsSpan(0, frameCount);
        amplitude.Clear();
        for (var at = 0; at < melPowers.Length; at += frameCount)
            TensorPrimitives.Add(amplitude, melPowers.Slice(at, frameCount), amplitude);
        TensorPrimitives.Sqrt(amplitude, amplitude);

        var count = (frameCount + LongestStretch - 1) / LongestStretch;
        _stretchLength = frameCount / count;
        Array.Clear(_sum);
        for (var i = 0; i < count; i++)
        {
            var part = amplitude.Slice(i * _stretchLength, _stretchLength);
            _stretch.AsSpan(_stretchLength).Clear();
            TensorPrimitives.Subtract(part, TensorPrimitives.Sum<float>(part) / _stretchLength, _stretch);
            fixed (float* frame = _stretch, power = _power)
            {
                _fft.Transform(frame);
                _fft.StorePower(power, magnitude: false);
            }

            for (var k = 0; k < _sum.Length; k++)
                _sum[k] += _power[k];
        }
    }

    /// <summary>Where the harmonics have the most power, if that is not at the end of the range.</summary>
    private double? Best(double centre, double range, int harmonics)
    {
        var steps = (int)Math.Ceiling(range / Step(centre, harmonics));
        var (best, top) = (0, double.NegativeInfinity);
        for (var i = -steps; i <= steps; i++)
            if (Power(centre + i * range / steps, harmonics) is var power && power > top)
                (best, top) = (i, power);
        if (Math.Abs(best) == steps)
            return null;
        var period = centre + best * range / steps;
        double left = Power(period - range / steps, harmonics), right = Power(period + range / steps, harmonics);
        var curvature = left - 2 * top + right;
        return curvature < 0 ? period + (left - right) / (2 * curvature) * range / steps : period;
    }

    /// <summary>A fraction of a peak's width in periods: a stretch tells frequencies apart that differ by a cycle in it.</summary>
    private double Step(double period, int harmonics) => period * period / (harmonics * StepsPerPeak) / _stretchLength;

    private double Power(double period, int harmonics)
    {
        var sum = 0.0;
        for (var h = 1; h <= harmonics && h / period < HighestCyclesPerFrame; h++)
        {
            // A parabola through three bins: about the peaks the spectrum has at least eight bins a width.
            var bin = h * TransformLength / period;
            var k = (int)Math.Round(bin);
            var x = bin - k;
            sum += _sum[k] + x * (_sum[k + 1] - _sum[k - 1]) / 2 + x * x * (_sum[k + 1] - 2 * _sum[k] + _sum[k - 1]) / 2;
        }

        return sum;
    }
}
