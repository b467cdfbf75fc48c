
namespace SongMood.Formats.Vorbis;

/// <summary>
/// From spectra to samples (Vorbis I specification, 4.3.7 and 4.3.8): each block is transformed, and what it gives lies half over the block
/// before it, under windows. The first half of a block's samples is one half of the cosine transform and its negated mirror image, the
/// second half the negated other half, behind its mirror image; so only the transforms are kept.
/// </summary>
internal sealed class VorbisSynthesis
{
    private readonly int _channelCount;
    private readonly CosineTransform _short, _long;
    private readonly float[] _shortWindow, _longWindow;
    private float[][] _before, _now; // transforms of a block, a row a channel
    private int _beforeCount;

    public VorbisSynthesis(VorbisHead head)
    {
        int shortCount = head.ShortLength / 2, longCount = head.LongLength / 2;
        _channelCount = head.ChannelCount;
        _short = new CosineTransform(shortCount);
        _shortWindow = PowerWindow.Rising(shortCount);
        var isOne = shortCount == longCount;
        (_long, _longWindow) = isOne ? (_short, _shortWindow) : (new CosineTransform(longCount), PowerWindow.Rising(longCount));
        (_before, _now) = (Rows(), Rows());

        float[][] Rows() => [.. Enumerable.Range(0, _channelCount).Select(_ => new float[longCount])];
    }

    /// <summary>Plays a block.</summary>
    /// <param name="block">Its spectra.</param>
    /// <param name="output">A row a channel; null where nobody hears it, but the next block is to lie over it.</param>
    /// <returns>Samples of each channel: half of the block before and half of this one; 0 for the first block.</returns>
    public int Play(VorbisBlock block, float[][]? output)
    {
        var count = block.LineCount;
        var length = _beforeCount == 0 ? 0 : (_beforeCount + count) / 2;
        var transform = count == _short.Length ? _short : _long;
        for (var channel = 0; channel < _channelCount; channel++)
        {
            transform.Apply(block.Lines(channel), _now[channel]);
            if (length > 0 && output is not null)
                Join(_before[channel].AsSpan(0, _beforeCount / 2), _now[channel].AsSpan(count / 2, count / 2), output[channel]);
        }

        (_before, _now, _beforeCount) = (_now, _before, count);
        return length;
    }

    /// <summary>
    /// From the middle of a block to the middle of the next: what is left of the first alone, what both have under the window of the
    /// shorter one, and what the second has alone.
    /// </summary>
    /// <param name="before">The lower half of the first block's transform.</param>
    /// <param name="now">The upper half of the second block's.</param>
    /// <param name="output">As many samples as both have.</param>
    private void Join(ReadOnlySpan<float> before, ReadOnlySpan<float> now, Span<float> output)
    {
        var half = Math.Min(before.Length, now.Length); // of what they share
        var window = 2 * half == _shortWindow.Length ? _shortWindow : _longWindow;
        var shared = output.Slice(before.Length - half, 2 * half);
        NegateReversed(before[half..], output);
        Overlap(before[..half], now[(now.Length - half)..], window, shared);
        NegateReversed(now[..^half], output[(before.Length + half)..]);
    }

    private static void NegateReversed(ReadOnlySpan<float> values, Span<float> output)
    {
        for (int i = 0, from = values.Length - 1; from >= 0; i++, from--)
            output[i] = -values[from];
    }

    private static void Overlap(ReadOnlySpan<float> before, ReadOnlySpan<float> now, ReadOnlySpan<float> window, Span<float> output)
    {
        var half = before.Length;
        ReadOnlySpan<float> low = window[..half], high = window[half..];
        Span<float> first = output[..half], second = output[half..];
        for (int i = 0, mirrored = half - 1; i < half; i++, mirrored--)
        {
            first[i] = now[i] * low[i] - before[mirrored] * high[mirrored];
            second[mirrored] = -before[mirrored] * low[i] - now[i] * high[mirrored];
        }
    }
}
