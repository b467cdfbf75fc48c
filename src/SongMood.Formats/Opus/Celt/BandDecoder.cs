using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>Reads the shapes of all bands, of one or two channels, in turn (RFC 6716, 4.3.4): each band has length 1.</summary>
internal sealed class BandDecoder
{
    private const int Bands = CeltTables.BandCount, One = 1 << RangeDecoder.EighthBits, MostBits = 16383, AggressiveSpread = 3;

    private readonly BandPartition _partition = new();
    private readonly float[][] _kept = [new float[CeltShape.MostSamples], new float[CeltShape.MostSamples]];
    private CeltShape _shape;
    private int _blocks;

    /// <summary>For each channel of each band, a bit for each short block that is not empty.</summary>
    public byte[] Masks { get; } = new byte[2 * Bands];

    /// <summary>Reads a frame's.</summary>
    /// <param name="bits">The frame's.</param>
    /// <param name="shape">Its layout.</param>
    /// <param name="isTransient">Whether it has short blocks.</param>
    /// <param name="spread">How far pulses are spread.</param>
    /// <param name="resolutions">Each band's change of resolution.</param>
    /// <param name="allocation">Each band's bits.</param>
    /// <param name="seed">Noise's seed, and what it becomes.</param>
    /// <param name="first">Lines of the first channel.</param>
    /// <param name="second">Lines of the second, if there is one.</param>
    public void Read(
        RangeDecoder bits, CeltShape shape, bool isTransient, int spread, ReadOnlySpan<int> resolutions, BitAllocation allocation,
        ref uint seed, Span<float> first, Span<float> second)
    {
        (_shape, _blocks) = (shape, isTransient ? shape.BlockCount : 1);
        (_partition.Bits, _partition.Spread, _partition.Seed) = (bits, spread, seed);
        _partition.IntensityStart = allocation.IntensityStart;
        var isDual = allocation.IsDual;
        var total = bits.BitLength * One - allocation.AntiCollapseBits;
        var balance = allocation.Balance;
        var source = 0; // the band that folding takes from
        var isSourceOpen = true;
        var origin = shape.Edge(shape.StartBand);
        for (var band = shape.StartBand; band < shape.EndBand; band++)
        {
            int start = shape.Edge(band), width = shape.Edge(band + 1) - start;
            var tell = bits.TellEighths;
            if (band != shape.StartBand)
                balance -= tell;
            _partition.Remaining = total - tell - 1;
            var share = 0;
            if (band < allocation.CodedEnd)
            {
                var part = balance / Math.Min(3, allocation.CodedEnd - band);
                share = Math.Clamp(Math.Min(_partition.Remaining + 1, allocation.Shapes[band] + part), 0, MostBits);
            }

            if ((start - width >= origin || band == shape.StartBand + 1) && (isSourceOpen || source == 0))
                source = band;
            if (band == shape.StartBand + 1)
                WidenFirst(isDual);
            (_partition.Band, _partition.Resolution) = (band, resolutions[band]);
            uint firstMask, secondMask;
            var from = -1;
            if (source != 0 && (spread != AggressiveSpread || _blocks > 1 || resolutions[band] < 0))
            {
                from = Math.Max(0, shape.Edge(source) - origin - width);
                (firstMask, secondMask) = FoldedMasks(source, from, width, band);
            }
            else
                firstMask = secondMask = (1u << _blocks) - 1;

            if (isDual && band == allocation.IntensityStart)
            {
                isDual = false;
                var lower = _kept[0].AsSpan(0, start - origin);
                TensorPrimitives.Add(lower, _kept[1].AsSpan(0, lower.Length), lower);
                TensorPrimitives.Multiply(lower, 0.5f, lower);
            }

            var isLast = band == shape.EndBand - 1;
            var x = first.Slice(start, width);
            if (isDual)
            {
                firstMask = ReadChannel(x, share / 2, 0, from, start - origin, isLast, firstMask);
                secondMask = ReadChannel(second.Slice(start, width), share / 2, 1, from, start - origin, isLast, secondMask);
            }
            else if (shape.ChannelCount == 2)
                firstMask = secondMask = ReadStereo(
                    x, second.Slice(start, width), share, from, start - origin, isLast, firstMask | secondMask);
            else
                firstMask = secondMask = ReadChannel(x, share, 0, from, start - origin, isLast, firstMask | secondMask);
            Masks[2 * band] = (byte)firstMask;
            Masks[2 * band + 1] = (byte)secondMask;
            balance += allocation.Shapes[band] + tell;
            isSourceOpen = share > width * One;
        }

        seed = _partition.Seed;
    }

    // RFC 8251, 9: where the second band is wider than the first, it is folded from more than the first.
    private void WidenFirst(bool isDual)
    {
        var first = _shape.Edge(_shape.StartBand + 1) - _shape.Edge(_shape.StartBand);
        var second = _shape.Edge(_shape.StartBand + 2) - _shape.Edge(_shape.StartBand + 1);
        if (second <= first)
            return;
        for (var channel = 0; channel < (isDual ? 2 : 1); channel++)
            _kept[channel].AsSpan(2 * first - second, second - first).CopyTo(_kept[channel].AsSpan(first));
    }

