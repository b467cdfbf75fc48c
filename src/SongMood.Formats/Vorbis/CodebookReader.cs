namespace SongMood.Formats.Vorbis;

/// <summary>
/// Reads the codebooks of a setup header (Vorbis I specification, 3.2.1). A few bits may promise books of gigabytes, so what all books
/// come to is bounded before there is room for it.
/// </summary>
/// <param name="bits">The setup header.</param>
internal sealed class CodebookReader(VorbisBits bits)
{
    /// <summary>Numbers in all vectors, and scalar entries, however short a header is; libvorbis' own have up to 60,000.</summary>
    public const int FreeNumbers = 1 << 16;

    /// <summary>The same of any.</summary>
    public const int MostNumbers = 1 << 22;

    private const int NumbersAByte = 256; // of the header; libvorbis' own have up to 23

    private const uint Mark = 0x564342;
    private const int LengthWidth = 5, NoLookup = 0, Lattice = 1, Tabulated = 2;

    private readonly int _most = (int)Math.Min(MostNumbers, FreeNumbers + (long)NumbersAByte * bits.Length / 8);
    private int _numbers;

    public Codebook Read()
    {
        var mark = bits.Read(24);
        int dimensions = (int)bits.Read(16), entries = (int)bits.Read(24);
        if (bits.IsPastEnd || mark != Mark)
            throw Fault($"0x{mark:X6} where a codebook begins with 0x{Mark:X6}");
        if ((long)Math.Max(1, dimensions) * entries > _most - _numbers)
            throw Fault($"a codebook of {entries} entries of {dimensions} numbers; {_most} numbers in all codebooks are the most that "
                + "are read from a header of its length");
        var lengths = bits.ReadFlag() ? ReadAscendingLengths(entries) : ReadLengths(entries);
        if (bits.IsPastEnd)
            throw Fault("");
        if (Codewords.TryMake(lengths, out var problem) is not { } codewords)
            throw Fault(problem);
        var lookup = bits.Read(4);
        if (lookup > Tabulated)
            throw Fault($"a codebook of lookup type {lookup}; 0, 1 and 2 are in Vorbis I");
        _numbers += Math.Max(1, lookup == NoLookup ? 1 : dimensions) * entries;
        return new Codebook(dimensions, codewords, lookup == NoLookup ? null : ReadVectors(entries, dimensions, lookup == Lattice));
    }

    private byte[] ReadLengths(int entries)
    {
        var isSparse = bits.ReadFlag();
        if (entries * (isSparse ? 1L : LengthWidth) > bits.Length - bits.Position)
            throw Fault($"a codebook of {entries} entries, more than there are bits for");
        var lengths = new byte[entries];
        foreach (ref var length in lengths.AsSpan())
            if (!isSparse || bits.ReadFlag())
                length = (byte)(bits.Read(LengthWidth) + 1);
        return lengths;
    }

    // In the order of their lengths: how many of each.
    private byte[] ReadAscendingLengths(int entries)
    {
        var lengths = new byte[entries];
        var length = (int)bits.Read(LengthWidth) + 1;
        for (var entry = 0; entry < entries; length++)
        {
            var count = (int)bits.Read(VorbisBits.WidthOf((uint)(entries - entry)));
            if (count > entries - entry || length > 32)
                throw Fault($"{count} codewords of {length} bits, behind {entry} of {entries}; of at most 32 bits");
            lengths.AsSpan(entry, count).Fill((byte)length);
            entry += count;
        }

        return lengths;
    }

    private float[] ReadVectors(int entries, int dimensions, bool isLattice)
    {
        float least = ReadFloat(), step = ReadFloat();
        var width = (int)bits.Read(4) + 1;
        var isRunning = bits.ReadFlag();
        var count = isLattice ? RootOf(entries, dimensions) : entries * dimensions;
        if ((long)count * width > bits.Length - bits.Position)
            throw Fault($"a codebook of {count} numbers of {width} bits, more than there are");
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = bits.Read(width) * step + least;
        var vectors = GC.AllocateUninitializedArray<float>(entries * dimensions, pinned: true);
        for (int entry = 0, at = 0; entry < entries; entry++)
        {
            var last = 0f;
            for (int i = 0, rest = entry; i < dimensions; i++, at++)
            {
                var index = at;
                if (isLattice) // 3.2.1, lookup type 1: an entry's digits to the base of the count, the first one lowest
                    (rest, index) = Math.DivRem(rest, count);
                vectors[at] = numbers[index] + last;
                if (isRunning)
                    last = vectors[at];
            }
        }

        return vectors;
    }

    /// <summary>9.2.2: a mantissa of 21 bits, an exponent of 10 and a sign.</summary>
    private float ReadFloat()
    {
        var value = bits.Read(32);
        var mantissa = (double)(value & 0x1FFFFF);
        return (float)Math.ScaleB(value >> 31 == 0 ? mantissa : -mantissa, (int)(value >> 21 & 0x3FF) - 788);
    }

    /// <summary>9.2.3: the largest number whose power by the dimensions is no more than the entries.</summary>
    public static int RootOf(int entries, int dimensions)
    {
        if (dimensions == 0)
            return 0;
        var root = (int)Math.Floor(Math.Pow(entries, 1.0 / dimensions));
        return Math.Pow(root + 1, dimensions) <= entries ? root + 1 : root;
    }

    private SongMood.Audio.AudioFormatException Fault(string problem) => VorbisFault.InSetup(bits, problem);
}
