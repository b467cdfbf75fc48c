namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// A frame's pulses (RFC 6716, 4.2.7.8): how many each block of 16 has, how they fall to its halves again and again, lower bits, signs.
/// </summary>
internal sealed class SilkExcitation
{
    /// <summary>Samples of a block.</summary>
    public const int BlockLength = 16;

    private const int MostBlocks = 20, MostPulses = 16, RateLevels = 10, MostLowerBits = 10;

    private readonly int[] _counts = new int[MostBlocks], _lowerBits = new int[MostBlocks];

    /// <summary>Reads the pulses, each a whole number.</summary>
    /// <param name="bits">The packet's.</param>
    /// <param name="indices">The frame's side information.</param>
    /// <param name="pulses">A frame, rounded up to whole blocks.</param>
    public void Read(RangeDecoder bits, SilkIndices indices, Span<short> pulses)
    {
        var voiced = indices.Signal == SilkSignal.Voiced ? 1 : 0;
        var level = bits.Symbol(SilkTables.RateLevels.Slice(9 * voiced, 9));
        var blocks = pulses.Length / BlockLength;
        for (var i = 0; i < blocks; i++)
        {
            var count = bits.Symbol(SilkTables.PulseCounts(level));
            var lower = 0;
            while (count > MostPulses)
                count = bits.Symbol(SilkTables.PulseCounts(RateLevels - 1)[(++lower == MostLowerBits ? 1 : 0)..]);
            (_counts[i], _lowerBits[i]) = (count, lower);
        }

        pulses.Clear();
        for (var i = 0; i < blocks; i++)
            if (_counts[i] > 0)
                Split(bits, pulses.Slice(i * BlockLength, BlockLength), _counts[i], 3);
        for (var i = 0; i < blocks; i++)
            if (_lowerBits[i] > 0)
                ReadLowerBits(bits, pulses.Slice(i * BlockLength, BlockLength), _lowerBits[i]);
        ReadSigns(bits, indices, pulses);
    }

    // 4.2.7.8.3: how many pulses the first half has, then each half's halves, the first to its end before the second.
    private static void Split(RangeDecoder bits, Span<short> part, int count, int depth)
    {
        if (count == 0)
            return;
        if (part.Length == 1)
        {
            part[0] = (short)count;
            return;
        }

        var half = part.Length / 2;
        var first = bits.Symbol(SilkTables.Splits(depth, count));
        Split(bits, part[..half], first, depth - 1);
        Split(bits, part[half..], count - first, depth - 1);
    }

    // 4.2.7.8.4
    private static void ReadLowerBits(RangeDecoder bits, Span<short> block, int count)
    {
        foreach (ref var pulse in block)
            for (var i = 0; i < count; i++)
                pulse = (short)(2 * pulse + bits.Symbol(SilkTables.LowerBits));
    }

    // 4.2.7.8.5
    private void ReadSigns(RangeDecoder bits, SilkIndices indices, Span<short> pulses)
    {
        const int Counts = 7;
        Span<byte> above = stackalloc byte[2];
        above[1] = 0;
        var signs = SilkTables.Signs.Slice(Counts * (2 * (int)indices.Signal + indices.OffsetType), Counts);
        for (var i = 0; i < pulses.Length / BlockLength; i++)
        {
            if (_counts[i] == 0 && _lowerBits[i] == 0)
                continue;
            above[0] = signs[Math.Min(_counts[i], Counts - 1)];
            foreach (ref var pulse in pulses.Slice(i * BlockLength, BlockLength))
                if (pulse > 0 && bits.Symbol(above) == 0)
                    pulse = (short)-pulse;
        }
    }
}
