using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Centre, spread, roll-off and flatness of spectra, with the values of librosa.feature.spectral_centroid, spectral_bandwidth (p = 2,
/// norm), spectral_rolloff (0.85) and spectral_flatness (power 2, amin 1e-10). The first three in Hz, 0 to half the sample rate, from
/// magnitudes, 0 for silence; flatness without unit, 0 (one line) to 1 (flat). Eight frames go side by side in a vector.
/// Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class SpectralShape
{
    private const float RollOffShare = 0.85f;
    private const float MinPower = 1e-10f;
    private const float SmallestNormal = 1.17549435e-38f;
    private const int Lanes = 8;

    // Sums are made of parts of so many bins, so that none is rounded to the last place of the whole; and so many numbers from 1 to 2
    // have a product that is a float.
    private const int PartLength = 32;

    private readonly int _binCount, _partCount;
    private readonly double _binHz;
    private readonly float[] _magnitudes; // bins by lanes
    private readonly float[] _reached; // parts by lanes: the magnitudes' sum up to each part's end
    private readonly double[] _results = new double[4 * Lanes];

    public SpectralShape(int binCount, double binHz)
    {
        (_binCount, _binHz, _partCount) = (binCount, binHz, (binCount + PartLength - 1) / PartLength);
        (_magnitudes, _reached) = (new float[binCount * Lanes], new float[_partCount * Lanes]);
    }

    /// <summary>
    /// Reads power[bin x 16 + frame] of sixteen frames (<see cref="FrameTranspose"/>) and writes the first of them, as many as the
    /// targets have room for.
    /// </summary>
    public void Apply(float* power, Span<float> centroidHz, Span<float> bandwidthHz, Span<float> rollOffHz, Span<float> flatness)
    {
        for (var half = 0; half < centroidHz.Length; half += Lanes)
        {
            var count = Math.Min(Lanes, centroidHz.Length - half);
            fixed (float* magnitudes = _magnitudes, reached = _reached)
                Measure(power + half, magnitudes, reached);
            for (var lane = 0; lane < count; lane++)
            {
                var sum = _reached[(_partCount - 1) * Lanes + lane];
                var isSilent = sum < SmallestNormal;
                centroidHz[half + lane] = isSilent ? 0 : (float)(_results[lane] * _binHz);
                bandwidthHz[half + lane] = isSilent ? 0 : (float)(Math.Sqrt(_results[Lanes + lane]) * _binHz);
                rollOffHz[half + lane] = (float)(RollOffBin(lane, RollOffShare * sum) * _binHz);
                flatness[half + lane] = (float)(Math.Exp(_results[2 * Lanes + lane]) / _results[3 * Lanes + lane]);
            }
        }
    }

    /// <summary>Measures eight frames: centre in bins, spread in squared bins, mean logarithm of the powers, mean of the powers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(float* power, float* magnitudes, float* reached)
    {
        var (sum, moment, powers) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        // The logarithm of a product is the sum of the logarithms: mantissas are multiplied, exponents added.
        var (mantissa, exponent) = (Vector256<float>.One, Vector256<int>.Zero);
        for (var first = 0; first < _binCount; first += PartLength, reached += Lanes)
        {
            var (partSum, partMoment, partPowers) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            var end = Math.Min(first + PartLength, _binCount);
            for (var bin = first; bin < end; bin++)
            {
                var value = Vector256.Load(power + bin * 16);
                var magnitude = Vector256.Sqrt(value);
                magnitude.Store(magnitudes + bin * Lanes);
                partSum += magnitude;
                partMoment = Vector256.MultiplyAddEstimate(magnitude, Vector256.Create((float)bin), partMoment);
                value = Vector256.MaxNative(value, Vector256.Create(MinPower));
                partPowers += value;
                exponent += Exponent(value);
                mantissa *= Mantissa(value);
            }
            exponent += Exponent(mantissa);
            mantissa = Mantissa(mantissa);
            (sum, moment, powers) = (sum + partSum, moment + partMoment, powers + partPowers);
            sum.Store(reached);
        }

        var centre = moment / sum;
        var spread = Vector256<float>.Zero;
        for (var first = 0; first < _binCount; first += PartLength)
        {
            var part = Vector256<float>.Zero;
            var end = Math.Min(first + PartLength, _binCount);
            for (var bin = first; bin < end; bin++)
            {
                var distance = Vector256.Create((float)bin) - centre;
                part = Vector256.MultiplyAddEstimate(distance * distance, Vector256.Load(magnitudes + bin * Lanes), part);
            }
            spread += part;
        }
        spread /= sum;
        for (var lane = 0; lane < Lanes; lane++)
        {
            _results[lane] = centre[lane];
            _results[Lanes + lane] = spread[lane];
            _results[2 * Lanes + lane] = (exponent[lane] * Math.Log(2) + Math.Log(mantissa[lane])) / _binCount;
            _results[3 * Lanes + lane] = (double)powers[lane] / _binCount;
        }
    }

    /// <summary>The lowest bin below and at which lies this much of the magnitudes' sum.</summary>
    private int RollOffBin(int lane, float wanted)
    {
        var part = 0;
        while (part < _partCount - 1 && _reached[part * Lanes + lane] < wanted)
            part++;
        var reached = part == 0 ? 0 : _reached[(part - 1) * Lanes + lane];
        var bin = part * PartLength;
        for (; bin < _binCount - 1; bin++)
        {
            reached += _magnitudes[bin * Lanes + lane];
            if (reached >= wanted)
                break;
        }
        return bin;
    }

    /// <summary>e of a normal number m 2^e, 1 &lt;= m &lt; 2.</summary>
    private static Vector256<int> Exponent(Vector256<float> value) => (value.AsInt32() >>> 23) - Vector256.Create(127);

    /// <summary>m of it.</summary>
    private static Vector256<float> Mantissa(Vector256<float> value) =>
        ((value.AsInt32() & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F800000)).AsSingle();
}