    // What is empty in any of the bands that are folded.
    private (uint First, uint Second) FoldedMasks(int source, int from, int width, int band)
    {
        var origin = _shape.Edge(_shape.StartBand);
        var start = source;
        while (_shape.Edge(--start) > from + origin)
        {
        }

        var end = source;
        while (end < band && _shape.Edge(end) < from + origin + width)
            end++;
        uint first = 0, second = 0;
        do
        {
            first |= Masks[2 * start];
            second |= Masks[2 * start + 1];
        }
        while (++start < end);
        return (first, second);
    }

    private uint ReadChannel(Span<float> lines, int bits, int channel, int from, int at, bool isLast, uint fill, float gain = 1) =>
        _partition.ReadBand(lines, bits, _blocks, Folding(channel, from, lines.Length), _shape.LengthLog,
            isLast ? default : _kept[channel].AsSpan(at, lines.Length), gain, fill);

    private ReadOnlySpan<float> Folding(int channel, int from, int width) =>
        from < 0 ? default : _kept[channel].AsSpan(from, width);

    // 4.3.4.4: middle and side, and the angle between them.
    private uint ReadStereo(Span<float> x, Span<float> y, int bits, int from, int at, bool isLast, uint fill)
    {
        const int Spare = 3 * One;
        if (x.Length == 1)
        {
            _partition.ReadSign(x);
            _partition.ReadSign(y);
            if (!isLast)
                _kept[0][at] = x[0];
            return 1;
        }

        var fillBefore = fill;
        var angle = _partition.ReadAngle(x.Length, ref bits, _blocks, _blocks, _shape.LengthLog, true, ref fill);
        float middleGain = angle.Cosine / 32768f, sideGain = angle.Sine / 32768f;
        uint mask;
        if (x.Length == 2)
            mask = ReadTwoLines(x, y, bits, from, at, isLast, fillBefore, angle);
        else
        {
            var middleBits = Math.Clamp((bits - angle.Difference) / 2, 0, Math.Max(bits, 0));
            var sideBits = bits - middleBits;
            _partition.Remaining -= angle.UsedBits;
            var before = _partition.Remaining;
            if (middleBits >= sideBits)
            {
                mask = ReadChannel(x, middleBits, 0, from, at, isLast, fill);
                var rest = middleBits - (before - _partition.Remaining);
                if (rest > Spare && angle.Value != 0)
                    sideBits += rest - Spare;
                mask |= ReadChannel(y, sideBits, 0, -1, 0, true, fill >> _blocks, sideGain);
            }
            else
            {
                mask = ReadChannel(y, sideBits, 0, -1, 0, true, fill >> _blocks, sideGain);
                var rest = sideBits - (before - _partition.Remaining);
                if (rest > Spare && angle.Value != BandAngle.Right)
                    middleBits += rest - Spare;
                mask |= ReadChannel(x, middleBits, 0, from, at, isLast, fill);
            }

            Unmix(x, y, middleGain);
        }

        if (angle.IsInverted)
            TensorPrimitives.Negate(y, y);
        return mask;
    }

    // With two lines, the side is the middle turned by a right angle: it has but a sign.
    private uint ReadTwoLines(
        Span<float> x, Span<float> y, int bits, int from, int at, bool isLast, uint fill, BandAngle angle)
    {
        var sideBits = angle.Value is 0 or BandAngle.Right ? 0 : One;
        _partition.Remaining -= angle.UsedBits + sideBits;
        var isSideLouder = angle.Value > BandAngle.Right / 2;
        Span<float> louder = isSideLouder ? y : x, other = isSideLouder ? x : y;
        var sign = sideBits > 0 && _partition.Bits.RawBits(1) == 1 ? -1 : 1;
        var mask = ReadChannel(louder, bits - sideBits, 0, from, at, isLast, fill);
        other[0] = -sign * louder[1];
        other[1] = sign * louder[0];
        for (var i = 0; i < 2; i++)
        {
            float middle = angle.Cosine / 32768f * x[i], side = angle.Sine / 32768f * y[i];
            (x[i], y[i]) = (middle - side, middle + side);
        }

        return mask;
    }

    // Left and right, each of length 1 again. The side has its gain already.
    private static void Unmix(Span<float> x, Span<float> y, float middleGain)
    {
        const float Least = 6e-4f;
        var product = middleGain * TensorPrimitives.Dot<float>(x, y);
        var sum = middleGain * middleGain + TensorPrimitives.SumOfSquares<float>(y);
        float left = sum - 2 * product, right = sum + 2 * product;
        if (left < Least || right < Least)
        {
            x.CopyTo(y);
            return;
        }

        float leftGain = 1 / MathF.Sqrt(left), rightGain = 1 / MathF.Sqrt(right);
        for (var i = 0; i < x.Length; i++)
        {
            float middle = middleGain * x[i], side = y[i];
            (x[i], y[i]) = (leftGain * (middle - side), rightGain * (middle + side));
        }
    }
}
