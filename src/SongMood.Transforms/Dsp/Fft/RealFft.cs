using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// The spectrum of a real frame of any length n: bins 0 to n/2. An even length runs as a complex transform of half the length (even
/// samples as the real part, odd ones as the imaginary part) that is untangled afterwards (Numerical Recipes, 12.3); an odd one as a
/// complex transform with no imaginary part. Double precision inside: librosa multiplies float frames with a float64 window and so
/// transforms in float64, and at 60 dB below the peak single precision is off by more than 1e-5. Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class RealFft
{
    private readonly ComplexFft _fft;
    private readonly int _half;
    private readonly bool _isEven;
    private readonly AlignedBuffer _window; // even samples, then odd ones; of an odd length all in order
    private readonly AlignedBuffer _turns; // exp(-2 pi i k / n) for k = 1 ...: real parts, then imaginary parts
    private readonly int _plane;

    /// <param name="window">Multiplied with each frame; its length is the transform's.</param>
    public RealFft(ReadOnlySpan<double> window)
    {
        Length = window.Length;
        BinCount = Length / 2 + 1;
        _isEven = Length % 2 == 0;
        _half = Length / 2;
        _fft = ComplexFft.Create(_isEven ? _half : Length);
        _plane = (_half + 7) / 8 * 8;
        _window = new AlignedBuffer(Math.Max(2 * _plane, Length));
        for (var n = 0; n < Length; n++)
            _window.Pointer[_isEven ? n % 2 * _plane + n / 2 : n] = window[n];
        _turns = new AlignedBuffer(2 * _plane);
        for (var k = 1; k < _half; k++)
            (_turns.Pointer[k - 1], _turns.Pointer[_plane + k - 1]) = ComplexFft.RootOfUnity(k, Length);
    }

    public int Length { get; }

    public int BinCount { get; }

    /// <summary>Windows and transforms a frame of <see cref="Length"/> samples.</summary>
    public void Transform(float* frame)
    {
        if (_isEven)
        {
            if (Lane8.IsSupported && _half >= Lane8.Width)
                LoadPairs<Lane8>(frame);
            else if (Lane4.IsSupported && _half >= Lane4.Width)
                LoadPairs<Lane4>(frame);
            else if (_half >= Lane2.Width)
                LoadPairs<Lane2>(frame);
            else
                LoadPairs<Lane1>(frame);
        }
        else
        {
            for (var n = 0; n < Length; n++)
                _fft.InputReal[n] = frame[n] * _window.Pointer[n];
            new Span<double>(_fft.InputImaginary, Length).Clear();
        }

        _fft.Transform();
    }

    /// <summary>The squared magnitudes (or the magnitudes) of the last transform's bins.</summary>
    public void StorePower(float* power, bool magnitude)
    {
        if (!_isEven)
        {
            StoreOddPower(power, magnitude);
            return;
        }

        var (first, last) = (_fft.OutputReal[0] + _fft.OutputImaginary[0], _fft.OutputReal[0] - _fft.OutputImaginary[0]);
        (power[0], power[_half]) = magnitude
            ? ((float)Math.Abs(first), (float)Math.Abs(last))
            : ((float)(first * first), (float)(last * last));
        var store = new PowerStore { Target = power, IsMagnitude = magnitude };
        Untangle(ref store);
    }

    /// <summary>The bins of the last transform, as two planes of <see cref="BinCount"/>. Even lengths only.</summary>
    public void StoreSpectrum(double* real, double* imaginary)
    {
        real[0] = _fft.OutputReal[0] + _fft.OutputImaginary[0];
        real[_half] = _fft.OutputReal[0] - _fft.OutputImaginary[0];
        (imaginary[0], imaginary[_half]) = (0, 0);
        var store = new SpectrumStore { Real = real, Imaginary = imaginary };
        Untangle(ref store);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadPairs<T>(float* frame) where T : unmanaged, ILane<T>
    {
        var even = _window.Pointer;
        var odd = even + _plane;
        var real = _fft.InputReal;
        var imaginary = _fft.InputImaginary;
        for (nint i = 0; i < _half; i += T.Width)
        {
            if (i + T.Width > _half)
                i = _half - T.Width;
            var (e, o) = T.LoadPairs(frame + 2 * i);
            (e * T.Load(even + i)).Store(real + i);
            (o * T.Load(odd + i)).Store(imaginary + i);
        }
    }

    /// <summary>What becomes of twice the bins k ... and half - k ... (the latter given in the order of k, that is backwards).</summary>
    private interface IBinStore
    {
        void Store<T>(nint k, nint mirrored, T real, T imaginary, T mirroredReal, T mirroredImaginary) where T : unmanaged, ILane<T>;
    }

    private struct PowerStore : IBinStore
    {
        public float* Target;
        public bool IsMagnitude;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store<T>(nint k, nint mirrored, T real, T imaginary, T mirroredReal, T mirroredImaginary)
            where T : unmanaged, ILane<T>
        {
            var quarter = T.Broadcast(0.25);
            var power = quarter * T.MultiplyAdd(real, real, imaginary * imaginary);
            var other = quarter * T.MultiplyAdd(mirroredReal, mirroredReal, mirroredImaginary * mirroredImaginary);
            if (IsMagnitude)
                (power, other) = (T.Sqrt(power), T.Sqrt(other));
            power.StoreSingle(Target + k);
            T.Reverse(other).StoreSingle(Target + mirrored);
        }
    }

    private struct SpectrumStore : IBinStore
    {
        public double* Real, Imaginary;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store<T>(nint k, nint mirrored, T real, T imaginary, T mirroredReal, T mirroredImaginary)
            where T : unmanaged, ILane<T>
        {
            var half = T.Broadcast(0.5);
            (half * real).Store(Real + k);
            (half * imaginary).Store(Imaginary + k);
            (half * T.Reverse(mirroredReal)).Store(Real + mirrored);
            (half * T.Reverse(mirroredImaginary)).Store(Imaginary + mirrored);
        }
    }

    private void Untangle<TStore>(ref TStore store) where TStore : struct, IBinStore
    {
        if (Lane8.IsSupported && _half > Lane8.Width)
            Untangle<Lane8, TStore>(ref store);
        else if (Lane4.IsSupported && _half > Lane4.Width)
            Untangle<Lane4, TStore>(ref store);
        else if (_half > Lane2.Width)
            Untangle<Lane2, TStore>(ref store);
        else
            Untangle<Lane1, TStore>(ref store);
    }

    /// <summary>
    /// With Z the half-length spectrum: E = Z[k] + conj Z[half-k] and O = -i (Z[k] - conj Z[half-k]) are twice the spectra of the even
    /// and the odd samples; 2 X[k] = E + w^k O and 2 X[half-k] = conj(E - w^k O).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Untangle<T, TStore>(ref TStore store) where T : unmanaged, ILane<T> where TStore : struct, IBinStore
    {
        var target = store; // a copy stays in registers
        var zr = _fft.OutputReal;
        var zi = _fft.OutputImaginary;
        var wr = _turns.Pointer;
        var wi = wr + _plane;
        nint half = _half;
        for (nint k = 1; 2 * k <= half; k += T.Width)
        {
            if (k + T.Width > half)
                k = half - T.Width;
            var mirrored = half - k - T.Width + 1;
            var (ar, ai) = (T.Load(zr + k), T.Load(zi + k));
            var (br, bi) = (T.Reverse(T.Load(zr + mirrored)), T.Reverse(T.Load(zi + mirrored)));
            var (er, ei, or, oi) = (ar + br, ai - bi, ai + bi, br - ar);
            var (cr, ci) = (T.Load(wr + k - 1), T.Load(wi + k - 1));
            var turnedReal = T.NegatedMultiplyAdd(oi, ci, or * cr);
            var turnedImaginary = T.MultiplyAdd(or, ci, oi * cr);
            target.Store(k, mirrored, er + turnedReal, ei + turnedImaginary, er - turnedReal, turnedImaginary - ei);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreOddPower(float* power, bool magnitude)
    {
        for (var k = 0; k < BinCount; k++)
        {
            var (re, im) = (_fft.OutputReal[k], _fft.OutputImaginary[k]);
            var square = re * re + im * im;
            power[k] = (float)(magnitude ? Math.Sqrt(square) : square);
        }
    }
}
