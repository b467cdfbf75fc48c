using System.Runtime.CompilerServices;
using SongMood.Dsp;

namespace SongMood.Formats;

/// <summary>
/// The cosine transform of the fourth kind, which the inverse MDCT is but for its order and signs: sums of lines k times
/// cos(pi (i + 1/2) (k + 1/2) / length). It is a Fourier transform of half the length, turned before and behind it (H. Malvar, "Signal
/// Processing with Lapped Transforms", 1992, 2.4). Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class CosineTransform
{
    private readonly ComplexFft _fft;
    private readonly AlignedBuffer _turns; // cosines of pi (i + 1/8) / length, then sines
    private readonly int _half;

    /// <param name="length">Lines; an even number.</param>
    public CosineTransform(int length)
    {
        (Length, _half) = (length, length / 2);
        _fft = ComplexFft.Create(_half);
        _turns = new AlignedBuffer(length);
        for (var i = 0; i < _half; i++)
            (_turns.Pointer[_half + i], _turns.Pointer[i]) = Math.SinCos(Math.PI * (8 * i + 1) / (8 * length));
    }

    public int Length { get; }

    /// <summary>Transforms <see cref="Length"/> lines; the output may be the lines' own place.</summary>
    public void Apply(ReadOnlySpan<float> lines, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines.Length, Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, Length);
        fixed (float* from = lines, to = output)
            if (Lane8.IsSupported && _half >= Lane8.Width)
                Apply<Lane8>(from, to);
            else if (Lane4.IsSupported && _half >= Lane4.Width)
                Apply<Lane4>(from, to);
            else if (_half >= Lane2.Width)
                Apply<Lane2>(from, to);
            else
                Apply<Lane1>(from, to);
    }

    // Each lane goes with the mirrored one: an even line with the odd one that is as far from the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply<T>(float* lines, float* output) where T : unmanaged, ILane<T>
    {
        double* cosines = _turns.Pointer, sines = cosines + _half, real = _fft.InputReal, imaginary = _fft.InputImaginary;
        for (nint i = 0; i < _half; i += T.Width)
        {
            if (i + T.Width > _half)
                i = _half - T.Width; // some once more
            var even = T.LoadPairs(lines + 2 * i).Even;
            var odd = T.Reverse(T.LoadPairs(lines + 2 * (_half - i - T.Width)).Odd);
            var (cosine, sine) = (T.Load(cosines + i), T.Load(sines + i));
            T.MultiplyAdd(even, cosine, odd * sine).Store(real + i);
            T.NegatedMultiplyAdd(even, sine, odd * cosine).Store(imaginary + i);
        }

        _fft.Transform();
        real = _fft.OutputReal;
        imaginary = _fft.OutputImaginary;
        for (nint i = 0; 2 * i < _half; i += T.Width)
        {
            if (i + T.Width > _half)
                i = _half - T.Width;
            var mirrored = _half - i - T.Width;
            var (even, odd) = Turn<T>(real, imaginary, cosines, sines, i);
            var (mirroredEven, mirroredOdd) = Turn<T>(real, imaginary, cosines, sines, mirrored);
            T.StorePairs(output + 2 * i, even, T.Reverse(mirroredOdd));
            T.StorePairs(output + 2 * mirrored, mirroredEven, T.Reverse(odd));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Even, T Odd) Turn<T>(double* real, double* imaginary, double* cosines, double* sines, nint at)
        where T : unmanaged, ILane<T>
    {
        var (re, im) = (T.Load(real + at), T.Load(imaginary + at));
        var (cosine, sine) = (T.Load(cosines + at), T.Load(sines + at));
        return (T.MultiplyAdd(re, cosine, im * sine), T.NegatedMultiplyAdd(im, cosine, re * sine));
    }
}
