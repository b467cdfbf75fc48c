namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// What each band gets of a frame's bits at a quality for all that just fits (RFC 6716, 4.3.3): between two of the eleven of Table 57.
/// Bits are in eighths.
/// </summary>
internal sealed class BitQualities
{
    /// <summary>The trim that favours neither low nor high bands.</summary>
    public const int EvenTrim = 5;

    private const int Bands = CeltTables.BandCount, One = 1 << RangeDecoder.EighthBits, Qualities = 11, InterpolationBits = 6;

    private readonly int[] _lower = new int[Bands], _step = new int[Bands];
    private CeltShape _shape;
    private int[] _caps = [], _boosts = [];

    /// <summary>The bits below which a band gets no shape.</summary>
    public readonly int[] Least = new int[Bands];

    /// <summary>Finds them.</summary>
    /// <param name="shape">The frame's layout.</param>
    /// <param name="caps">The most bits for each band.</param>
    /// <param name="boosts">What bands get beside their share.</param>
    /// <param name="total">Bits for all.</param>
    /// <param name="trim">0 to 10: to low or to high bands.</param>
    /// <param name="shares">Each band's bits.</param>
    /// <returns>The last band with a boost, which is not left out; the first where there is none.</returns>
    public int Find(CeltShape shape, int[] caps, int[] boosts, int total, int trim, Span<int> shares)
    {
        (_shape, _caps, _boosts) = (shape, caps, boosts);
        var skipStart = FindQualities(total, trim);
        Interpolate(total, shares);
        return skipStart;
    }

    // The two qualities of Table 57 that the bits lie between. What is below a band's least is as good as nothing.
    private int FindQualities(int total, int trim)
    {
        var (channels, log) = (_shape.ChannelCount, _shape.LengthLog);
        Span<int> tilts = stackalloc int[Bands];
        for (var band = _shape.StartBand; band < _shape.EndBand; band++)
        {
            var width = CeltShape.Width(band);
            Least[band] = Math.Max(channels * One, (3 * width << log << RangeDecoder.EighthBits) >> 4);
            tilts[band] = channels * width * (trim - EvenTrim - log) * (_shape.EndBand - band - 1)
                * (1 << (log + RangeDecoder.EighthBits)) >> 6;
            if (width << log == 1)
                tilts[band] -= channels * One;
        }

        var (low, high) = (1, Qualities - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var (sum, isUsed) = (0, false);
            for (var band = _shape.EndBand - 1; band >= _shape.StartBand; band--)
                Count(At(middle, band, tilts) + _boosts[band], band, ref sum, ref isUsed);
            if (sum > total)
                high = middle - 1;
            else
                low = middle + 1;
        }

        (low, high) = (low - 1, low);
        var skipStart = _shape.StartBand;
        for (var band = _shape.StartBand; band < _shape.EndBand; band++)
        {
            var lower = At(low, band, tilts) + (low > 0 ? _boosts[band] : 0);
            var upper = At(high, band, tilts) + _boosts[band];
            if (_boosts[band] > 0)
                skipStart = band;
            (_lower[band], _step[band]) = (lower, Math.Max(0, upper - lower));
        }

        return skipStart;
    }

    private int At(int quality, int band, ReadOnlySpan<int> tilts)
    {
        var bits = quality < Qualities
            ? _shape.ChannelCount * CeltShape.Width(band) * CeltTables.Allocations[Bands * quality + band] << _shape.LengthLog >> 2
            : _caps[band];
        return bits > 0 ? Math.Max(0, bits + tilts[band]) : bits;
    }

    private void Count(int bits, int band, ref int sum, ref bool isUsed)
    {
        var one = _shape.ChannelCount * One;
        if (bits >= Least[band] || isUsed)
        {
            isUsed = true;
            sum += Math.Min(bits, _caps[band]);
        }
        else if (bits >= one)
            sum += one;
    }

    // 64ths of the way between the two qualities.
    private void Interpolate(int total, Span<int> shares)
    {
        var (low, high) = (0, 1 << InterpolationBits);
        for (var i = 0; i < InterpolationBits; i++)
        {
            var middle = (low + high) >> 1;
            var (sum, isUsed) = (0, false);
            for (var band = _shape.EndBand - 1; band >= _shape.StartBand; band--)
                Count(_lower[band] + (middle * _step[band] >> InterpolationBits), band, ref sum, ref isUsed);
            if (sum > total)
                high = middle;
            else
                low = middle;
        }

        var isAnyUsed = false;
        for (var band = _shape.EndBand - 1; band >= _shape.StartBand; band--)
        {
            var share = 0;
            Count(_lower[band] + (low * _step[band] >> InterpolationBits), band, ref share, ref isAnyUsed);
            shares[band] = share;
        }
    }
}
