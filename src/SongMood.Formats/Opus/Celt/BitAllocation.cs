namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// How a frame's bits are shared out (RFC 6716, 4.3.3): encoder and decoder reckon the same from a few numbers. Bits are in eighths.
/// </summary>
internal sealed class BitAllocation
{
    private const int Bands = CeltTables.BandCount, One = 1 << RangeDecoder.EighthBits;
    private const int FineOffset = 21; // by how much fine energies get less than a line's share, in eighths
    private const int MostBoostLog = 6;

    private readonly BitQualities _qualities = new();
    private readonly int[] _caps = new int[Bands], _boosts = new int[Bands];
    private CeltShape _shape;
    private int _total;

    /// <summary>The bits for each band's shape.</summary>
    public readonly int[] Shapes = new int[Bands];

    /// <summary>The bits for each band's energy: whole bits for each channel.</summary>
    public readonly int[] FineBits = new int[Bands];

    /// <summary>Whether a band's energy may get a bit that is left only after others.</summary>
    public readonly bool[] IsFineLater = new bool[Bands];

    /// <summary>What is over, for the shapes.</summary>
    public int Balance { get; private set; }

    /// <summary>The band behind the last that has a shape.</summary>
    public int CodedEnd { get; private set; }

    /// <summary>The first band whose channels differ in energy alone.</summary>
    public int IntensityStart { get; private set; }

    /// <summary>Whether channels are coded apart, not as middle and side.</summary>
    public bool IsDual { get; private set; }

    /// <summary>Bits that are kept for the flag of anti-collapse.</summary>
    public int AntiCollapseBits { get; private set; }

    /// <summary>Reads what tells it, and reckons it.</summary>
    public void Read(RangeDecoder bits, CeltShape shape, bool isTransient)
    {
        _shape = shape;
        for (var band = 0; band < Bands; band++)
            _caps[band] = (CeltTables.BitCaps[Bands * (2 * shape.LengthLog + shape.ChannelCount - 1) + band] + 64)
                * shape.ChannelCount * (CeltShape.Width(band) << shape.LengthLog) >> 2;
        var total = ReadBoosts(bits, bits.BitLength * One);
        var trim = bits.TellEighths + 6 * One <= total ? bits.Symbol(CeltTables.Trims, 7) : BitQualities.EvenTrim;
        total = bits.BitLength * One - bits.TellEighths - 1;
        AntiCollapseBits = isTransient && shape.LengthLog >= 2 && total >= (shape.LengthLog + 2) * One ? One : 0;
        Share(bits, total - AntiCollapseBits, trim);
    }

    // 4.3.3: single bands that get more; each time the next is likelier.
    private int ReadBoosts(RangeDecoder bits, int total)
    {
        var firstLog = MostBoostLog;
        for (var band = _shape.StartBand; band < _shape.EndBand; band++)
        {
            var width = _shape.ChannelCount * CeltShape.Width(band) << _shape.LengthLog;
            var quantum = Math.Min(width * One, Math.Max(6 * One, width));
            var (log, boost) = (firstLog, 0);
            while (bits.TellEighths + log * One < total && boost < _caps[band])
            {
                if (!bits.Bit(log))
                    break;
                boost += quantum;
                total -= quantum;
                log = 1;
            }

            _boosts[band] = boost;
            if (boost > 0)
                firstLog = Math.Max(2, firstLog - 1);
        }

        return total;
    }

    private void Share(RangeDecoder bits, int total, int trim)
    {
        total = Math.Max(total, 0);
        var channels = _shape.ChannelCount;
        var skipBits = total >= One ? One : 0;
        total -= skipBits;
        var (intensityBits, dualBits) = (0, 0);
        if (channels == 2)
        {
            intensityBits = CeltTables.LogsOfCounts[_shape.EndBand - _shape.StartBand];
            if (intensityBits > total)
                intensityBits = 0;
            else
            {
                total -= intensityBits;
                dualBits = total >= One ? One : 0;
                total -= dualBits;
            }
        }

        var skipStart = _qualities.Find(_shape, _caps, _boosts, total, trim, Shapes);
        _total = total;
        Skip(bits, skipStart, skipBits, ref intensityBits);
        IntensityStart = intensityBits > 0 ? _shape.StartBand + (int)bits.Uniform((uint)(CodedEnd + 1 - _shape.StartBand)) : 0;
        if (IntensityStart <= _shape.StartBand)
        {
            _total += dualBits;
            dualBits = 0;
        }

        IsDual = dualBits > 0 && bits.Bit(1);
        SpreadRest();
        Divide();
    }

