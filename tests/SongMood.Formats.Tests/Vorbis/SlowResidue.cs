namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Residues by the specification's words: 8.6.</summary>
internal sealed class SlowResidue
{
    private readonly long _type, _begin, _end, _size;
    private readonly SlowCodebook _classBook;
    private readonly SlowCodebook?[][] _books;

    public SlowResidue(SlowBits bits, SlowCodebook[] books)
    {
        (_type, _begin, _end, _size) = (bits.Read(16), bits.Read(24), bits.Read(24), bits.Read(24) + 1);
        var passes = new long[bits.Read(6) + 1];
        _classBook = books[bits.Read(8)];
        for (var i = 0; i < passes.Length; i++)
            passes[i] = bits.Read(3) + (bits.Read(1) == 1 ? 8 * bits.Read(5) : 0);
        _books = [.. passes.Select(one =>
            Enumerable.Range(0, 8).Select(pass => (one >> pass & 1) == 1 ? books[bits.Read(8)] : null).ToArray())];
    }

    public void Read(SlowBits bits, double[][] lines, bool[] isCoded)
    {
        try
        {
            if (_type < 2)
            {
                Add(bits, lines, isCoded);
                return;
            }

            if (!isCoded.Contains(true))
                return;
            var together = new double[lines.Length * lines[0].Length];
            try
            {
                Add(bits, [together], [true]);
            }
            finally
            {
                for (var i = 0; i < together.Length; i++)
                    lines[i % lines.Length][i / lines.Length] = together[i];
            }
        }
        catch (SlowBits.EndOfPacket)
        {
            // what is there stays (8.6.2)
        }
    }

    private void Add(SlowBits bits, double[][] vectors, bool[] isCoded)
    {
        var begin = Math.Min(_begin, vectors[0].Length);
        var partitions = Math.Max(0, Math.Min(_end, vectors[0].Length) - begin) / _size;
        var classes = vectors.Select(_ => new int[partitions + _classBook.Dimensions]).ToArray();
        for (var pass = 0; pass < 8; pass++)
            for (var partition = 0; partition < partitions;)
            {
                if (pass == 0)
                    for (var j = 0; j < vectors.Length; j++)
                        if (isCoded[j])
                        {
                            var entry = _classBook.ReadEntry(bits);
                            for (var i = _classBook.Dimensions - 1; i >= 0; i--, entry /= _books.Length)
                                classes[j][partition + i] = entry % _books.Length;
                        }

                for (var i = 0; i < _classBook.Dimensions && partition < partitions; i++, partition++)
                    for (var j = 0; j < vectors.Length; j++)
                        if (isCoded[j] && _books[classes[j][partition]][pass] is { } book)
                            AddPartition(bits, book, vectors[j].AsSpan((int)(begin + partition * _size), (int)_size));
            }
    }

    private void AddPartition(SlowBits bits, SlowCodebook book, Span<double> target)
    {
        if (_type == 0)
        {
            var step = target.Length / book.Dimensions;
            for (var i = 0; i < step; i++)
            {
                var vector = book.Vectors![book.ReadEntry(bits)];
                for (var j = 0; j < book.Dimensions; j++)
                    target[i + j * step] += vector[j];
            }

            return;
        }

        for (var i = 0; i < target.Length;)
            foreach (var value in book.Vectors![book.ReadEntry(bits)])
                if (i < target.Length)
                    target[i++] += value;
    }
}
