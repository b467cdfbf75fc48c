namespace SongMood.Formats.Tests.Vorbis;

/// <summary>A codebook as the Vorbis I specification (3.2.1) tells it: words in a dictionary, found one bit after the other.</summary>
internal sealed class SlowCodebook
{
    private readonly Dictionary<(int Length, uint Word), int> _entries = [];

    public SlowCodebook(SlowBits bits)
    {
        Assert.Equal(0x564342, bits.Read(24));
        Dimensions = (int)bits.Read(16);
        var lengths = new int[bits.Read(24)];
        if (bits.Read(1) == 1)
        {
            var length = (int)bits.Read(5) + 1;
            for (var entry = 0; entry < lengths.Length; length++)
                for (var count = bits.Read(SlowBits.Width(lengths.Length - entry)); count > 0; count--)
                    lengths[entry++] = length;
        }
        else
        {
            var isSparse = bits.Read(1) == 1;
            for (var entry = 0; entry < lengths.Length; entry++)
                if (!isSparse || bits.Read(1) == 1)
                    lengths[entry] = (int)bits.Read(5) + 1;
        }

        Lengths = lengths;
        AssignWords();
        var lookup = bits.Read(4);
        if (lookup == 0)
            return;
        double least = bits.ReadFloat(), step = bits.ReadFloat();
        var width = (int)bits.Read(4) + 1;
        var isRunning = bits.Read(1) == 1;
        var count1 = 0;
        while (Math.Pow(count1 + 1, Dimensions) <= lengths.Length)
            count1++;
        var numbers = new long[lookup == 1 ? count1 : lengths.Length * Dimensions];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = bits.Read(width);
        Vectors = new double[lengths.Length][];
        for (var entry = 0; entry < lengths.Length; entry++)
        {
            Vectors[entry] = new double[Dimensions];
            var last = 0.0;
            long divisor = 1;
            for (var i = 0; i < Dimensions; i++, divisor *= count1)
            {
                var number = numbers[lookup == 1 ? entry / divisor % count1 : entry * Dimensions + i];
                Vectors[entry][i] = number * step + least + last;
                if (isRunning)
                    last = Vectors[entry][i];
            }
        }
    }

    public int Dimensions { get; }

    public int[] Lengths { get; }

    public double[][]? Vectors { get; }

    public int ReadEntry(SlowBits bits)
    {
        uint word = 0;
        for (var length = 1; ; length++)
        {
            word = word << 1 | (uint)bits.Read(1);
            if (_entries.Count == 1)
                return _entries.Values.Single(); // either bit
            if (_entries.TryGetValue((length, word), out var entry))
                return entry;
        }
    }

    // The lowest word that neither begins another nor is begun by one.
    private void AssignWords()
    {
        var taken = new List<(ulong From, ulong To)>(); // as parts of 2^32, ascending
        for (var entry = 0; entry < Lengths.Length; entry++)
        {
            if (Lengths[entry] == 0)
                continue;
            var size = 1UL << (32 - Lengths[entry]);
            ulong from = 0;
            var at = 0;
            for (; at < taken.Count && taken[at].From < from + size; at++)
                from = (taken[at].To + size - 1) / size * size;
            taken.Insert(at, (from, from + size));
            _entries.Add((Lengths[entry], (uint)(from / size)), entry);
        }
    }
}