    // Bands at the end may have no shape; a flag tells so for each, from the last on.
    private void Skip(RangeDecoder bits, int skipStart, int skipBits, ref int intensityBits)
    {
        var one = _shape.ChannelCount * One;
        var used = 0;
        for (var band = _shape.StartBand; band < _shape.EndBand; band++)
            used += Shapes[band];
        var start = CeltTables.BandEdges[_shape.StartBand];
        for (CodedEnd = _shape.EndBand; ; CodedEnd--)
        {
            var band = CodedEnd - 1;
            if (band <= skipStart)
            {
                _total += skipBits;
                break;
            }

            int width = CeltShape.Width(band), lines = CeltTables.BandEdges[CodedEnd] - start;
            var (each, rest) = Math.DivRem(_total - used, lines);
            var share = Shapes[band] + each * width + Math.Max(rest - (CeltTables.BandEdges[band] - start), 0);
            if (share >= Math.Max(_qualities.Least[band], one + One))
            {
                if (bits.Bit(1))
                    break;
                used += One;
                share -= One;
            }

            used -= Shapes[band] + intensityBits;
            if (intensityBits > 0)
                intensityBits = CeltTables.LogsOfCounts[band - _shape.StartBand];
            used += intensityBits;
            Shapes[band] = share >= one ? one : 0;
            used += Shapes[band];
        }

        _total -= used;
    }

    private void SpreadRest()
    {
        var lines = CeltTables.BandEdges[CodedEnd] - CeltTables.BandEdges[_shape.StartBand];
        var (each, rest) = Math.DivRem(_total, lines);
        for (var band = _shape.StartBand; band < CodedEnd; band++)
        {
            var width = CeltShape.Width(band);
            var more = Math.Min(rest, width);
            Shapes[band] += each * width + more;
            rest -= more;
        }
    }

    // Each band's bits, for its energy and for its shape; what is above its cap goes to the next.
    private void Divide()
    {
        var channels = _shape.ChannelCount;
        var balance = 0;
        for (var band = _shape.StartBand; band < CodedEnd; band++)
        {
            var width = CeltShape.Width(band) << _shape.LengthLog;
            var all = Shapes[band] + balance;
            var cap = width > 1 ? _caps[band] : channels * One; // a single line has but its sign
            var excess = Math.Max(all - cap, 0);
            Shapes[band] = all - excess;
            if (width > 1)
                DivideBand(band, width);
            else
                (FineBits[band], IsFineLater[band]) = (0, true);
            if (excess > 0)
            {
                var fine = Math.Min(excess >> (channels - 1 + RangeDecoder.EighthBits), BandEnergies.MostFineBits - FineBits[band]);
                FineBits[band] += fine;
                IsFineLater[band] = fine * channels * One >= excess - balance;
                excess -= fine * channels * One;
            }

            balance = excess;
        }

        Balance = balance;
        for (var band = CodedEnd; band < _shape.EndBand; band++)
        {
            FineBits[band] = Shapes[band] >> (channels - 1) >> RangeDecoder.EighthBits;
            IsFineLater[band] = FineBits[band] < 1;
            Shapes[band] = 0;
        }
    }

    private void DivideBand(int band, int width)
    {
        var channels = _shape.ChannelCount;
        var freedoms = channels * width + (channels == 2 && width > 2 && !IsDual && band < IntensityStart ? 1 : 0);
        var log = freedoms * (CeltTables.LogWidths[band] + (_shape.LengthLog << RangeDecoder.EighthBits));
        var offset = (log >> 1) - freedoms * FineOffset;
        if (width == 2)
            offset += freedoms * One >> 2;
        if (Shapes[band] + offset < freedoms * 2 * One)
            offset += log >> 2;
        else if (Shapes[band] + offset < freedoms * 3 * One)
            offset += log >> 3;
        var fine = Math.Max(0, Shapes[band] + offset + freedoms * One / 2) / freedoms >> RangeDecoder.EighthBits;
        if (channels * fine > Shapes[band] >> RangeDecoder.EighthBits)
            fine = Shapes[band] >> (channels - 1) >> RangeDecoder.EighthBits;
        fine = Math.Min(fine, BandEnergies.MostFineBits);
        FineBits[band] = fine;
        IsFineLater[band] = fine * freedoms * One >= Shapes[band] + offset;
        Shapes[band] -= channels * fine * One;
    }
}
