using System.Numerics;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// The codewords of a book, made from their lengths alone (Vorbis I specification, 3.2.1): each entry in turn gets the lowest word of its
/// length that no word before it begins, and together they leave none out.
/// </summary>
internal sealed class Codewords
{
    private const int MostBits = 32;

    private readonly byte[] _lengths;
    private readonly uint[] _words; // from the highest bit on

    private Codewords(byte[] lengths, uint[] words) => (_lengths, _words) = (lengths, words);

    public int EntryCount => _lengths.Length;

    /// <summary>The codewords for these lengths; null with a reason where there are none.</summary>
    /// <param name="lengths">Bits of each entry's word, 1 to 32; 0 for an entry that is not used.</param>
    /// <param name="problem">What is wrong with them.</param>
    public static Codewords? TryMake(byte[] lengths, out string problem)
    {
        problem = "";
        var words = new uint[lengths.Length];
        // The lowest word of each length that is free. There is at most one for a length, and the longer, the lower it is: a word is
        // taken from the longest that is no longer than it, and leaves its other half, and that one's, free.
        Span<uint> free = stackalloc uint[MostBits + 1];
        var isFree = 0UL; // a bit a length
        var used = 0;
        for (var entry = 0; entry < lengths.Length; entry++)
        {
            int length = lengths[entry];
            if (length == 0)
                continue;
            if (used++ == 0)
                isFree = 1; // a word without bits, which all begin with
            var fitting = isFree & ((2UL << length) - 1);
            if (fitting == 0)
            {
                problem = $"more codewords than there can be ({used - 1} of the lengths before entry {entry} leave none of {length} bits)";
                return null;
            }

            var from = BitOperations.Log2(fitting);
            isFree &= ~(1UL << from);
            words[entry] = free[from];
            for (var half = from + 1; half <= length; half++)
            {
                free[half] = words[entry] | 1u << (MostBits - half);
                isFree |= 1UL << half;
            }
        }

        // A single word has one bit, and either value of it is taken for it.
        if (isFree != 0 && (used != 1 || isFree != 2))
        {
            problem = $"codewords of lengths that leave some out (among {used})";
            return null;
        }

        return new Codewords(lengths, words);
    }

    /// <summary>A word's bits from the highest of a number on, and how many they are.</summary>
    public (uint Bits, int Length) this[int entry] => (_words[entry], _lengths[entry]);

    /// <summary>
    /// A table by the next bits, as <see cref="Codebook.Table"/> has it, pinned; and the words that are longer than its bits, ascending.
    /// </summary>
    public (int[] Table, LongCodeword[] Long) MakeTable(int mostBits)
    {
        var longest = 0;
        foreach (var length in _lengths)
            longest = Math.Max(longest, length);
        var bits = Math.Min(longest, mostBits);
        var table = GC.AllocateArray<int>(1 << bits, pinned: true);
        var isSingle = longest == 1 && _lengths.AsSpan().Count((byte)1) == 1;
        for (var entry = 0; entry < _lengths.Length; entry++)
        {
            int length = _lengths[entry];
            if (length == 0 || length > bits)
                continue;
            var first = (int)Codebook.ReverseBits(_words[entry]);
            for (var at = first; at < table.Length; at += isSingle ? 1 : 1 << length)
                table[at] = entry << Codebook.LengthBits | length;
        }

        return (table, longest > bits ? PlaceLong(table, bits) : []);
    }

    private LongCodeword[] PlaceLong(int[] table, int bits)
    {
        var entries = new List<int>();
        for (var entry = 0; entry < _lengths.Length; entry++)
            if (_lengths[entry] > bits)
                entries.Add(entry);
        var keys = entries.Select(entry => _words[entry]).ToArray();
        var sorted = entries.ToArray();
        Array.Sort(keys, sorted);
        var words = new LongCodeword[sorted.Length];
        for (int i = 0, first = 0; i < words.Length; i++)
        {
            if (keys[i] >> (MostBits - bits) != keys[first] >> (MostBits - bits))
                first = i;
            words[i] = new(keys[i], sorted[i] << Codebook.LengthBits | _lengths[sorted[i]], first);
            table[(int)Codebook.ReverseBits(keys[i]) & (table.Length - 1)] = i << Codebook.LengthBits; // the last one stays
        }

        return words;
    }
}
