using System.Runtime.CompilerServices;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// A codebook (Vorbis I specification, 3): entries by codewords, and, where it has them, a vector for each entry. Codewords of up to
/// <see cref="TableBits"/> bits are one look into a table; longer ones are searched among those that begin alike.
/// </summary>
internal sealed unsafe class Codebook
{
    /// <summary>The most bits that the table is looked into by.</summary>
    public const int TableBits = 10;

    /// <summary>Bits of a table's element that tell the codeword's length; the entry is above them.</summary>
    public const int LengthBits = 6;

    /// <summary>The same as a mask.</summary>
    public const int LengthMask = (1 << LengthBits) - 1;

    private readonly int[] _table;
    private readonly LongCodeword[] _long;

    /// <param name="dimensions">Numbers of a vector.</param>
    /// <param name="codewords">The entries' codewords.</param>
    /// <param name="vectors">The entries' vectors in a row; null for a book without.</param>
    public Codebook(int dimensions, Codewords codewords, float[]? vectors)
    {
        Dimensions = dimensions;
        EntryCount = codewords.EntryCount;
        (_table, _long) = codewords.MakeTable(TableBits);
        TableMask = _table.Length - 1;
        Table = (int*)Unsafe.AsPointer(ref _table[0]);
        VectorArray = vectors;
        if (vectors is { Length: > 0 })
            Vectors = (float*)Unsafe.AsPointer(ref vectors[0]);
    }

    public int Dimensions { get; }

    public int EntryCount { get; }

    /// <summary>Whether entries stand for vectors.</summary>
    public bool HasVectors => VectorArray is not null;

    /// <summary>The vectors in a row, pinned, for <see cref="Vectors"/>.</summary>
    public float[]? VectorArray { get; }

    /// <summary>An entry's vector begins at entry times <see cref="Dimensions"/>.</summary>
    public float* Vectors { get; }

    /// <summary>By the next bits: entry and length; where the length is 0, <see cref="FindLong"/> knows.</summary>
    public int* Table { get; }

    public int TableMask { get; }

    /// <summary>The next entry; -1 where the packet ends before its codeword does.</summary>
    public int ReadEntry(VorbisBits bits)
    {
        var window = VorbisBits.At(bits.Start, bits.Position);
        var code = Table[(int)window & TableMask];
        if ((code & LengthMask) == 0)
            code = FindLong(code, (uint)window);
        return bits.TryMoveTo(bits.Position + (code & LengthMask)) ? code >> LengthBits : -1;
    }

    /// <summary>Finds a codeword that the table is too small for.</summary>
    /// <param name="code">What the table says: the last long codeword that begins as the bits do.</param>
    /// <param name="window">The next 32 bits, the first one lowest.</param>
    /// <returns>Entry and length, as in the table; -1 of a book without entries, in which nothing is found.</returns>
    public int FindLong(int code, uint window)
    {
        if (_long.Length == 0)
            return -1;
        var low = _long[code >> LengthBits].First;
        var high = code >> LengthBits;
        var bits = ReverseBits(window);
        while (low < high) // the last one that is not above the bits
        {
            var middle = (low + high + 1) >> 1;
            if (_long[middle].Bits <= bits)
                low = middle;
            else
                high = middle - 1;
        }

        return _long[low].Code;
    }

    /// <summary>A number's 32 bits in the other order.</summary>
    public static uint ReverseBits(uint value)
    {
        value = value >> 1 & 0x55555555 | (value & 0x55555555) << 1;
        value = value >> 2 & 0x33333333 | (value & 0x33333333) << 2;
        value = value >> 4 & 0x0F0F0F0F | (value & 0x0F0F0F0F) << 4;
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}

/// <summary>A codeword of more bits than the table has.</summary>
/// <param name="Bits">Its bits from the highest on.</param>
/// <param name="Code">Entry and length, as in the table.</param>
/// <param name="First">The first that begins with the same bits, as far as the table looks.</param>
internal readonly record struct LongCodeword(uint Bits, int Code, int First);
