namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// From a block's spectrum to its samples (RFC 6716, 4.3.7): a cosine transform of the fourth kind, and blocks that overlap by 2.5 ms.
/// </summary>
internal sealed class InverseMdct
{
    /// <summary>Samples that two blocks share.</summary>
    public const int Overlap = 120;

    private static readonly float[] RisingWindow = PowerWindow.Rising(Overlap);

    private readonly CosineTransform _transform;
    private readonly float[] _lines, _transformed;

    /// <param name="length">Lines of a block.</param>
    public InverseMdct(int length)
    {
        Length = length;
        _transform = new CosineTransform(length);
        (_lines, _transformed) = (new float[length], new float[length]);
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

    /// <summary>The cosine transform of a block: sums of lines k times cos(pi (i + 1/2) (k + 1/2) / length).</summary>
    public void Transform(ReadOnlySpan<float> lines, int block, int blocks, Span<float> output)
    {
        for (int k = 0, from = block; k < Length; k++, from += blocks)
            _lines[k] = lines[from];
        _transform.Apply(_lines, output);
    }
}
