namespace SongMood.Formats.Vorbis;

/// <summary>A floor by straight lines, in decibels, from point to point (Vorbis I specification, 7).</summary>
internal sealed class Floor1 : Floor
{
    private const int MostPoints = 65;

    private static readonly int[] Ranges = [256, 128, 86, 64];

    private readonly byte[] _partitions; // of which class each is
    private readonly PartitionClass[] _classes;
    private readonly int[] _x, _ascending, _below, _above; // places of points; their order; of each, its neighbours among those before it
    private readonly int _multiplier, _range;

    private Floor1(byte[] partitions, PartitionClass[] classes, int multiplier, int[] x)
    {
        (_partitions, _classes, _multiplier, _range, _x) = (partitions, classes, multiplier, Ranges[multiplier - 1], x);
        _ascending = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i])];
        (_below, _above) = (new int[x.Length], new int[x.Length]);
        for (var i = 2; i < x.Length; i++)
        {
            _below[i] = Enumerable.Range(0, i).Where(other => x[other] < x[i]).MaxBy(other => x[other]);
            _above[i] = Enumerable.Range(0, i).Where(other => x[other] > x[i]).MinBy(other => x[other]);
        }
    }

    private sealed record PartitionClass(int Dimensions, int SubclassWidth, Codebook? Master, Codebook?[] Books);

    public override int StateLength => _x.Length;

    // 7.2.2
    public static Floor1 Read(VorbisBits bits, IReadOnlyList<Codebook> books)
    {
        var partitions = new byte[bits.Read(5)];
        foreach (ref var partition in partitions.AsSpan())
            partition = (byte)bits.Read(4);
        var classes = new PartitionClass[partitions.Length == 0 ? 0 : partitions.Max() + 1];
        foreach (ref var one in classes.AsSpan())
        {
            int dimensions = (int)bits.Read(3) + 1, width = (int)bits.Read(2);
            var master = width > 0 ? VorbisSetup.Choose(bits, books) : null;
            var own = new Codebook?[1 << width];
            foreach (ref var book in own.AsSpan())
                book = VorbisSetup.ChooseOrNone(bits, books);
            one = new PartitionClass(dimensions, width, master, own);
        }

        var multiplier = (int)bits.Read(2) + 1;
        var placeWidth = (int)bits.Read(4);
        List<int> x = [0, 1 << placeWidth];
        foreach (var partition in partitions)
            for (var i = 0; i < classes[partition].Dimensions; i++)
                x.Add((int)bits.Read(placeWidth));
        if (bits.IsPastEnd || x.Count > MostPoints || x.Distinct().Count() < x.Count)
            throw VorbisFault.InSetup(bits, $"a floor of {x.Count} points, {x.Distinct().Count()} of them at different places; expected at "
                + $"most {MostPoints}, all different");
        return new Floor1(partitions, classes, multiplier, [.. x]);
    }

    // 7.2.3
    public override bool TryRead(VorbisBits bits, Span<int> state)
    {
        if (!bits.ReadFlag())
            return false;
        var endWidth = VorbisBits.WidthOf((uint)_range - 1);
        (state[0], state[1]) = ((int)bits.Read(endWidth), (int)bits.Read(endWidth));
        var at = 2;
        foreach (var partition in _partitions)
        {
            var (dimensions, width, master, books) = _classes[partition];
            var which = 0;
            if (master is not null && (which = master.ReadEntry(bits)) < 0)
                return false;
            for (var i = 0; i < dimensions; i++, which >>= width)
            {
                var value = books[which & ((1 << width) - 1)]?.ReadEntry(bits) ?? 0;
                if (value < 0)
                    return false;
                state[at++] = value;
            }
        }

        return !bits.IsPastEnd;
    }

    // 7.2.4
    public override void Apply(Span<int> state, Span<float> lines)
    {
        Span<bool> isPoint = stackalloc bool[MostPoints];
        FindHeights(state, isPoint);
        int lastX = 0, lastY = Height(state[0]);
        foreach (var i in _ascending.AsSpan(1))
        {
            if (!isPoint[i])
                continue;
            var (x, y) = (_x[i], Height(state[i]));
            FloorLine.Apply(lines, lastX, lastY, x, y);
            (lastX, lastY) = (x, y);
            if (lastX >= lines.Length)
                return;
        }

        FloorLine.Apply(lines, lastX, lastY, lines.Length, lastY);
    }

    // Heights beyond the table are only in damaged packets.
    private int Height(int value) => Math.Clamp(value * _multiplier, 0, 255);

    /// <summary>7.2.4, step 1: from what each point differs by to its height, and whether lines go through it.</summary>
    private void FindHeights(Span<int> state, Span<bool> isPoint)
    {
        (isPoint[0], isPoint[1]) = (true, true);
        for (var i = 2; i < state.Length; i++)
        {
            int below = _below[i], above = _above[i], value = state[i];
            var predicted = FloorLine.At(_x[below], state[below], _x[above], state[above], _x[i]);
            if (value == 0)
            {
                state[i] = predicted;
                continue;
            }

            (isPoint[i], isPoint[below], isPoint[above]) = (true, true, true);
            int higher = _range - predicted, lower = predicted;
            if (value >= 2 * Math.Min(higher, lower))
                state[i] = higher > lower ? value - lower + predicted : predicted - value + higher - 1;
            else
                state[i] = (value & 1) != 0 ? predicted - (value + 1) / 2 : predicted + value / 2;
        }
    }
}
