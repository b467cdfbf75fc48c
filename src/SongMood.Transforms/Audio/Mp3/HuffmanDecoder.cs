using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SongMood.Audio.Mp3;

/// <summary>Decodes the quantised spectrum of one channel of one granule (ISO/IEC 11172-3, 2.4.2.7 and 2.4.3.4.6).</summary>
internal static class HuffmanDecoder
{
    /// <summary>Bytes that must follow the main data in its array: a refill reads eight, and a bad code overruns by a few.</summary>
    public const int BytesAfterData = 32;

    /// <summary>
    /// Decodes from <paramref name="bitStart"/> to <paramref name="bitEnd"/> into <paramref name="lines"/> (576), zero where
    /// nothing is coded, and returns how many lines there are before the zeros at the end (even). Lines from
    /// <paramref name="limit"/> (even) on are not decoded.
    /// </summary>
    public static int Decode(
        ReadOnlySpan<byte> mainData, int bitStart, int bitEnd, in GranuleChannel info, int rateRow, Span<int> lines, int limit = 576)
    {
        var bigEnd = Math.Min(limit, 2 * info.BigValues);
        var (region1, region2) = RegionBounds(info, rateRow);
        region1 = Math.Min(region1, bigEnd);
        region2 = Math.Min(region2, bigEnd);
        var lastByte = (bitEnd >> 3) + 8; // past this, a refill reads what is no longer ours
        ref var quantised = ref MemoryMarshal.GetReference(lines);
        var buffer = new BitBuffer(ref MemoryMarshal.GetReference(mainData), bitStart);
        DecodePairs(ref buffer, info.Table0, ref quantised, 0, region1, lastByte);
        DecodePairs(ref buffer, info.Table1, ref quantised, region1, region2, lastByte);
        DecodePairs(ref buffer, info.Table2, ref quantised, region2, bigEnd, lastByte);
        var end = bigEnd < limit ? DecodeQuadruples(ref buffer, info.Count1Table, lines, bigEnd, bitEnd, limit) : bigEnd;
        lines[end..].Clear();
        return end;
    }

    /// <summary>The first lines of regions 1 and 2.</summary>
    private static (int Region1, int Region2) RegionBounds(in GranuleChannel info, int rateRow)
    {
        var edges = ScaleFactorBands.LongEdgesOf(rateRow);
        if (!info.IsWindowSwitching)
            return (edges[info.Region0Count + 1], edges[Math.Min(info.Region0Count + info.Region1Count + 2, edges.Length - 1)]);

        // 2.4.2.7, region0_count: 8 long bands, or 9 short ones (three bands of three windows). Region 1 takes the rest.
        return (info.IsShort ? (rateRow == 8 ? 72 : 36) : edges[8], 576);
    }

    private static void DecodePairs(ref BitBuffer callersBuffer, int table, ref int lines, int from, int to, int lastByte)
    {
        var start = HuffmanTables.Starts[table];
        if (start < 0)
        {
            if (from < to)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref lines, from), to - from).Clear();
            return;
        }

        var buffer = callersBuffer; // a copy, so that its fields stay in registers
        ref var entries = ref MemoryMarshal.GetArrayDataReference(HuffmanTables.Entries);
        ref var root = ref Unsafe.Add(ref entries, start);
        var line = from;
        if (table < 16)
        {
            // Without linbits, two pairs take at most 2 (19 + 2) of the 56 bits of a refill.
            for (; line + 2 < to && buffer.NextByte <= lastByte; line += 4)
            {
                buffer.Refill();
                var entry = Look(ref buffer, ref root, ref entries);
                Store(ref buffer, entry, ref Unsafe.Add(ref lines, line));
                entry = Look(ref buffer, ref root, ref entries);
                Store(ref buffer, entry, ref Unsafe.Add(ref lines, line + 2));
            }

            for (; line < to && buffer.NextByte <= lastByte; line += 2)
            {
                buffer.Refill();
                var entry = Look(ref buffer, ref root, ref entries);
                Store(ref buffer, entry, ref Unsafe.Add(ref lines, line));
            }
        }
        else
        {
            int linBits = HuffmanCodeBooks.LinBits[table - 16];
            for (; line < to && buffer.NextByte <= lastByte; line += 2)
            {
                buffer.Refill();
                var entry = Look(ref buffer, ref root, ref entries);
                if ((entry & 0xF00) == 0xF00 || (entry & 0xF000) == 0xF000)
                    StoreEscaped(ref buffer, entry, linBits, ref Unsafe.Add(ref lines, line));
                else
                    Store(ref buffer, entry, ref Unsafe.Add(ref lines, line));
            }
        }

        if (line < to)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref lines, line), to - line).Clear();
        callersBuffer = buffer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Look(ref BitBuffer buffer, ref uint root, ref uint entries)
    {
        var bits = buffer.Bits;
        var entry = Unsafe.Add(ref root, (nint)(bits >> (64 - HuffmanTables.RootBits)));
        if ((byte)entry == 0)
            entry = Unsafe.Add(ref entries, (nint)(entry >> 13) + (nint)(bits << HuffmanTables.RootBits >> -(int)(entry >> 8 & 31)));
        return entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref BitBuffer buffer, uint entry, ref int pair)
    {
        // The sign bits follow the code word, x's first; a zero has none, and negating it by its neighbour's sign does no harm.
        var signs = (long)(buffer.Bits << (int)(entry & 31));
        var signX = (int)(signs >> 63);
        var signY = (int)(signs << (int)(entry >> 16 & 1) >> 63);
        pair = ((int)(entry >> 8 & 15) ^ signX) - signX;
        Unsafe.Add(ref pair, 1) = ((int)(entry >> 12 & 15) ^ signY) - signY;
        buffer.Drop((int)(entry >> 24));
    }

    // A value of 15 is followed by linbits more to add, then by its sign; then comes the other value's turn.
    private static void StoreEscaped(ref BitBuffer buffer, uint entry, int linBits, ref int pair)
    {
        buffer.Drop((int)(entry & 31));
        pair = ReadValue(ref buffer, (int)(entry >> 8 & 15), linBits);
        Unsafe.Add(ref pair, 1) = ReadValue(ref buffer, (int)(entry >> 12 & 15), linBits);
    }

    private static int ReadValue(ref BitBuffer buffer, int value, int linBits)
    {
        if (value == 15)
        {
            value += (int)(buffer.Bits >> (64 - linBits));
            buffer.Drop(linBits);
        }

        if (value == 0)
            return 0;
        var sign = (int)((long)buffer.Bits >> 63);
        buffer.Drop(1);
        return (value ^ sign) - sign;
    }

    private static int DecodeQuadruples(ref BitBuffer callersBuffer, int table, Span<int> lines, int from, int bitEnd, int limit)
    {
        var buffer = callersBuffer;
        var entries = HuffmanTables.Quadruples[table];
        var line = from;
        while (line + 4 <= lines.Length && line < limit && buffer.Position < bitEnd)
        {
            buffer.Refill();
            var entry = entries[buffer.Bits >> (64 - HuffmanTables.QuadrupleBits)];
            buffer.Drop((int)(entry & 31));
            if (buffer.Position > bitEnd)
                break; // 2.4.3.4.6: what the end cuts is stuffing, not data
            lines[line] = (sbyte)(entry >> 8);
            lines[line + 1] = (sbyte)(entry >> 16);
            lines[line + 2] = (sbyte)(entry >> 24);
            lines[line + 3] = (sbyte)(entry >> 32);
            line += 4;
        }

        return line;
    }
}
