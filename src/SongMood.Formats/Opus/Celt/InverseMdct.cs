using SongMood.Dsp;

namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// From a block's spectrum to its samples (RFC 6716, 4.3.7): a cosine transform of the fourth kind by a Fourier transform of half the
/// length, and blocks that overlap by 2.5 ms.
/// </summary>
internal sealed unsafe class InverseMdct
{
    /// <summary>Samples that two blocks share.</summary>
    public const int Overlap = 120;

    // Rising half: sin(pi/2 sin^2(pi/2 (i + 1/2) / overlap)).
    private static readonly float[] RisingWindow = [.. Enumerable.Range(0, Overlap).Select(i =>
        (float)Math.Sin(Math.PI / 2 * Math.Pow(Math.Sin(Math.PI / 2 * (i + 0.5) / Overlap), 2)))];

    private readonly ComplexFft _fft;
    private readonly double[] _cosines, _sines; // of pi (i + 1/8) / length
    private readonly float[] _transformed;

    /// <param name="length">Lines of a block.</param>
    public InverseMdct(int length)
    {
        Length = length;
        _fft = ComplexFft.Create(length / 2);
        (_cosines, _sines) = (new double[length / 2], new double[length / 2]);
        for (var i = 0; i < length / 2; i++)
            (_sines[i], _cosines[i]) = Math.SinCos(Math.PI * (8 * i + 1) / (8 * length));
        _transformed = new float[length];
    }

    /// <summary>The window's rising half.</summary>
    public static ReadOnlySpan<float> Window => RisingWindow;

    public int Length { get; }

    /// <summary>Transforms a block, and joins it to the one before it.</summary>
    /// <param name="lines">Lines of so many blocks, in turn.</param>
    /// <param name="block">Which of them.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="samples">
    /// <see cref="Length"/> samples and room for half an overlap: there the first half of what is behind this block is kept, which is
    /// also what is at the start, of the block before.
    /// </param>
    public void Apply(ReadOnlySpan<float> lines, int block, int blocks, Span<float> samples)
    {
        const int Half = Overlap / 2;
        Transform(lines, block, blocks, _transformed);
        ReadOnlySpan<float> half = _transformed.AsSpan(Length / 2), window = RisingWindow;
        for (var i = 0; i < Half; i++)
        {
            float before = samples[i], now = half[Length / 2 - Half + i];
            samples[i] = before * window[Overlap - 1 - i] + now * window[i];
            samples[Overlap - 1 - i] = before * window[i] - now * window[Overlap - 1 - i];
        }

        for (var i = Overlap; i < Length + Half; i++)
            samples[i] = -_transformed[Length - 1 + Half - i];
    }

    /// <summary>The cosine transform: sums of lines k times cos(pi (i + 1/2) (k + 1/2) / length).</summary>
    public void Transform(ReadOnlySpan<float> lines, int block, int blocks, Span<float> output)
    {
        var half = Length / 2;
        double* real = _fft.InputReal, imaginary = _fft.InputImaginary;
        for (int i = 0, up = block, down = block + blocks * (Length - 1); i < half; i++, up += 2 * blocks, down -= 2 * blocks)
        {
            double first = lines[up], second = lines[down];
            real[i] = first * _cosines[i] + second * _sines[i];
            imaginary[i] = second * _cosines[i] - first * _sines[i];
        }

        _fft.Transform();
        real = _fft.OutputReal;
        imaginary = _fft.OutputImaginary;
        for (var i = 0; i < half; i++)
        {
            output[2 * i] = (float)(real[i] * _cosines[i] + imaginary[i] * _sines[i]);
            output[Length - 1 - 2 * i] = (float)(real[i] * _sines[i] - imaginary[i] * _cosines[i]);
        }
    }
}
