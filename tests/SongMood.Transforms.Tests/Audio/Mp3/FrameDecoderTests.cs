using SongMood.Audio.Mp3;

namespace SongMood.Transforms.Tests.Audio.Mp3;

/// <summary>The whole decoder against its slow twin, on random frames of every version, rate, channel mode and block kind.</summary>
public class FrameDecoderTests
{
    public static TheoryData<int, int, int, int> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, int, int>();
            foreach (var version in new[] { 3, 2, 0 })
                for (var rateIndex = 0; rateIndex < 3; rateIndex++)
                {
                    kinds.Add(version, rateIndex, 3, 0);
                    kinds.Add(version, rateIndex, 0, 0);
                    for (var extension = 0; extension < 4; extension++)
                        kinds.Add(version, rateIndex, 1, extension);
                }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_frames_decode_as_the_formulas_say(int version, int rateIndex, int mode, int extension)
    {
        var frames = new RandomFrames(version + 10 * rateIndex + 100 * mode + 1000 * extension);
        var decoder = new FrameDecoder();
        float[] left = new float[1152], right = new float[1152];
        double[][] overlaps = [new double[576], new double[576]], v = [new double[1024], new double[1024]];
        var worst = 0.0;
        for (var round = 0; round < 6; round++)
        {
            var bytes = frames.Next(version, rateIndex, mode, extension);
            Assert.True(FrameHeader.TryRead(bytes, out var header));
            Assert.True(decoder.Take(header, followsBreak: false, bytes));
            decoder.Decode(left, right);
            worst = Math.Max(worst, Compare(bytes, header, overlaps, v, left, right));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest difference, of the largest sample: {worst:E2}");
        Assert.InRange(worst, 0, 1e-5);
    }

    private static double Compare(byte[] bytes, FrameHeader header, double[][] overlaps, double[][] v, float[] left, float[] right)
    {
        var side = new SideInformation();
        Assert.True(side.TryRead(bytes.AsSpan(4, header.SideInformationLength), header));
        var data = bytes[header.MainDataOffset..];
        var factors = new[] { new ScaleFactors[2], new ScaleFactors[2] };
        var bit = 0;
        double difference = 0, peak = 1e-9;
        for (var granule = 0; granule < header.GranuleCount; granule++)
        {
            var lines = new double[header.ChannelCount][];
            for (var channel = 0; channel < lines.Length; channel++)
            {
                ref var info = ref side[granule, channel];
                var reader = new BitReader(data, bit);
                var current = factors[granule][channel] = new ScaleFactors();
                if (header.IsMpeg1)
                    current.ReadMpeg1(ref reader, info, side, channel, granule == 1 ? factors[0][channel] : null);
                else
                    current.ReadMpeg2(ref reader, ref info, channel == 1 && header.IsIntensity);
                bit += info.Part23Length;
                var edges = ScaleFactorBands.LongEdgesOf(header.RateRow);
                var (region1, region2) = info.IsShort ? (header.RateRow == 8 ? 72 : 36, 576)
                    : info.IsWindowSwitching ? (edges[8], 576)
                    : (edges[info.Region0Count + 1], edges[Math.Min(22, info.Region0Count + info.Region1Count + 2)]);
                var quantised = SlowDecoder.Huffman(data, reader.Position, bit, info, region1, region2);
                lines[channel] = SlowDecoder.Requantise(quantised, info, current, ScaleFactorBands.For(header.RateRow, info));
            }

            if (lines.Length == 2)
            {
                ref readonly var info = ref side[granule, 1];
                SlowDecoder.Stereo(header, info, factors[granule][1], ScaleFactorBands.For(header.RateRow, info), lines);
            }

            for (var channel = 0; channel < lines.Length; channel++)
            {
                ref readonly var info = ref side[granule, channel];
                if (info.IsShort)
                    SlowDecoder.Reorder(ScaleFactorBands.For(header.RateRow, info), lines[channel]);
                SlowDecoder.ReduceAliases(lines[channel], info.IsShort ? (info.IsMixed ? 1 : 0) : 31);
                var slots = SlowDecoder.InverseMdct(lines[channel], info, overlaps[channel]);
                var samples = SlowDecoder.Synthesise(slots, v[channel]);
                for (var i = 0; i < 576; i++)
                {
                    difference = Math.Max(difference, Math.Abs(samples[i] - (channel == 0 ? left : right)[576 * granule + i]));
                    peak = Math.Max(peak, Math.Abs(samples[i]));
                }
            }
        }

        return difference / peak;
    }
}
