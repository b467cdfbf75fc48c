using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// Any length as a convolution with a chirp, done with a power of two at least twice as long
/// (L. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", 1970).
/// </summary>
internal sealed unsafe class BluesteinFft : ComplexFft
{
    private readonly ComplexFft _convolution;
    private readonly AlignedBuffer _input, _chirp, _filter;

    private BluesteinFft(ComplexFft convolution, AlignedBuffer input, int length)
    {
        _convolution = convolution;
        _input = input;
        _chirp = new AlignedBuffer(2 * length);
        _filter = new AlignedBuffer(2 * convolution.Length);
        var n = convolution.Length;
        var chirpReal = _chirp.Pointer;
        var chirpImaginary = chirpReal + length;
        new Span<double>(convolution.InputReal, n).Clear();
        new Span<double>(convolution.InputImaginary, n).Clear();
        for (var k = 0; k < length; k++)
        {
            // exp(-pi i k^2 / length); its conjugate, laid around the circle, is the filter.
            (chirpReal[k], chirpImaginary[k]) = RootOfUnity((long)k * k % (2L * length), 2L * length);
            var mirrored = k == 0 ? 0 : n - k;
            convolution.InputReal[k] = convolution.InputReal[mirrored] = chirpReal[k] / n;
            convolution.InputImaginary[k] = convolution.InputImaginary[mirrored] = -chirpImaginary[k] / n;
        }

        convolution.Transform();
        new Span<double>(convolution.OutputReal, n).CopyTo(new Span<double>(_filter.Pointer, n));
        new Span<double>(convolution.OutputImaginary, n).CopyTo(new Span<double>(_filter.Pointer + n, n));
    }

    public static new BluesteinFft Create(int length)
    {
        var size = 1;
        while (size < 2L * length - 1)
            size = checked(size * 2);
        var input = new AlignedBuffer(2 * length);
        return new BluesteinFft(ComplexFft.Create(size), input, length)
        {
            Length = length,
            InputReal = input.Pointer,
            InputImaginary = input.Pointer + length,
            OutputReal = input.Pointer,
            OutputImaginary = input.Pointer + length,
        };
    }

    public override void Transform()
    {
        var n = _convolution.Length;
        Multiply(InputReal, InputImaginary, _chirp.Pointer, _chirp.Pointer + Length,
            _convolution.InputReal, _convolution.InputImaginary, Length);
        new Span<double>(_convolution.InputReal + Length, n - Length).Clear();
        new Span<double>(_convolution.InputImaginary + Length, n - Length).Clear();
        _convolution.Transform();
        // The inverse: planes swapped on the way in and on the way out.
        Multiply(_convolution.OutputReal, _convolution.OutputImaginary, _filter.Pointer, _filter.Pointer + n,
            _convolution.InputImaginary, _convolution.InputReal, n);
        _convolution.Transform();
        Multiply(_convolution.OutputImaginary, _convolution.OutputReal, _chirp.Pointer, _chirp.Pointer + Length,
            OutputReal, OutputImaginary, Length);
    }

    /// <summary>c = a b, element by element; c may lie where a lies (also with its planes swapped).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        double* aReal, double* aImaginary, double* bReal, double* bImaginary, double* cReal, double* cImaginary, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (ar, ai, br, bi) = (aReal[i], aImaginary[i], bReal[i], bImaginary[i]);
            cReal[i] = ar * br - ai * bi;
            cImaginary[i] = ar * bi + ai * br;
        }
    }
}
