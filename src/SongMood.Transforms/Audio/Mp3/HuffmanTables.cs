namespace SongMood.Audio.Mp3;

/// <summary>
/// The code books as look-up tables. A pair table is indexed by the next <see cref="RootBits"/> bits; an entry is either a pair
/// or, for longer codes, a link to a second table indexed by the bits that follow.
/// </summary>
internal static class HuffmanTables
{
    public const int RootBits = 8;

    /// <summary>Bits that index <see cref="Quadruples"/>: a code of at most 6 bits and at most 4 signs.</summary>
    public const int QuadrupleBits = 10;

    /// <summary>
    /// All pair tables in one array. An entry: bits 0 to 7 code length, 8 to 11 x, 12 to 15 y, 16 whether x has a sign,
    /// 24 to 31 code length and signs together. A link: bits 0 to 7 zero, 8 to 12 index bits, 13 and up where its table begins.
    /// </summary>
    public static uint[] Entries { get; }

    /// <summary>Where pair table 0 to 31 begins in <see cref="Entries"/>; -1 for those that have no codes (0, 4 and 14).</summary>
    public static int[] Starts { get; } = new int[32];

    /// <summary>By table (A, B) and the next bits: code length and signs in the low byte, then v, w, x, y (8 bits each).</summary>
    public static ulong[][] Quadruples { get; }

    static HuffmanTables()
    {
        var entries = new List<uint>();
        for (var table = 0; table < 32; table++)
            Starts[table] = table > 16 && table != 24
                ? Starts[table < 24 ? 16 : 24]
                : HuffmanCodeBooks.Pairs[table] is { } book ? AddPairTable(entries, book) : -1;
        Entries = [.. entries];
        Quadruples = [.. HuffmanCodeBooks.Quadruples.Select(QuadrupleTable)];
    }

    private static int AddPairTable(List<uint> entries, HuffmanCodeBooks.Book book)
    {
        var start = entries.Count;
        entries.AddRange(new uint[1 << RootBits]);
        foreach (var (firstWord, longest, codes) in GroupByRoot(book))
        {
            if (longest <= RootBits)
            {
                Fill(entries, start, RootBits, firstWord, codes[0], 0);
                continue;
            }

            var subBits = longest - RootBits;
            var subStart = entries.Count;
            entries.AddRange(new uint[1 << subBits]);
            entries[start + (int)(firstWord >> (32 - RootBits))] = (uint)(subBits << 8 | subStart << 13);
            var word = firstWord;
            foreach (var code in codes)
            {
                Fill(entries, subStart, subBits, word << RootBits, code, RootBits);
                word += 1u << (32 - code.Length);
            }
        }

        return start;
    }

    // Codes that agree in their first RootBits bits (a short code is alone); word is the first one's.
    private static IEnumerable<(uint Word, int Longest, List<(int Symbol, int Length)> Codes)> GroupByRoot(HuffmanCodeBooks.Book book)
    {
        uint word = 0;
        for (var i = 0; i < book.Codes.Length;)
        {
            var first = word;
            var codes = new List<(int Symbol, int Length)>();
            do
            {
                codes.Add(book.Codes[i]);
                word += 1u << (32 - book.Codes[i].Length);
                i++;
            }
            while (i < book.Codes.Length && word >> (32 - RootBits) == first >> (32 - RootBits));
            yield return (first, codes.Max(code => code.Length), codes);
        }
    }

    // Writes a code's entry wherever the bits after the first <skipped> ones of its word begin an index.
    private static void Fill(List<uint> entries, int start, int indexBits, uint word, (int Symbol, int Length) code, int skipped)
    {
        int x = code.Symbol >> 4, y = code.Symbol & 15;
        var signs = (x != 0 ? 1 : 0) + (y != 0 ? 1 : 0);
        var entry = (uint)(code.Length | x << 8 | y << 12 | (x != 0 ? 1 : 0) << 16 | (code.Length + signs) << 24);
        var first = (int)(word >> (32 - indexBits));
        for (var i = 0; i < 1 << (indexBits - (code.Length - skipped)); i++)
            entries[start + first + i] = entry;
    }

    private static ulong[] QuadrupleTable(HuffmanCodeBooks.Book book)
    {
        var table = new ulong[1 << QuadrupleBits];
        var index = 0;
        foreach (var (symbol, length) in book.Codes)
            for (var rest = 0; rest < 1 << (QuadrupleBits - length); rest++, index++)
            {
                ulong entry = 0;
                var used = length;
                for (var i = 0; i < 4; i++)
                    if ((symbol >> (3 - i) & 1) != 0)
                    {
                        var isNegative = (index >> (QuadrupleBits - 1 - used) & 1) != 0;
                        entry |= (ulong)(byte)(isNegative ? -1 : 1) << (8 + 8 * i);
                        used++;
                    }

                table[index] = entry | (uint)used;
            }

        return table;
    }
}
