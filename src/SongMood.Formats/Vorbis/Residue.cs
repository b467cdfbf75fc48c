namespace SongMood.Formats.Vorbis;

/// <summary>
/// The fine structure of spectra (Vorbis I specification, 8): partitions, each of a class, which says the books whose vectors are added up.
/// </summary>
internal sealed unsafe class Residue
{
    private const int Passes = 8, Interleaving = 2;

    private readonly int _type, _begin, _end, _partitionLength, _passCount;
    private readonly Codebook _classBook;
    private readonly Codebook?[][] _books; // of a class, a pass

    private Residue(int type, int begin, int end, int partitionLength, Codebook classBook, Codebook?[][] books)
    {
        (_type, _begin, _end, _partitionLength, _classBook, _books) = (type, begin, end, partitionLength, classBook, books);
        _passCount = 1 + books.Max(own => Array.FindLastIndex(own, book => book is not null));
    }

    /// <summary>Whether the spectra of all channels are one, a line of each channel in turn.</summary>
    public bool IsInterleaved => _type == Interleaving;

    // 8.6.1
    public static Residue Read(VorbisBits bits, IReadOnlyList<Codebook> books)
    {
        var type = (int)bits.Read(16);
        if (type > Interleaving)
            throw VorbisFault.InSetup(bits, $"a residue of type {type}; 0, 1 and 2 are in Vorbis I");
        int begin = (int)bits.Read(24), end = (int)bits.Read(24), length = (int)bits.Read(24) + 1, classes = (int)bits.Read(6) + 1;
        var classBook = VorbisSetup.Choose(bits, books);
        if (classBook.Dimensions == 0 || !IsWithin(classes, classBook.Dimensions, classBook.EntryCount))
            throw VorbisFault.InSetup(bits, $"a residue of {classes} classes, {classBook.Dimensions} of them by a codeword, in a book of "
                + $"{classBook.EntryCount} entries; expected an entry for all that they can be");
        var passes = new uint[classes];
        foreach (ref var used in passes.AsSpan())
        {
            used = bits.Read(3);
            if (bits.ReadFlag())
                used |= bits.Read(5) << 3;
        }

        var own = new Codebook?[classes][];
        for (var i = 0; i < classes; i++)
        {
            own[i] = new Codebook?[Passes];
            for (var pass = 0; pass < Passes; pass++)
                if ((passes[i] >> pass & 1) != 0)
                    own[i][pass] = VorbisSetup.Choose(bits, books, needsVectors: true);
        }

        return new Residue(type, begin, end, length, classBook, own);
    }

    private static bool IsWithin(int classes, int dimensions, int entries)
    {
        var combinations = 1L;
        for (var i = 0; i < dimensions && classes > 1 && combinations <= entries; i++)
            combinations *= classes;
        return combinations <= entries;
    }

    /// <summary>How many partitions a vector of a length has.</summary>
    public int PartitionsOf(int length) => Math.Max(0, Math.Min(_end, length) - _begin) / _partitionLength;

    /// <summary>8.6.2: adds what a packet has to vectors of zeros, until it ends.</summary>
    /// <param name="bits">The packet.</param>
    /// <param name="vectors">The vectors that are told of.</param>
    /// <param name="length">Numbers of each.</param>
    /// <param name="classes">Room for the classes of all their partitions.</param>
    public void Read(VorbisBits bits, ReadOnlySpan<nint> vectors, int length, Span<byte> classes)
    {
        var count = PartitionsOf(length);
        var together = _classBook.Dimensions;
        for (var pass = 0; pass < _passCount; pass++)
            for (var at = 0; at < count; at += together)
            {
                var end = Math.Min(count, at + Math.Min(together, count));
                for (var i = 0; pass == 0 && i < vectors.Length; i++)
                    if (!TryReadClasses(bits, classes.Slice(i * count + at, end - at)))
                        return;
                for (var partition = at; partition < end; partition++)
                    for (var i = 0; i < vectors.Length; i++)
                        if (_books[classes[i * count + partition]][pass] is { } book
                            && !TryAdd(bits, book, (float*)vectors[i] + _begin + partition * _partitionLength))
                            return;
                if (together > count)
                    break;
            }
    }

    private bool TryAdd(VorbisBits bits, Codebook book, float* target) => _type == 0
        ? ResidueVectors.TryAddApart(book, bits, target, _partitionLength)
        : ResidueVectors.TryAddInRow(book, bits, target, _partitionLength);

    // An entry's digits to the base of the number of classes, the last one lowest.
    private bool TryReadClasses(VorbisBits bits, Span<byte> classes)
    {
        var entry = _classBook.ReadEntry(bits);
        if (entry < 0)
            return false;
        classes.Clear();
        if (_books.Length == 1)
            return true;
        for (var i = _classBook.Dimensions - 1; i >= 0; i--)
        {
            (entry, var one) = Math.DivRem(entry, _books.Length);
            if (i < classes.Length)
                classes[i] = (byte)one;
        }

        return true;
    }
}
