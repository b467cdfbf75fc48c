using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>Decodes the quantised spectrum of one channel of one granule (ISO/IEC 11172-3, 2.4.2.7 and 2.4.3.4.6).</summary>
internal static class HuffmanDecoder
{
    /// <summary>Bytes that must follow the main data in its array: a refill reads eight, and a bad code overruns by a few.</summary>
    public const int BytesAfterData = 32;

    private const int LineCount = 576;

    /// <summary>
    /// Decodes from <paramref name="bitStart"/> to <paramref name="bitEnd"/> into <paramref name="lines"/> (576, with
    /// <see cref="Requantizer.LinesAfterEnd"/> more behind them in their array), zero where nothing is coded, and returns how many lines
    /// there are before the zeros at the end (even). Lines from <paramref name="limit"/> (even) on are not decoded.
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
        var end = bigEnd < limit ? DecodeQuadruples(ref buffer, info.Count1Table, ref quantised, bigEnd, bitEnd, limit) : bigEnd;
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

    private static void DecodePairs(ref BitBuffer buffer, int table, ref int lines, int from, int to, int lastByte)
    {
        var start = HuffmanTables.Starts[table];
        var line = from;
        if (start >= 0)
        {
            ref var entries = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(HuffmanTables.Entries), start);
            line = table < 16
                ? DecodeSmall(ref buffer, ref entries, ref lines, from, to, lastByte)
                : DecodeLarge(ref buffer, ref entries, HuffmanCodeBooks.LinBits[table - 16], ref lines, from, to, lastByte);
        }

        if (line < to)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref lines, line), to - line).Clear();
    }

    // Pairs without linbits.
    private static int DecodeSmall(ref BitBuffer callersBuffer, ref uint entries, ref int lines, int from, int to, int lastByte)
    {
        var buffer = callersBuffer; // a copy whose address nobody takes, so that its fields stay in registers
        var line = from;
        while (line < to && buffer.NextByte <= lastByte)
        {
            // Four times an index fit into the bits at hand; a longer code comes first only.
            buffer.Refill();
            var entry = Look(ref buffer, ref entries, HuffmanTables.SmallIndexBits);
            if (entry >= HuffmanTables.Link)
            {
                entry = LookFurther(ref buffer, entry, HuffmanTables.SmallIndexBits);
                Store(entry, ref Unsafe.Add(ref lines, line));
                buffer.Drop((int)(entry & 63));
                line += 2;
                continue;
            }

            if (line + 4 > to)
            {
                Store(entry, ref Unsafe.Add(ref lines, line));
                buffer.Drop(HuffmanTables.BitsOfFirst(entry));
                line += 2;
                break;
            }

            Store(entry, ref Unsafe.Add(ref lines, line));
            Pass(ref buffer, entry, ref line);
            if (TryNext(ref buffer, ref entries, ref lines, ref line, to) && TryNext(ref buffer, ref entries, ref lines, ref line, to))
                TryNext(ref buffer, ref entries, ref lines, ref line, to);
        }

        callersBuffer = buffer;
        return line;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNext(ref BitBuffer buffer, ref uint entries, ref int lines, ref int line, int to)
    {
        if (line + 4 > to)
            return false;
        var entry = Look(ref buffer, ref entries, HuffmanTables.SmallIndexBits);
        if (entry >= HuffmanTables.Link)
            return false;
        Store(entry, ref Unsafe.Add(ref lines, line));
        Pass(ref buffer, entry, ref line);
        return true;
    }

    // Pairs with linbits: to a value of 15 they are added; after them comes its sign, then the other value's turn. A pair takes at most
    // 17 + 2 (13 + 1) of the 56 bits at hand. No branch here depends on the values, which are hard to foretell.
    private static int DecodeLarge(
        ref BitBuffer callersBuffer, ref uint entries, int linBits, ref int lines, int from, int to, int lastByte)
    {
        var buffer = callersBuffer;
        var line = from;
        for (; line < to && buffer.NextByte <= lastByte; line += 2)
        {
            buffer.Refill();
            var entry = Look(ref buffer, ref entries, HuffmanTables.LargeIndexBits);
            if (entry >= HuffmanTables.Link)
                entry = LookFurther(ref buffer, entry, HuffmanTables.LargeIndexBits);
            var linBitsX = linBits & (int)(entry << 2) >> 31;
            var linBitsY = linBits & (int)(entry << 1) >> 31;
            var bits = buffer.Bits << (int)(entry >> 14 & 31);
            buffer.Drop((int)(entry & 63) + linBitsX + linBitsY);
            var x = (int)(entry >> 6 & 15) + (int)(bits >> 1 >> (63 - linBitsX));
            bits <<= linBitsX;
            var signX = (int)((long)bits >> 63);
            bits <<= (int)(entry >> 27 & 1);
            var y = (int)(entry >> 10 & 15) + (int)(bits >> 1 >> (63 - linBitsY));
            bits <<= linBitsY;
            var signY = (int)((long)bits >> 63);
            Unsafe.Add(ref lines, line) = (x ^ signX) - signX; // a zero has no sign, and takes none
            Unsafe.Add(ref lines, line + 1) = (y ^ signY) - signY;
        }

        callersBuffer = buffer;
        return line;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Look(ref BitBuffer buffer, ref uint entries, int indexBits) =>
        Unsafe.Add(ref entries, (nint)(buffer.Bits >> (64 - indexBits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LookFurther(ref BitBuffer buffer, uint link, int indexBits) =>
        HuffmanTables.Entries[
            (int)((link & ~HuffmanTables.Link) >> 5) + (int)(buffer.Bits << indexBits >> -(int)(link & 31))];

    // Four numbers, of which only two may count: the others are overwritten by those that follow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(uint entry, ref int lines) =>
        (Vector128.Create((int)entry) * Vector128.Create(HuffmanTables.NumberFactors) >> HuffmanTables.NumberShift).StoreUnsafe(ref lines);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(ref BitBuffer buffer, uint entry, ref int line)
    {
        buffer.Drop((int)(entry & 63));
        line += HuffmanTables.LineCount(entry);
    }

    private static int DecodeQuadruples(ref BitBuffer callersBuffer, int table, ref int lines, int from, int bitEnd, int limit)
    {
        var buffer = callersBuffer;
        ref var entries = ref MemoryMarshal.GetArrayDataReference(HuffmanTables.Quadruples[table]);
        var line = from;
        for (var bitsLeft = bitEnd - buffer.Position; bitsLeft > 0 && line < limit && line + 4 <= LineCount; line += 4)
        {
            buffer.Refill();
            var entry = Look(ref buffer, ref entries, HuffmanTables.QuadrupleBits);
            var used = (int)(entry & 63);
            buffer.Drop(used);
            bitsLeft -= used;
            if (bitsLeft < 0)
                break; // 2.4.3.4.6: what the end cuts is stuffing, not data
            Store(entry, ref Unsafe.Add(ref lines, line));
        }

        return line;
    }
}
