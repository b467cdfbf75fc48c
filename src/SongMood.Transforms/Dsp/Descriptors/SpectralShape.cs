using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Centre, spread, roll-off and flatness of one frame's spectrum, with the values of librosa.feature.spectral_centroid,
/// spectral_bandwidth (p = 2, norm), spectral_rolloff (0.85) and spectral_flatness (power 2, amin 1e-10).
/// The first three in Hz, 0 to half the sample rate, from magnitudes, 0 for silence; flatness without unit, 0 (one line) to 1 (flat).
/// Owns a buffer: one a thread.
/// </summary>
internal sealed class SpectralShape
{
    private const float RollOffShare = 0.85f;
    private const float MinPower = 1e-10f;
    private const float SmallestNormal = 1.17549435e-38f;
    private const int RollOffStride = 32;
    private readonly float[] _binIndex;
    private readonly float[] _work;
    private readonly float _binHz;

    public SpectralShape(int binCount, double binHz)
    {
        _binHz = (float)binHz;
        _work = new float[binCount];
        _binIndex = new float[binCount];
        for (var k = 0; k < binCount; k++)
            _binIndex[k] = k;
    }

    public (float CentroidHz, float BandwidthHz) CentreAndSpread(ReadOnlySpan<float> magnitudes, float sum)
    {
        if (sum < SmallestNormal)
            return (0, 0);
        var centroid = TensorPrimitives.Dot(magnitudes, _binIndex) / sum;
        TensorPrimitives.Subtract(_binIndex, centroid, _work);
        TensorPrimitives.Multiply(_work, _work, _work);
        return (centroid * _binHz, MathF.Sqrt(TensorPrimitives.Dot(magnitudes, _work) / sum) * _binHz);
    }

    /// <summary>The lowest bin below and at which lie 85 % of the magnitudes' sum.</summary>
    public float RollOffHz(ReadOnlySpan<float> magnitudes, float sum)
    {
        var (wanted, reached, k) = (RollOffShare * sum, 0f, 0);
        while (k + RollOffStride <= magnitudes.Length)
        {
            var next = reached + TensorPrimitives.Sum(magnitudes.Slice(k, RollOffStride));
            if (next >= wanted)
                break;
            (reached, k) = (next, k + RollOffStride);
        }
        for (; k < magnitudes.Length - 1; k++)
        {
            reached += magnitudes[k];
            if (reached >= wanted)
                break;
        }
        return k * _binHz;
    }

    /// <summary>Geometric over arithmetic mean of the powers.</summary>
    public float Flatness(ReadOnlySpan<float> powers)
    {
        TensorPrimitives.Max(powers, MinPower, _work);
        var arithmetic = TensorPrimitives.Sum(_work) / _work.Length;
        TensorPrimitives.Log(_work, _work);
        return MathF.Exp(TensorPrimitives.Sum(_work) / _work.Length) / arithmetic;
    }
}
