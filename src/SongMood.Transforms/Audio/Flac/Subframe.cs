namespace SongMood.Audio.Flac;

/// <summary>One channel of a frame (RFC 9639, 9.2).</summary>
internal sealed class Subframe
{
    private const int ForbiddenPrecision = 15;

    private readonly int[] _coefficients = new int[LinearPrediction.MostOrder];

    private enum Kind
    {
        Constant,
        Verbatim,
        Fixed,
        Linear,
    }

    /// <summary>Reads a channel; false where it cannot be.</summary>
    /// <param name="bits">Where it begins.</param>
    /// <param name="depth">Bits of a sample, 4 to 32.</param>
    /// <param name="block">The samples.</param>
    public bool TryRead(ref FlacBits bits, int depth, Span<int> block)
    {
        if (!TryReadHeader(ref bits, ref depth, block.Length, out var kind, out var order, out var wastedBits))
            return false;
        switch (kind)
        {
            case Kind.Constant:
                block.Fill((int)bits.ReadSigned(depth));
                break;
            case Kind.Verbatim:
                foreach (ref var sample in block)
                    sample = (int)bits.ReadSigned(depth);
                break;
            default:
                foreach (ref var sample in block[..order])
                    sample = (int)bits.ReadSigned(depth);
                if (!TryReadCoefficients(ref bits, kind, order, out var precision, out var shift)
                    || !Residual.TryRead(ref bits, order, block))
                    return false;
                if (kind == Kind.Fixed)
                    LinearPrediction.RestoreFixed(order, block);
                else
                    LinearPrediction.Restore(_coefficients.AsSpan(0, order), shift, block, depth + precision);
                break;
        }

        if (wastedBits > 0) // 9.2.2
            foreach (ref var sample in block)
                sample <<= wastedBits;
        return !bits.IsPastEnd;
    }

    /// <summary>Reads the side channel of 32-bit stereo, whose samples have 33 bits.</summary>
    /// <param name="bits">Where it begins.</param>
    /// <param name="residual">Room for what prediction left over, which never takes more than 32 bits (9.2.7.3).</param>
    /// <param name="block">The samples.</param>
    public bool TryReadWide(ref FlacBits bits, Span<int> residual, Span<long> block)
    {
        var depth = 33;
        if (!TryReadHeader(ref bits, ref depth, block.Length, out var kind, out var order, out var wastedBits))
            return false;
        switch (kind)
        {
            case Kind.Constant:
                block.Fill(bits.ReadSigned(depth));
                break;
            case Kind.Verbatim:
                foreach (ref var sample in block)
                    sample = bits.ReadSigned(depth);
                break;
            default:
                foreach (ref var sample in block[..order])
                    sample = bits.ReadSigned(depth);
                if (!TryReadCoefficients(ref bits, kind, order, out _, out var shift) || !Residual.TryRead(ref bits, order, residual))
                    return false;
                LinearPrediction.RestoreWide(_coefficients.AsSpan(0, order), shift, residual, block);
                break;
        }

        if (wastedBits > 0)
            foreach (ref var sample in block)
                sample <<= wastedBits;
        return !bits.IsPastEnd;
    }

    // 9.2.1 and 9.2.2: a bit of 0, six of the kind, one that says whether all samples end with bits of 0, and how many in unary.
    private static bool TryReadHeader(
        ref FlacBits bits, ref int depth, int blockSize, out Kind kind, out int order, out int wastedBits)
    {
        var header = (int)bits.Read(8);
        var code = header >> 1;
        (kind, order) = code switch
        {
            0 => (Kind.Constant, 0),
            1 => (Kind.Verbatim, 0),
            <= 12 => (Kind.Fixed, code - 8),
            _ => (Kind.Linear, code - 31),
        };
        wastedBits = (header & 1) == 0 ? 0 : bits.ReadUnary() + 1;
        depth -= wastedBits;
        var isReserved = code is (> 1 and < 8) or (> 12 and < 32) or > 63;
        return !isReserved && order <= blockSize && depth > 0 && ((header & 1) == 0 || wastedBits > 0);
    }

    // 9.2.6: four bits of precision less one, five of shift, the coefficients.
    private bool TryReadCoefficients(ref FlacBits bits, Kind kind, int order, out int precision, out int shift)
    {
        (precision, shift) = (0, 0);
        if (kind == Kind.Fixed)
        {
            LinearPrediction.FixedCoefficients(order).CopyTo(_coefficients);
            return true;
        }

        precision = (int)bits.Read(4) + 1;
        shift = (int)bits.ReadSigned(5);
        if (precision > ForbiddenPrecision || shift < 0)
            return false;
        for (var i = 0; i < order; i++)
            _coefficients[i] = (int)bits.ReadSigned(precision);
        return true;
    }
}
