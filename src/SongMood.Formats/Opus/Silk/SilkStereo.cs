namespace SongMood.Formats.Opus.Silk;

/// <summary>Two channels from their middle and what is left of their difference (RFC 6716, 4.2.7.1 and 4.2.8).</summary>
internal sealed class SilkStereo
{
    /// <summary>Samples of the frame before that the next one needs.</summary>
    public const int Overlap = 2;

    private const int InterpolatedMilliseconds = 8;

    private readonly short[] _middle = new short[Overlap], _side = new short[Overlap];
    private (int Smooth, int Direct) _previous;

    /// <summary>How much of the middle the side has, Q13, for low sounds and for all; as of the last frame.</summary>
    public (int Smooth, int Direct) Weights => _previous;

    public void Reset()
    {
        Array.Clear(_middle);
        ForgetSide();
    }

    /// <summary>The side begins anew.</summary>
    public void ForgetSide()
    {
        Array.Clear(_side);
        _previous = default;
    }

    /// <summary>Reads the weights (4.2.7.1).</summary>
    public static (int Smooth, int Direct) ReadWeights(RangeDecoder bits)
    {
        const int Levels = 3, Steps = 5, HalfStepQ16 = 6554; // a tenth
        var both = bits.Symbol(SilkTables.StereoPairs);
        var first = Weight(both / Steps);
        var second = Weight(both % Steps);
        return (first - second, second);

        int Weight(int high)
        {
            var level = bits.Symbol(SilkTables.Uniform3) + Levels * high;
            var step = bits.Symbol(SilkTables.Uniform5);
            int low = SilkTables.StereoWeights[level], next = SilkTables.StereoWeights[level + 1];
            return low + FixedPoint.ScaleShort(next - low, HalfStepQ16) * (2 * step + 1);
        }
    }

    /// <summary>Puts what is kept of the frame before in front of a channel alone.</summary>
    public void Delay(Span<short> middle) => Exchange(middle, _middle);

    /// <summary>Turns the middle and the side to left and right.</summary>
    /// <param name="middle">Room for <see cref="Overlap"/> samples, and the frame; left, one sample late, afterwards.</param>
    /// <param name="side">The same of the side; right.</param>
    /// <param name="weights">The frame's.</param>
    /// <param name="rate">Samples a millisecond.</param>
    public void Unmix(Span<short> middle, Span<short> side, (int Smooth, int Direct) weights, int rate)
    {
        Exchange(middle, _middle);
        Exchange(side, _side);
        var length = middle.Length - Overlap;
        var interpolated = InterpolatedMilliseconds * rate;
        var share = (1 << 16) / interpolated;
        var smoothStep = FixedPoint.Round((short)(weights.Smooth - _previous.Smooth) * (short)share, 16);
        var directStep = FixedPoint.Round((short)(weights.Direct - _previous.Direct) * (short)share, 16);
        var (smooth, direct) = _previous;
        for (var i = 1; i <= length; i++)
        {
            (smooth, direct) = i <= interpolated ? (smooth + smoothStep, direct + directStep) : weights;
            var low = (middle[i - 1] + 2 * middle[i] + middle[i + 1]) << 9;
            var value = (side[i] << 8) + FixedPoint.ScaleShort(low, smooth);
            value += FixedPoint.ScaleShort(middle[i] << 11, direct);
            side[i] = FixedPoint.Saturate16(FixedPoint.Round(value, 8));
        }

        _previous = weights;
        for (var i = 1; i <= length; i++)
            (middle[i], side[i]) = (FixedPoint.Saturate16(middle[i] + side[i]), FixedPoint.Saturate16(middle[i] - side[i]));
    }

    private static void Exchange(Span<short> channel, Span<short> kept)
    {
        kept.CopyTo(channel);
        channel[^Overlap..].CopyTo(kept);
    }
}
