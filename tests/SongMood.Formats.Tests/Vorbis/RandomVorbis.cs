namespace SongMood.Formats.Tests.Vorbis;

/// <summary>
/// Writes Vorbis streams at random, of all that the specification allows: codebooks of each kind, both floors, all residues, couplings,
/// submaps. As each string of bits is a packet, packets are bits of chance behind the number of a mode.
/// </summary>
internal sealed class RandomVorbis
{
    private const int BookCount = 12, FloorBooks = 3, ClassBook = 3; // first books of scalars, then one of classes, then vectors

    private readonly Random _random;
    private readonly int _modeWidth;
    private readonly bool[] _isLong;
    private readonly int _floorType, _residueType;

    public RandomVorbis(int seed, int floorType, int residueType, int channelCount, int shortLog = 6, int longLog = 8, int rate = 8000)
    {
        (_random, _floorType, _residueType) = (new Random(seed), floorType, residueType);
        (ChannelCount, ShortLength, LongLength, Rate) = (channelCount, 1 << shortLog, 1 << longLog, rate);
        _isLong = [false, true, .. Enumerable.Range(0, _random.Next(3)).Select(_ => _random.Next(2) == 0)];
        _modeWidth = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)_isLong.Length - 1);
        Head = new BitWriter().Add([1, .. "vorbis"u8]).Add(0, 32).Add(channelCount, 8).Add(rate, 32).Add(0, 32).Add(0, 32).Add(0, 32)
            .Add(shortLog, 4).Add(longLog, 4).Add(1, 8).Bytes;
        Comment = [3, .. "vorbis"u8, 4, 0, 0, 0, .. "Test"u8, 1, 0, 0, 0, 10, 0, 0, 0, .. "TITLE=Song"u8, 1];
        Setup = WriteSetup();
    }

    public int ChannelCount { get; }

    public int ShortLength { get; }

    public int LongLength { get; }

    public int Rate { get; }

    public byte[] Head { get; }

    public byte[] Comment { get; }

    public byte[] Setup { get; }

    public byte[][] Headers => [Head, Comment, Setup];

    /// <summary>A packet, and how long its block is.</summary>
    public (byte[] Bytes, int Length) Packet(int mostBytes = 400)
    {
        var mode = _random.Next(_isLong.Length);
        var bits = new BitWriter().Add(0, 1).Add(mode, _modeWidth);
        if (_isLong[mode])
            bits.Add(_random.Next(4), 2);
        for (var i = _random.Next(mostBytes); i >= 0; i--)
            bits.Add(_random.Next(256), 8);
        return (bits.Bytes, _isLong[mode] ? LongLength : ShortLength);
    }

    /// <summary>A file of so many packets, three a page, and the samples that it has.</summary>
    public (byte[] Bytes, long SampleCount) File(int packetCount, uint serial = 1)
    {
        var ogg = new OggWriter(serial).Add(0, false, Head).Add(0, false, Comment).AddLong(0, Setup);
        var (before, end) = (0, 0L);
        for (var i = 0; i < packetCount;)
        {
            List<byte[]> page = [];
            for (var k = 0; k < 3 && i < packetCount; k++, i++)
            {
                var (bytes, length) = Packet();
                end += before == 0 ? 0 : (before + length) / 4;
                before = length;
                page.Add(bytes);
            }

            ogg.Add(end, i == packetCount, [.. page]);
        }

        return (ogg.Bytes, end);
    }

    private byte[] WriteSetup()
    {
        var bits = new BitWriter().Add([5, .. "vorbis"u8]).Add(BookCount - 1, 8);
        var classes = _random.Next(1, 5);
        var together = _random.Next(1, 4);
        for (var i = 0; i < FloorBooks; i++)
            WriteBook(bits, 1, _random.Next(1, 40), 0);
        WriteBook(bits, together, (int)Math.Pow(classes, together), 0, isWhole: true);
        for (var i = ClassBook + 1; i < BookCount; i++)
            WriteBook(bits, new[] { 1, 2, 3, 4, 8 }[i % 5], i == BookCount - 1 ? 3000 : _random.Next(1, 90), 1 + i % 2);
        bits.Add(0, 6).Add(0, 16); // a time domain transform
        bits.Add(1, 6);
        for (var i = 0; i < 2; i++)
            WriteFloor(bits);
        bits.Add(1, 6);
        for (var i = 0; i < 2; i++)
            WriteResidue(bits, classes);
        bits.Add(1, 6);
        for (var i = 0; i < 2; i++)
            WriteMapping(bits);
        bits.Add(_isLong.Length - 1, 6);
        foreach (var isLong in _isLong)
            bits.Add(isLong).Add(0, 16).Add(0, 16).Add(_random.Next(2), 8);
        return bits.Add(true).Bytes;
    }

    private void WriteBook(BitWriter bits, int dimensions, int entries, int lookup, bool isWhole = false)
    {
        bits.Add(0x564342, 24).Add(dimensions, 16).Add(entries, 24);
        var used = isWhole ? entries : _random.Next(1, entries + 1);
        var lengths = Lengths(used);
        if (used == entries && _random.Next(2) == 0)
        {
            Array.Sort(lengths);
            bits.Add(true).Add(lengths[0] - 1, 5);
            for (int at = 0, length = lengths[0]; at < entries; length++)
            {
                var count = lengths.Count(one => one == length);
                bits.Add(count, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(entries - at)));
                at += count;
            }
        }
        else
        {
            var isSparse = used < entries || _random.Next(2) == 0;
            bits.Add(false).Add(isSparse);
            var places = Enumerable.Range(0, entries).OrderBy(_ => _random.Next()).Take(used).ToHashSet();
            for (int entry = 0, next = 0; entry < entries; entry++)
            {
                if (isSparse)
                    bits.Add(places.Contains(entry));
                if (places.Contains(entry))
                    bits.Add(lengths[next++] - 1, 5);
            }
        }

        bits.Add(lookup, 4);
        if (lookup == 0)
            return;
        var width = _random.Next(1, 7);
        bits.AddFloat(-_random.Next(1 << 20), -21).AddFloat(_random.Next(1 << 20), -19 - width).Add(width - 1, 4).Add(_random.Next(2) == 0);
        var count1 = 0;
        while (Math.Pow(count1 + 1, dimensions) <= entries)
            count1++;
        for (var i = lookup == 1 ? count1 : entries * dimensions; i > 0; i--)
            bits.Add(_random.Next(1 << width), width);
    }

    // Leaves of a tree that is grown at random, some of it deep; a single one has one bit.
    private int[] Lengths(int count)
    {
        List<int> lengths = [0];
        while (lengths.Count < count)
        {
            var at = _random.Next(3) == 0 ? lengths.Count - 1 : _random.Next(lengths.Count);
            if (lengths[at] >= 30)
                continue;
            lengths[at]++;
            lengths.Add(lengths[at]);
        }

        return count == 1 ? [1] : [.. lengths.OrderBy(_ => _random.Next())];
    }

    private void WriteFloor(BitWriter bits)
    {
        bits.Add(_floorType, 16);
        if (_floorType == 0)
        {
            // Few coefficients and decibels: where chance brings p + q near 0, the curve goes up to any height.
            bits.Add(_random.Next(1, 6), 8).Add(Rate, 16).Add(_random.Next(16, 200), 16).Add(_random.Next(1, 7), 6).Add(1, 8);
            var books = _random.Next(1, 4);
            bits.Add(books - 1, 4);
            for (var i = 0; i < books; i++)
                bits.Add(_random.Next(ClassBook + 1, BookCount), 8);
            return;
        }

        var partitions = Enumerable.Range(0, _random.Next(6)).Select(_ => _random.Next(3)).ToArray();
        bits.Add(partitions.Length, 5);
        foreach (var one in partitions)
            bits.Add(one, 4);
        var dimensions = new int[3];
        for (var i = 0; i <= partitions.DefaultIfEmpty(-1).Max(); i++)
        {
            var width = _random.Next(3);
            dimensions[i] = _random.Next(1, 5);
            bits.Add(dimensions[i] - 1, 3).Add(width, 2);
            if (width > 0)
                bits.Add(_random.Next(FloorBooks), 8);
            for (var k = 0; k < 1 << width; k++)
                bits.Add(_random.Next(FloorBooks + 1), 8);
        }

        var placeWidth = _random.Next(6, 9);
        bits.Add(_random.Next(4), 2).Add(placeWidth, 4);
        var places = Enumerable.Range(1, (1 << placeWidth) - 1).OrderBy(_ => _random.Next());
        foreach (var place in places.Take(partitions.Sum(one => dimensions[one])))
            bits.Add(place, placeWidth);
    }

    private void WriteResidue(BitWriter bits, int classes)
    {
        bits.Add(_residueType, 16).Add(_random.Next(20), 24).Add(_random.Next(40, 700), 24).Add(_random.Next(1, 33) - 1, 24)
            .Add(classes - 1, 6).Add(ClassBook, 8);
        var passes = Enumerable.Range(0, classes).Select(_ => _random.Next(256) & _random.Next(256)).ToArray();
        foreach (var one in passes)
        {
            bits.Add(one & 7, 3).Add(one > 7);
            if (one > 7)
                bits.Add(one >> 3, 5);
        }

        foreach (var one in passes)
            for (var i = System.Numerics.BitOperations.PopCount((uint)one); i > 0; i--)
                bits.Add(_random.Next(ClassBook + 1, BookCount), 8);
    }

    private void WriteMapping(BitWriter bits)
    {
        var submaps = _random.Next(1, 4);
        bits.Add(0, 16).Add(submaps > 1);
        if (submaps > 1)
            bits.Add(submaps - 1, 4);
        var couplings = ChannelCount == 1 ? 0 : _random.Next(ChannelCount);
        bits.Add(couplings > 0);
        if (couplings > 0)
            bits.Add(couplings - 1, 8);
        var width = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)ChannelCount - 1);
        for (var i = 0; i < couplings; i++)
        {
            var pair = Enumerable.Range(0, ChannelCount).OrderBy(_ => _random.Next()).Take(2).ToArray();
            bits.Add(pair[0], width).Add(pair[1], width);
        }

        bits.Add(0, 2);
        if (submaps > 1)
            for (var i = 0; i < ChannelCount; i++)
                bits.Add(_random.Next(submaps), 4);
        for (var i = 0; i < submaps; i++)
            bits.Add(0, 8).Add(_random.Next(2), 8).Add(_random.Next(2), 8);
    }
}
