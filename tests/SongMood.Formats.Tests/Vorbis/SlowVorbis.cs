namespace SongMood.Formats.Tests.Vorbis;

/// <summary>
/// Decodes Vorbis by the formulas of the Vorbis I specification, one value at a time in double precision; the fast decoder's twin.
/// </summary>
internal sealed class SlowVorbis
{
    private readonly int _channels;
    private readonly int[] _lengths;
    private readonly SlowCodebook[] _books;
    private readonly SlowFloor[] _floors;
    private readonly SlowResidue[] _residues;
    private readonly List<Mapping> _mappings = [];
    private readonly List<(bool IsLong, int Mapping)> _modes = [];
    private double[][]? _before;

    private sealed record Mapping(List<(int Magnitude, int Angle)> Couplings, int[] SubmapOf, List<(int Floor, int Residue)> Submaps);

    /// <param name="head">The identification header (4.2.2).</param>
    /// <param name="setup">The setup header (4.2.4).</param>
    public SlowVorbis(byte[] head, byte[] setup)
    {
        _channels = head[11];
        _lengths = [1 << (head[28] & 15), 1 << (head[28] >> 4)];
        var bits = new SlowBits(setup);
        bits.Read(7 * 8);
        _books = [.. Many(bits.Read(8), () => new SlowCodebook(bits))];
        Many(bits.Read(6), () => bits.Read(16));
        _floors = [.. Many(bits.Read(6), () => SlowFloor.Read(bits, _books))];
        _residues = [.. Many(bits.Read(6), () => new SlowResidue(bits, _books))];
        _mappings = Many(bits.Read(6), () => ReadMapping(bits));
        _modes = Many(bits.Read(6), () =>
        {
            var isLong = bits.Read(1) == 1;
            bits.Read(32);
            return (isLong, (int)bits.Read(8));
        });
        Assert.Equal(1, bits.Read(1));
    }

    private static List<T> Many<T>(long last, Func<T> make) => [.. Enumerable.Range(0, (int)last + 1).Select(_ => make())];

    private Mapping ReadMapping(SlowBits bits)
    {
        bits.Read(16);
        var submaps = bits.Read(1) == 1 ? (int)bits.Read(4) + 1 : 1;
        List<(int, int)> couplings = [];
        if (bits.Read(1) == 1)
            couplings = Many(bits.Read(8),
                () => ((int)bits.Read(SlowBits.Width(_channels - 1)), (int)bits.Read(SlowBits.Width(_channels - 1))));
        bits.Read(2);
        var submapOf = new int[_channels];
        if (submaps > 1)
            for (var i = 0; i < _channels; i++)
                submapOf[i] = (int)bits.Read(4);
        return new Mapping(couplings, submapOf, Many(submaps - 1, () =>
        {
            bits.Read(8);
            return ((int)bits.Read(8), (int)bits.Read(8));
        }));
    }

    /// <summary>The samples that a packet adds, a row a channel: none for the first.</summary>
    public double[][] Decode(byte[] packet)
    {
        var bits = new SlowBits(packet);
        Assert.Equal(0, bits.Read(1));
        var (isLong, which) = _modes[(int)bits.Read(SlowBits.Width(_modes.Count - 1))];
        if (isLong)
            bits.Read(2);
        var n = _lengths[isLong ? 1 : 0];
        var mapping = _mappings[which];
        var floors = new double[_channels][];
        for (var channel = 0; channel < _channels; channel++)
            floors[channel] = _floors[mapping.Submaps[mapping.SubmapOf[channel]].Floor].Read(bits, n / 2);
        var isCoded = floors.Select(floor => floor.Length > 0).ToArray();
        foreach (var (magnitude, angle) in mapping.Couplings)
            if (isCoded[magnitude] || isCoded[angle])
                isCoded[magnitude] = isCoded[angle] = true;

        var lines = Enumerable.Range(0, _channels).Select(_ => new double[n / 2]).ToArray();
        for (var submap = 0; submap < mapping.Submaps.Count; submap++)
        {
            var own = Enumerable.Range(0, _channels).Where(channel => mapping.SubmapOf[channel] == submap).ToArray();
            if (own.Length > 0)
                _residues[mapping.Submaps[submap].Residue]
                    .Read(bits, [.. own.Select(channel => lines[channel])], [.. own.Select(channel => isCoded[channel])]);
        }

        foreach (var (magnitude, angle) in Enumerable.Reverse(mapping.Couplings))
            for (var i = 0; i < n / 2; i++)
            {
                double m = lines[magnitude][i], a = lines[angle][i]; // 4.3.5
                (lines[magnitude][i], lines[angle][i]) = m > 0 ? a > 0 ? (m, m - a) : (m + a, m) : a > 0 ? (m, m + a) : (m - a, m);
            }

        var blocks = new double[_channels][];
        for (var channel = 0; channel < _channels; channel++)
        {
            for (var i = 0; i < n / 2; i++)
                lines[channel][i] *= floors[channel].Length > 0 ? floors[channel][i] : 0;
            blocks[channel] = Transform(lines[channel]);
        }

        var samples = blocks.Select((block, i) => _before is null ? [] : Join(_before[i], block)).ToArray();
        _before = blocks;
        return samples;
    }

    // 4.3.7: the inverse MDCT.
    private static double[] Transform(double[] lines)
    {
        var half = lines.Length;
        var cosines = Enumerable.Range(0, 8 * half).Select(i => Math.Cos(Math.PI * i / (4 * half))).ToArray();
        var samples = new double[2 * half];
        for (var i = 0; i < samples.Length; i++)
            for (var k = 0; k < half; k++)
                samples[i] += lines[k] * cosines[(2L * i + 1 + half) * (2 * k + 1) % (8 * half)];
        return samples;
    }

    // 4.3.8, with the windows of 4.3.1: from the middle of one block to the middle of the next.
    private static double[] Join(double[] before, double[] now)
    {
        var overlap = Math.Min(before.Length, now.Length) / 2;
        var length = before.Length / 4 + now.Length / 4;
        var samples = new double[length];
        for (var i = 0; i < length; i++)
        {
            var (inBefore, inNow) = (before.Length / 2 + i, now.Length / 2 - length + i);
            var at = i - (before.Length / 4 - overlap / 2); // in the overlap
            if (inBefore < before.Length)
                samples[i] += before[inBefore] * Slope(overlap - 1 - at, overlap);
            if (inNow >= 0)
                samples[i] += now[inNow] * Slope(at, overlap);
        }

        return samples;
    }

    private static double Slope(int i, int length) => i < 0 ? 0 : i >= length ? 1
        : Math.Sin(Math.PI / 2 * Math.Pow(Math.Sin(Math.PI / 2 * (i + 0.5) / length), 2));
}
