using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>The real signal of even length n that a spectrum of n/2 + 1 bins stands for; the way back of <see cref="RealFft"/>.</summary>
internal sealed unsafe class InverseRealFft
{
    private readonly ComplexFft _fft;
    private readonly int _half, _plane;
    private readonly AlignedBuffer _turns; // exp(+2 pi i k / n) for k = 1 ..., real parts, then imaginary parts

    public InverseRealFft(int length)
    {
        if (length < 2 || length % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(length), length, "the inverse needs an even length");
        Length = length;
        _half = length / 2;
        _fft = ComplexFft.Create(_half);
        _plane = (_half + 7) / 8 * 8;
        _turns = new AlignedBuffer(2 * _plane);
        for (var k = 1; k < _half; k++)
        {
            var (real, imaginary) = ComplexFft.RootOfUnity(k, length);
            (_turns.Pointer[k - 1], _turns.Pointer[_plane + k - 1]) = (real, -imaginary);
        }
    }

    public int Length { get; }

    /// <summary>Transforms bins 0 to n/2 (the first and last taken as real), unscaled: n times the signal.</summary>
    public void Transform(double* real, double* imaginary)
    {
        // The planes go in swapped and come out swapped: that makes the forward transform the inverse one.
        _fft.InputImaginary[0] = real[0] + real[_half];
        _fft.InputReal[0] = real[0] - real[_half];
        if (Lane8.IsSupported && _half > Lane8.Width)
            Tangle<Lane8>(real, imaginary);
        else if (Lane4.IsSupported && _half > Lane4.Width)
            Tangle<Lane4>(real, imaginary);
        else if (_half > Lane2.Width)
            Tangle<Lane2>(real, imaginary);
        else
            Tangle<Lane1>(real, imaginary);
        _fft.Transform();
    }

    /// <summary>Samples 2 firstPair ... of the last transform.</summary>
    public void StorePairs(float* target, int firstPair, int pairCount)
    {
        if (Lane8.IsSupported && pairCount >= Lane8.Width)
            StorePairs<Lane8>(target, firstPair, pairCount);
        else if (Lane4.IsSupported && pairCount >= Lane4.Width)
            StorePairs<Lane4>(target, firstPair, pairCount);
        else if (pairCount >= Lane2.Width)
            StorePairs<Lane2>(target, firstPair, pairCount);
        else
            StorePairs<Lane1>(target, firstPair, pairCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StorePairs<T>(float* target, int firstPair, int pairCount) where T : unmanaged, ILane<T>
    {
        var even = _fft.OutputImaginary + firstPair;
        var odd = _fft.OutputReal + firstPair;
        for (nint i = 0; i < pairCount; i += T.Width)
        {
            if (i + T.Width > pairCount)
                i = pairCount - T.Width;
            T.StorePairs(target + 2 * i, T.Load(even + i), T.Load(odd + i));
        }
    }

    /// <summary>Z[k] = E + i O with E = X[k] + conj X[half-k], O = w^-k (X[k] - conj X[half-k]); Z[half-k] = conj E + i conj O.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tangle<T>(double* xr, double* xi) where T : unmanaged, ILane<T>
    {
        var zr = _fft.InputImaginary;
        var zi = _fft.InputReal;
        var wr = _turns.Pointer;
        var wi = wr + _plane;
        nint half = _half;
        for (nint k = 1; 2 * k <= half; k += T.Width)
        {
            if (k + T.Width > half)
                k = half - T.Width;
            var mirrored = half - k - T.Width + 1;
            var (ar, ai) = (T.Load(xr + k), T.Load(xi + k));
            var (br, bi) = (T.Reverse(T.Load(xr + mirrored)), T.Reverse(T.Load(xi + mirrored)));
            var (er, ei, dr, di) = (ar + br, ai - bi, ar - br, ai + bi);
            var (cr, ci) = (T.Load(wr + k - 1), T.Load(wi + k - 1));
            var or = T.NegatedMultiplyAdd(di, ci, dr * cr);
            var oi = T.MultiplyAdd(dr, ci, di * cr);
            (er - oi).Store(zr + k);
            (ei + or).Store(zi + k);
            T.Reverse(er + oi).Store(zr + mirrored);
            T.Reverse(or - ei).Store(zi + mirrored);
        }
    }
}
