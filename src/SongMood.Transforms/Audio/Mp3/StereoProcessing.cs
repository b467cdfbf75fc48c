using System.Numerics;
using System.Runtime.InteropServices;

namespace SongMood.Audio.Mp3;

/// <summary>Joint stereo (ISO/IEC 11172-3, 2.4.3.4.9; ISO/IEC 13818-3, 2.4.3.2): from coded channels to left and right.</summary>
internal static class StereoProcessing
{
    private static readonly float InverseRoot2 = (float)Math.Sqrt(0.5);

    // 11172-3, 2.4.3.4.9.3: left = ratio / (1 + ratio), right = 1 / (1 + ratio), ratio = tan(position pi / 12). Position 6 is all left.
    private static readonly (float Left, float Right)[] Mpeg1Gains = [.. Enumerable.Range(0, 7).Select(Mpeg1Gain)];

    // 13818-3, 2.4.3.2: odd positions turn the left down, even ones the right, by steps of 2^(-1/4) or 2^(-1/2) (intensity_scale).
    private static readonly (float Left, float Right)[][] LsfGains =
        [.. new[] { 0.25, 0.5 }.Select(step => Enumerable.Range(0, 32).Select(position => LsfGain(position, step)).ToArray())];

    /// <summary>MS stereo: left = (M + S) / sqrt 2, right = (M - S) / sqrt 2.</summary>
    public static void MidSide(Span<float> left, Span<float> right)
    {
        var gain = new Vector<float>(InverseRoot2);
        var lefts = MemoryMarshal.Cast<float, Vector<float>>(left);
        var rights = MemoryMarshal.Cast<float, Vector<float>>(right);
        for (var i = 0; i < lefts.Length; i++)
        {
            var mid = lefts[i] * gain;
            var side = rights[i] * gain;
            lefts[i] = mid + side;
            rights[i] = mid - side;
        }

        for (var i = lefts.Length * Vector<float>.Count; i < left.Length; i++)
        {
            var mid = left[i] * InverseRoot2;
            var side = right[i] * InverseRoot2;
            left[i] = mid + side;
            right[i] = mid - side;
        }
    }

    /// <summary>
    /// Intensity stereo: in the bands above the right channel's last line that is not zero, the left channel holds both and the
    /// right one's scale factors say where it stands. Bands without a position are MS or plain, as the header says.
    /// </summary>
    public static void Intensity(
        FrameHeader header,
        in GranuleChannel rightInfo,
        ScaleFactors rightFactors,
        ScaleFactorBands bands,
        Span<float> left,
        Span<float> right)
    {
        Span<int> firstEmpty = stackalloc int[4]; // the first intensity band of the three windows, and of the long part
        FindEmptyBands(bands, right, firstEmpty);
        var gains = header.IsMpeg1 ? Mpeg1Gains : LsfGains[rightInfo.ScaleFactorCompress & 1];
        var centre = header.IsMpeg1 ? 3 : 0;
        var edges = bands.Edges;
        for (var band = 0; band < bands.Count; band++)
        {
            var isShort = band >= bands.LongCount;
            var start = firstEmpty[isShort ? bands.WindowOf(band) : 3];
            int from = edges[band], to = edges[band + 1];

            // The highest band has no scale factor of its own: it goes with the one below (of the same window), and stands
            // in the middle where that one has no position.
            var stride = isShort ? 3 : 1;
            var factorBand = band >= bands.Count - stride ? band - stride : band;
            var isCentred = band >= start && factorBand < start;
            if (band < start || (!isCentred && IsIllegal(rightFactors, factorBand)))
            {
                if (header.IsMidSide)
                    MidSide(left[from..to], right[from..to]);
                continue;
            }

            var (leftGain, rightGain) = gains[isCentred ? centre : rightFactors.Values[factorBand]];
            for (var i = from; i < to; i++)
            {
                right[i] = left[i] * rightGain;
                left[i] *= leftGain;
            }
        }
    }

    private static bool IsIllegal(ScaleFactors factors, int band) => factors.Values[band] >= factors.IllegalPositions[band];

    private static void FindEmptyBands(ScaleFactorBands bands, ReadOnlySpan<float> right, Span<int> firstEmpty)
    {
        firstEmpty.Clear();
        var anyShort = false;
        for (var band = 0; band < bands.Count; band++)
        {
            if (right[bands.Edges[band]..bands.Edges[band + 1]].IndexOfAnyExcept(0f) < 0)
                continue;
            var isShort = band >= bands.LongCount;
            anyShort |= isShort;
            firstEmpty[isShort ? bands.WindowOf(band) : 3] = band + 1;
        }

        if (anyShort)
            firstEmpty[3] = bands.LongCount; // mixed blocks: the long part is below a short line, so none of it is intensity
    }

    private static (float, float) Mpeg1Gain(int position)
    {
        if (position == 6)
            return (1, 0);
        var ratio = Math.Tan(position * Math.PI / 12);
        return ((float)(ratio / (1 + ratio)), (float)(1 / (1 + ratio)));
    }

    private static (float, float) LsfGain(int position, double step)
    {
        var gain = (float)Math.Pow(2, -step * ((position + 1) / 2));
        return position % 2 == 1 ? (gain, 1) : (1, gain);
    }
}
