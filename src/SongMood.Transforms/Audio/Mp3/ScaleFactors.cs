namespace SongMood.Audio.Mp3;

/// <summary>Scale factors of one channel of one granule, in the bitstream's order of bands; those not sent are 0.</summary>
internal sealed class ScaleFactors
{
    // 11172-3, 2.4.2.7, scalefac_compress.
    private static ReadOnlySpan<byte> Lengths1 => [0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4];
    private static ReadOnlySpan<byte> Lengths2 => [0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3];

    // 13818-3, 2.4.3.2: how many bands each of the four lengths holds for; rows by the range of scalefac_compress (0 to 2, and
    // 3 to 5 for the right channel under intensity stereo), in each row long, short and mixed blocks.
    private static ReadOnlySpan<byte> LsfPartitions =>
    [
        6, 5, 5, 5, 9, 9, 9, 9, 6, 9, 9, 9,
        6, 5, 7, 3, 9, 9, 12, 6, 6, 9, 12, 6,
        11, 10, 0, 0, 18, 18, 0, 0, 15, 18, 0, 0,
        7, 7, 7, 0, 12, 12, 12, 0, 6, 15, 12, 0,
        6, 6, 6, 3, 12, 9, 9, 6, 6, 12, 9, 6,
        8, 8, 5, 0, 15, 12, 9, 0, 6, 18, 9, 0,
    ];

    private readonly byte[] _values = new byte[39];
    private readonly byte[] _illegalPositions = new byte[39];

    /// <summary>By band. 39 values: the bands without a factor (the last long one, the last three short ones) stay 0.</summary>
    public ReadOnlySpan<byte> Values => _values;

    /// <summary>By band, the value that as an intensity position means none (11172-3: 7; 13818-3: the largest that fits).</summary>
    public ReadOnlySpan<byte> IllegalPositions => _illegalPositions;

    /// <summary>Reads the factors of a MPEG-1 granule; <paramref name="first"/> is the first granule's where this is the second.</summary>
    public void ReadMpeg1(ref BitReader reader, in GranuleChannel info, SideInformation side, int channel, ScaleFactors? first)
    {
        Array.Clear(_values);
        Array.Fill(_illegalPositions, (byte)7);
        var length1 = Lengths1[info.ScaleFactorCompress];
        var length2 = Lengths2[info.ScaleFactorCompress];
        if (info.IsShort)
        {
            // 2.4.2.7: length 1 for the short bands 0 to 5 (mixed: the long bands 0 to 7 and the short bands 3 to 5), length 2 up to 11.
            var split = info.IsMixed ? 17 : 18;
            ReadBands(ref reader, 0, split, length1);
            ReadBands(ref reader, split, split + 18, length2);
            return;
        }

        ReadOnlySpan<byte> groupEdges = [0, 6, 11, 16, 21];
        for (var group = 0; group < 4; group++)
        {
            int from = groupEdges[group], to = groupEdges[group + 1];
            if (first is not null && side.SharesScaleFactors(channel, group))
                first.Values[from..to].CopyTo(_values.AsSpan(from));
            else
                ReadBands(ref reader, from, to, group < 2 ? length1 : length2);
        }
    }

    /// <summary>Reads the factors of a granule of the lower sampling frequencies (13818-3, 2.4.3.2); sets its preflag.</summary>
    public void ReadMpeg2(ref BitReader reader, ref GranuleChannel info, bool isIntensityChannel)
    {
        Array.Clear(_values);
        Array.Clear(_illegalPositions);
        Span<int> lengths = stackalloc int[4];
        var row = SplitCompress(info.ScaleFactorCompress, isIntensityChannel, lengths);
        info.IsPreflag = row == 2;
        var partition = LsfPartitions.Slice(12 * row + (!info.IsShort ? 0 : info.IsMixed ? 8 : 4), 4);
        var band = 0;
        for (var part = 0; part < 4; part++)
        {
            ReadBands(ref reader, band, band + partition[part], lengths[part]);
            _illegalPositions.AsSpan(band, partition[part]).Fill(lengths[part] == 0 ? byte.MaxValue : (byte)((1 << lengths[part]) - 1));
            band += partition[part];
        }
    }

    private static int SplitCompress(int compress, bool isIntensityChannel, Span<int> lengths)
    {
        if (!isIntensityChannel)
        {
            switch (compress)
            {
                case < 400:
                    (lengths[0], lengths[1]) = ((compress >> 4) / 5, (compress >> 4) % 5);
                    (lengths[2], lengths[3]) = ((compress & 15) >> 2, compress & 3);
                    return 0;
                case < 500:
                    compress -= 400;
                    (lengths[0], lengths[1], lengths[2]) = ((compress >> 2) / 5, (compress >> 2) % 5, compress & 3);
                    return 1;
                default:
                    compress -= 500;
                    (lengths[0], lengths[1]) = (compress / 3, compress % 3);
                    return 2;
            }
        }

        compress >>= 1; // the lowest bit is intensity_scale
        switch (compress)
        {
            case < 180:
                (lengths[0], lengths[1], lengths[2]) = (compress / 36, compress % 36 / 6, compress % 6);
                return 3;
            case < 244:
                compress -= 180;
                (lengths[0], lengths[1], lengths[2]) = (compress >> 4, (compress & 15) >> 2, compress & 3);
                return 4;
            default:
                compress -= 244;
                (lengths[0], lengths[1]) = (compress / 3, compress % 3);
                return 5;
        }
    }

    private void ReadBands(ref BitReader reader, int from, int to, int length)
    {
        if (length == 0)
            return;
        for (var band = from; band < to; band++)
            _values[band] = (byte)reader.Read(length);
    }
}
