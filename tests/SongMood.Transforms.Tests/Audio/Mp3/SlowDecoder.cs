using SongMood.Audio.Mp3;

namespace SongMood.Transforms.Tests.Audio.Mp3;

/// <summary>
/// The stages of Layer III as the standard's formulas have them, in double precision and one value at a time: the twin that each
/// fast kernel is held against.
/// </summary>
internal static class SlowDecoder
{
    /// <summary>Table B.7 read bit by bit.</summary>
    public static int[] Huffman(byte[] data, int bit, int bitEnd, in GranuleChannel info, int region1, int region2)
    {
        var lines = new int[576];
        var line = 0;
        for (; line < 2 * info.BigValues; line += 2)
        {
            var table = line < region1 ? info.Table0 : line < region2 ? info.Table1 : info.Table2;
            if (table is 0 or 4 or 14)
                continue;
            var book = HuffmanCodeBooks.Pairs[table < 16 ? table : table < 24 ? 16 : 24]!.Value;
            var linBits = table < 16 ? 0 : HuffmanCodeBooks.LinBits[table - 16];
            var symbol = ReadSymbol(data, ref bit, book);
            for (var i = 0; i < 2; i++)
            {
                var value = i == 0 ? symbol >> 4 : symbol & 15;
                if (value == 15 && linBits > 0)
                    value += ReadBits(data, ref bit, linBits);
                if (value != 0 && ReadBits(data, ref bit, 1) == 1)
                    value = -value;
                lines[line + i] = value;
            }
        }

        while (line + 4 <= 576 && bit < bitEnd)
        {
            var symbol = ReadSymbol(data, ref bit, HuffmanCodeBooks.Quadruples[info.Count1Table]);
            var values = new int[4];
            for (var i = 0; i < 4; i++)
                if ((symbol >> (3 - i) & 1) == 1)
                    values[i] = ReadBits(data, ref bit, 1) == 1 ? -1 : 1;
            if (bit > bitEnd)
                break;
            values.CopyTo(lines, line);
            line += 4;
        }

        return lines;
    }

    private static int ReadSymbol(byte[] data, ref int bit, HuffmanCodeBooks.Book book)
    {
        // Code words as numbers: they ascend as binary fractions, each next to the one before.
        var word = 0L;
        foreach (var (symbol, length) in book.Codes)
        {
            var ahead = bit;
            if (ReadBits(data, ref ahead, length) == word >> (32 - length))
            {
                bit = ahead;
                return symbol;
            }

            word += 1L << (32 - length);
        }

        throw new InvalidOperationException("the code is not complete");
    }

