namespace SongMood.Audio.Flac;

/// <summary>What prediction left over (RFC 9639, 9.2.7): partitions, each with a Rice parameter of its own or with plain numbers.</summary>
internal static class Residual
{
    /// <summary>Reads a block's residual; false where it cannot be.</summary>
    /// <param name="bits">Where it begins.</param>
    /// <param name="order">How many samples of the block are stored before it.</param>
    /// <param name="block">The block; what is behind those is written.</param>
    public static bool TryRead(ref FlacBits bits, int order, Span<int> block)
    {
        var method = (int)bits.Read(2);
        if (method > 1)
            return false; // reserved
        var parameterBits = 4 + method;
        var escape = (1 << parameterBits) - 1;
        var partitionOrder = (int)bits.Read(4);
        var size = block.Length >> partitionOrder;
        if (size << partitionOrder != block.Length || size < order)
            return false;
        for (var start = 0; start < block.Length; start += size)
        {
            var partition = start == 0 ? block[order..size] : block.Slice(start, size);
            var parameter = (int)bits.Read(parameterBits);
            if (parameter == escape)
                ReadPlain(ref bits, partition);
            else if (!bits.TryReadRice(parameter, partition))
                return false;
        }

        return !bits.IsPastEnd;
    }

    /// <summary>9.2.7.1: five bits that say how many bits each number has; with none, all are 0.</summary>
    private static void ReadPlain(ref FlacBits bits, Span<int> partition)
    {
        var width = (int)bits.Read(5);
        foreach (ref var number in partition)
            number = (int)bits.ReadSigned(width);
    }
}
