namespace SongMood.Audio.Mp3;

/// <summary>
/// The code books as look-up tables, indexed by the next bits of the stream. In those of small numbers, and of quadruples, an entry tells
/// a pair, or two, or a quadruple, signs and all; in those with linbits it tells a pair without its signs. A code that is longer than
/// an index is found in a second table, by the bits that follow.
/// </summary>
/// <remarks>
/// From the lowest bit on: 6 bits of what all of it takes of the stream, but linbits. Then, with signs, four numbers of 5 bits in two's
/// complement, and 4 bits of what the first pair takes by itself; bit 30 says that there are two pairs. Without signs: x and y of 4 bits
/// each, 5 bits of the code's length; bits 27 to 30 say whether x is not 0, y is not 0, x is 15, y is 15. Bit 31 is 0. Where it is 1, there
/// is a link: 5 bits for how many bits index its table, then where that begins.
/// </remarks>
internal static class HuffmanTables
{
    /// <summary>Bits that index a pair table without linbits: four times as many are less than the 56 of a refill.</summary>
    public const int SmallIndexBits = 9;

    /// <summary>Bits that index a pair table with linbits: all codes of tables 24 to 31 are that short.</summary>
    public const int LargeIndexBits = 12;

    /// <summary>Bits that index <see cref="Quadruples"/>: a code of at most 6 bits and at most 4 signs.</summary>
    public const int QuadrupleBits = 10;

    /// <summary>What every link has, and no other entry.</summary>
    public const uint Link = 1u << 31;

    /// <summary>An entry with signs times these, shifted right by <see cref="NumberShift"/>, is its four numbers.</summary>
    public static ReadOnlySpan<int> NumberFactors => [1 << 21, 1 << 16, 1 << 11, 1 << 6];

    public const int NumberShift = 32 - 5;

    private const int FirstWithLinBits = 16;
    private const uint HasTwoPairs = 1u << 30;

    /// <summary>All pair tables in one array.</summary>
    public static uint[] Entries { get; }

    /// <summary>Where pair table 0 to 31 begins in <see cref="Entries"/>; -1 for those that have no codes (0, 4 and 14).</summary>
    public static int[] Starts { get; } = new int[32];

    /// <summary>Tables A and B of quadruples.</summary>
    public static uint[][] Quadruples { get; }

    static HuffmanTables()
    {
        var entries = new List<uint>();
        for (var table = 0; table < 32; table++)
            if (table is > FirstWithLinBits and not 24) // another number of linbits, the same codes
                Starts[table] = Starts[table - 1];
            else if (HuffmanCodeBooks.Pairs[table] is not { } book)
                Starts[table] = -1;
            else if (table < FirstWithLinBits)
            {
                Starts[table] = AddTable(entries, [.. book.Codes.SelectMany(WithSigns)], SmallIndexBits);
                AddNextPairs(entries, Starts[table]);
            }
            else
                Starts[table] = AddTable(entries, [.. book.Codes.Select(WithoutSigns)], LargeIndexBits);
        Entries = [.. entries];
        Quadruples = [.. HuffmanCodeBooks.Quadruples.Select(QuadrupleTable)];
    }

    /// <summary>How many bits the first pair takes by itself.</summary>
    public static int BitsOfFirst(uint entry) => (int)(entry >> 26 & 15);

    /// <summary>2 or 4.</summary>
    public static int LineCount(uint entry) => 2 + (int)(entry >> 29 & 2);

    // A code with each of its signs is a word of its own: the words go on ascending as binary fractions, each next to the one before.
    private static IEnumerable<(int Length, uint Entry)> WithSigns((int Symbol, int Length) code)
    {
        int x = code.Symbol >> 4, y = code.Symbol & 15;
        var length = code.Length + Math.Sign(x) + Math.Sign(y);
        foreach (var signedX in x == 0 ? [0] : new[] { x, -x })
            foreach (var signedY in y == 0 ? [0] : new[] { y, -y })
                yield return (length, Pack(length, signedX, signedY));
    }

    private static (int Length, uint Entry) WithoutSigns((int Symbol, int Length) code)
    {
        int x = code.Symbol >> 4, y = code.Symbol & 15;
        var (hasX, hasY) = (Math.Sign(x), Math.Sign(y));
        var flags = hasX | hasY << 1 | (x + 1 >> 4) << 2 | (y + 1 >> 4) << 3;
        return (code.Length, (uint)(code.Length + hasX + hasY | x << 6 | y << 10 | code.Length << 14 | flags << 27));
    }

    private static uint Pack(int length, params ReadOnlySpan<int> numbers)
    {
        var entry = (uint)length;
        for (var i = 0; i < numbers.Length; i++)
            entry |= (uint)(numbers[i] & 31) << (6 + 5 * i);
        return entry;
    }

    private static int AddTable(List<uint> entries, (int Length, uint Entry)[] words, int indexBits)
    {
        var start = entries.Count;
        entries.AddRange(new uint[1 << indexBits]);
        for (int i = 0, index = 0; i < words.Length;)
        {
            if (words[i].Length <= indexBits)
            {
                for (var end = index + (1 << (indexBits - words[i].Length)); index < end; index++)
                    entries[start + index] = words[i].Entry;
                i++;
                continue;
            }

            // The words that begin with this index fill it exactly.
            var first = i;
            for (var share = 0.0; share < 1; i++)
                share += Math.Pow(2, indexBits - words[i].Length);
            entries[start + index++] = AddLinked(entries, words.AsSpan(first..i), indexBits);
        }

        return start;
    }

    private static uint AddLinked(List<uint> entries, ReadOnlySpan<(int Length, uint Entry)> words, int skippedBits)
    {
        var bits = 0;
        foreach (var word in words)
            bits = Math.Max(bits, word.Length - skippedBits);
        var link = Link | (uint)(bits | entries.Count << 5);
        foreach (var word in words)
            entries.AddRange(Enumerable.Repeat(word.Entry, 1 << (bits - (word.Length - skippedBits))));
        return link;
    }

    // To each pair the one that follows it, where the index tells that one as a whole, too.
    private static void AddNextPairs(List<uint> entries, int start)
    {
        var pairs = entries.GetRange(start, 1 << SmallIndexBits);
        for (var index = 0; index < pairs.Count; index++)
        {
            var first = pairs[index];
            if (first >= Link)
                continue;
            var used = (int)(first & 63);
            var second = pairs[index << used & (pairs.Count - 1)];
            first |= (uint)used << 26;
            if (second < Link && used + (int)(second & 63) <= SmallIndexBits)
                first = first + (second & 63) | (second >> 6 & 1023) << 16 | HasTwoPairs;
            entries[start + index] = first;
        }
    }

    private static uint[] QuadrupleTable(HuffmanCodeBooks.Book book)
    {
        var table = new uint[1 << QuadrupleBits];
        var index = 0;
        Span<int> numbers = stackalloc int[4];
        foreach (var (symbol, length) in book.Codes)
            for (var rest = 0; rest < 1 << (QuadrupleBits - length); rest++, index++)
            {
                var used = length;
                for (var i = 0; i < 4; i++)
                {
                    numbers[i] = symbol >> (3 - i) & 1;
                    if (numbers[i] != 0)
                        numbers[i] -= 2 * (index >> (QuadrupleBits - ++used) & 1);
                }

                table[index] = Pack(used, numbers);
            }

        return table;
    }
}
