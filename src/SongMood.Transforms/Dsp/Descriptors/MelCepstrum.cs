using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Mel-frequency cepstral coefficients: the first coefficients of the orthonormal cosine transform (DCT-II) over the bands of a mel
/// spectrogram in decibels, as librosa.feature.mfcc. Unit: dB (times the square root of the number of bands).
/// </summary>
internal sealed class MelCepstrum
{
    private readonly float[] _basis; // coefficients x bands
    private readonly int _bandCount, _coefficientCount;

    public MelCepstrum(int bandCount, int coefficientCount)
    {
        (_bandCount, _coefficientCount) = (bandCount, coefficientCount);
        _basis = new float[coefficientCount * bandCount];
        for (var k = 0; k < coefficientCount; k++)
            for (var band = 0; band < bandCount; band++)
                _basis[k * bandCount + band] =
                    (float)(Math.Sqrt((k == 0 ? 1.0 : 2) / bandCount) * Math.Cos(Math.PI * k * (band + 0.5) / bandCount));
    }

    /// <summary>From (bands, frames) to (coefficients, frames).</summary>
    public void Compute(ReadOnlySpan<float> melDecibels, Span<float> cepstrum, int frameCount)
    {
        for (var k = 0; k < _coefficientCount; k++)
        {
            var row = cepstrum.Slice(k * frameCount, frameCount);
            row.Clear();
            for (var band = 0; band < _bandCount; band++)
                TensorPrimitives.MultiplyAdd(melDecibels.Slice(band * frameCount, frameCount), _basis[k * _bandCount + band], row, row);
        }
    }
}
