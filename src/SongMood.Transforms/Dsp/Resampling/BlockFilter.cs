using System.Numerics.Tensors;

namespace SongMood.Dsp;

/// <summary>
/// Filters a block of a signal and changes its rate in the frequency domain: a transform, the filter's gain, and the inverse transform of
/// another length. Nothing of the filter's stop band is computed. Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class BlockFilter
{
    private readonly RealFft _forward;
    private readonly InverseRealFft _inverse;
    private readonly double[] _gain;
    private readonly int _written; // bins that the forward transform writes and the inverse one reads
    private readonly AlignedBuffer _real, _imaginary;
    private readonly float[] _edgeIn;

    /// <param name="plan">The lengths.</param>
    /// <param name="gain">The gain at the first bins; that of the others is 0.</param>
    public BlockFilter(BlockPlan plan, ReadOnlySpan<double> gain)
    {
        var ones = new double[plan.LengthIn];
        Array.Fill(ones, 1);
        _forward = new RealFft(ones);
        _inverse = new InverseRealFft(plan.LengthOut);
        _gain = gain.ToArray();
        for (var k = 0; k < _gain.Length; k++)
            _gain[k] /= plan.LengthIn; // the inverse transform is unscaled
        _written = Math.Min(plan.LengthIn, plan.LengthOut) / 2 + 1;
        var binCount = Math.Max(plan.LengthIn, plan.LengthOut) / 2 + 1;
        (_real, _imaginary) = (new AlignedBuffer(binCount), new AlignedBuffer(binCount));
        _edgeIn = new float[plan.LengthIn];
    }

    /// <summary>Filters the block that begins at a sample, which may lie before the first; zeros are taken to lie around.</summary>
    public void Run(ReadOnlySpan<float> samples, int start)
    {
        if (start >= 0 && start + _edgeIn.Length <= samples.Length)
            fixed (float* inside = samples)
                _forward.Transform(inside + start);
        else
        {
            _edgeIn.AsSpan().Clear();
            var from = Math.Max(start, 0);
            if (from < samples.Length)
                samples[from..Math.Min(start + _edgeIn.Length, samples.Length)].CopyTo(_edgeIn.AsSpan(from - start));
            fixed (float* edge = _edgeIn)
                _forward.Transform(edge);
        }

        var real = new Span<double>(_real.Pointer, _written);
        var imaginary = new Span<double>(_imaginary.Pointer, _written);
        _forward.StoreSpectrum(_real.Pointer, _imaginary.Pointer);
        TensorPrimitives.Multiply(real[.._gain.Length], _gain, real[.._gain.Length]);
        TensorPrimitives.Multiply(imaginary[.._gain.Length], _gain, imaginary[.._gain.Length]);
        // Bins above those: not read when the rate falls, never written when it rises.
        real[_gain.Length..].Clear();
        imaginary[_gain.Length..].Clear();
        _inverse.Transform(_real.Pointer, _imaginary.Pointer);
    }

    /// <summary>Outputs of the last block; their number and the first one's index are even.</summary>
    public void Store(Span<float> target, int first)
    {
        fixed (float* to = target)
            _inverse.StorePairs(to, first / 2, target.Length / 2);
    }
}