    public static int ReadBits(byte[] data, ref int bit, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, bit++)
            value = value << 1 | (bit / 8 < data.Length ? data[bit / 8] >> (7 - bit % 8) & 1 : 0);
        return value;
    }

    /// <summary>2.4.3.4.7.</summary>
    public static double[] Requantise(int[] quantised, in GranuleChannel info, ScaleFactors factors, ScaleFactorBands bands)
    {
        int[] pretab = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0];
        var multiplier = info.ScaleFactorScale == 0 ? 0.5 : 1;
        var lines = new double[576];
        for (var band = 0; band < bands.Count; band++)
            for (var i = bands.Edges[band]; i < bands.Edges[band + 1]; i++)
            {
                var exponent = (info.GlobalGain - 210) / 4.0;
                if (band < bands.LongCount)
                    exponent -= multiplier * (factors.Values[band] + (info.IsPreflag ? pretab[band] : 0));
                else
                    exponent -= 2 * info.SubblockGain(bands.WindowOf(band)) + multiplier * factors.Values[band];
                lines[i] = Math.Sign(quantised[i]) * Math.Pow(Math.Abs(quantised[i]), 4.0 / 3) * Math.Pow(2, exponent);
            }

        return lines;
    }

    /// <summary>2.4.3.4.9, and 2.4.3.2 of 13818-3.</summary>
    public static void Stereo(FrameHeader header, in GranuleChannel right, ScaleFactors factors, ScaleFactorBands bands, double[][] lines)
    {
        var done = new bool[576];
        if (header.IsIntensity)
            for (var band = 0; band < bands.Count; band++)
                IntensityBand(header, right, factors, bands, band, lines, done);
        if (header.IsMidSide)
            for (var i = 0; i < 576; i++)
                if (!done[i])
                    (lines[0][i], lines[1][i]) = ((lines[0][i] + lines[1][i]) / Math.Sqrt(2), (lines[0][i] - lines[1][i]) / Math.Sqrt(2));
    }

    private static void IntensityBand(
        FrameHeader header, in GranuleChannel right, ScaleFactors factors, ScaleFactorBands bands, int band, double[][] lines, bool[] done)
    {
        bool IsEmptyFrom(int first, double[] coded)
        {
            for (var other = first; other < bands.Count; other++)
            {
                var isSameWindow = (other >= bands.LongCount) == (first >= bands.LongCount)
                    && (other < bands.LongCount || bands.WindowOf(other) == bands.WindowOf(first));
                var isShortAboveLong = first < bands.LongCount && other >= bands.LongCount;
                for (var i = bands.Edges[other]; i < bands.Edges[other + 1]; i++)
                    if ((isSameWindow || isShortAboveLong) && coded[i] != 0 && !done[i])
                        return false;
            }

            return true;
        }

        if (!IsEmptyFrom(band, lines[1]))
            return;
        var stride = band >= bands.LongCount ? 3 : 1;
        var factorBand = band >= bands.Count - stride ? band - stride : band;
        int position = factors.Values[factorBand];
        if (factorBand != band && !done[bands.Edges[factorBand]] && !IsEmptyFrom(factorBand, lines[1]))
            position = header.IsMpeg1 ? 3 : 0;
        else if (position >= factors.IllegalPositions[factorBand])
            return;
        double leftGain, rightGain;
        if (header.IsMpeg1)
        {
            var ratio = Math.Tan(position * Math.PI / 12);
            (leftGain, rightGain) = position == 6 ? (1, 0) : (ratio / (1 + ratio), 1 / (1 + ratio));
        }
        else
        {
            var step = Math.Pow(2, (right.ScaleFactorCompress & 1) == 1 ? -0.5 : -0.25);
            (leftGain, rightGain) = position % 2 == 1 ? (Math.Pow(step, (position + 1) / 2), 1.0) : (1.0, Math.Pow(step, position / 2));
        }

        for (var i = bands.Edges[band]; i < bands.Edges[band + 1]; i++)
        {
            (lines[0][i], lines[1][i]) = (lines[0][i] * leftGain, lines[0][i] * rightGain);
            done[i] = true;
        }
    }

    /// <summary>2.4.3.4.8.</summary>
    public static void Reorder(ScaleFactorBands bands, double[] lines)
    {
        var source = (double[])lines.Clone();
        for (var band = bands.LongCount; band < bands.Count; band++)
        {
            var first = bands.Edges[band - bands.WindowOf(band)];
            for (var i = bands.Edges[band]; i < bands.Edges[band + 1]; i++)
                lines[first + 3 * (i - bands.Edges[band]) + bands.WindowOf(band)] = source[i];
        }
    }

    /// <summary>2.4.3.4.10.1.</summary>
    public static void ReduceAliases(double[] lines, int boundaries)
    {
        double[] coefficients = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037];
        for (var boundary = 1; boundary <= boundaries; boundary++)
            for (var i = 0; i < 8; i++)
            {
                var c = coefficients[i];
                double cs = 1 / Math.Sqrt(1 + c * c), ca = c / Math.Sqrt(1 + c * c);
                int low = 18 * boundary - 1 - i, high = 18 * boundary + i;
                (lines[low], lines[high]) = (lines[low] * cs - lines[high] * ca, lines[high] * cs + lines[low] * ca);
            }
    }

    /// <summary>2.4.3.4.10.2 to 2.4.3.4.10.4; slots by time, then subband.</summary>
    public static double[] InverseMdct(double[] lines, in GranuleChannel info, double[] overlap)
    {
        var slots = new double[576];
        for (var subband = 0; subband < 32; subband++)
        {
            var blockType = info.IsMixedFlagged && subband < 2 ? 0 : info.BlockType;
            var samples = new double[36];
            if (blockType == 2)
                for (var window = 0; window < 3; window++)
                    for (var n = 0; n < 12; n++)
                        for (var k = 0; k < 6; k++)
                            samples[6 + 6 * window + n] += Math.Sin(Math.PI / 12 * (n + 0.5))
                                * lines[18 * subband + 3 * k + window] * Math.Cos(Math.PI / 24 * (2 * n + 7) * (2 * k + 1));
            else
                for (var n = 0; n < 36; n++)
                    for (var k = 0; k < 18; k++)
                        samples[n] += Window(blockType, n) * lines[18 * subband + k] * Math.Cos(Math.PI / 72 * (2 * n + 19) * (2 * k + 1));
            for (var t = 0; t < 18; t++)
            {
                slots[32 * t + subband] = (samples[t] + overlap[32 * t + subband]) * (t % 2 == 1 && subband % 2 == 1 ? -1 : 1);
                overlap[32 * t + subband] = samples[18 + t];
            }
        }

        return slots;
    }

    private static double Window(int blockType, int n)
    {
        if (blockType == 3)
            return Window(1, 35 - n);
        if (blockType == 0 || n < 18)
            return Math.Sin(Math.PI / 36 * (n + 0.5));
        return n < 24 ? 1 : n < 30 ? Math.Sin(Math.PI / 12 * (n - 18 + 0.5)) : 0;
    }

    /// <summary>Figure A.2; <paramref name="v"/> holds 1024 values from slot to slot.</summary>
    public static double[] Synthesise(double[] slots, double[] v)
    {
        var output = new double[576];
        for (var t = 0; t < 18; t++)
        {
            Array.Copy(v, 0, v, 64, 960);
            for (var i = 0; i < 64; i++)
            {
                v[i] = 0;
                for (var k = 0; k < 32; k++)
                    v[i] += Math.Cos((16 + i) * (2 * k + 1) * Math.PI / 64) * slots[32 * t + k];
            }

            for (var j = 0; j < 32; j++)
                for (var i = 0; i < 16; i++)
                {
                    var u = v[64 * 2 * (i / 2) + (i % 2 == 0 ? j : 96 + j)];
                    output[32 * t + j] += u * SynthesisWindow.Coefficients[32 * i + j];
                }
        }

        return output;
    }
}
