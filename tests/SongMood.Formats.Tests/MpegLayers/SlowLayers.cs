using SongMood.Audio.Mp3;
using SongMood.Formats.MpegLayers;

namespace SongMood.Formats.Tests.MpegLayers;

/// <summary>
/// Layers I and II as the standard's clauses have them, in double precision and one value at a time: the twin that the decoder is held
/// against. Only the tables of classes are the decoder's own; ffmpeg vouches for them.
/// </summary>
internal sealed class SlowLayers
{
    private const int Subbands = 32;

    private readonly double[][] _v = [new double[1024], new double[1024]];
    private byte[] _frame = [];
    private int _position;

    /// <summary>The samples of a frame, a row a channel.</summary>
    public double[][] Decode(byte[] frame)
    {
        Assert.True(FrameHeader.TryRead(frame, out var header));
        (_frame, _position) = (frame, 32 + (header.HasChecksum ? 16 : 0));
        var slots = Enumerable.Range(0, header.ChannelCount).Select(_ => new double[header.SampleCount]).ToArray();
        Requantise(header, slots);
        return [.. slots.Select((channel, index) => Synthesise(channel, _v[index]))];
    }

    private void Requantise(FrameHeader header, double[][] slots)
    {
        var table = AllocationTable.Of(header);
        var channels = header.ChannelCount;
        var bound = header.Mode == ChannelMode.JointStereo ? Math.Min(header.IntensityBound, table.Limit) : table.Limit;
        var classes = new QuantisationClass[channels, Subbands];
        var (selections, factors) = (new int[channels, Subbands], new double[channels, Subbands, 3]);
        for (var sb = 0; sb < table.Limit; sb++)
            for (var ch = 0; ch < channels; ch++)
                classes[ch, sb] = ch == 0 || sb < bound
                    ? table.Classes(sb)[Read(int.Log2(table.Classes(sb).Length))] : classes[0, sb];
        for (var sb = 0; sb < table.Limit; sb++)
            for (var ch = 0; ch < channels; ch++)
                if (classes[ch, sb].Steps > 0 && header.Layer == 2)
                    selections[ch, sb] = Read(2);
        for (var sb = 0; sb < table.Limit; sb++)
            for (var ch = 0; ch < channels; ch++)
                if (classes[ch, sb].Steps > 0)
                    for (var part = 0; part < 3; part++)
                    {
                        var isSent = part == 0 || header.Layer == 2 && selections[ch, sb] switch
                        {
                            0 => true,
                            1 => part == 2,
                            2 => false,
                            _ => part == 1,
                        };
                        factors[ch, sb, part] = isSent ? 2 * Math.Pow(0.5, Read(6) / 3.0) : factors[ch, sb, part - 1];
                    }

        var step = header.Layer == 1 ? 1 : 3;
        for (var slot = 0; slot < header.SampleCount / Subbands; slot += step)
            for (var sb = 0; sb < table.Limit; sb++)
                for (var ch = 0; ch < (sb < bound ? channels : 1); ch++)
                {
                    var values = Values(classes[ch, sb], step);
                    for (var i = 0; i < values.Length; i++)
                        for (var to = ch; to < (sb < bound ? ch + 1 : channels); to++)
                            slots[to][Subbands * (slot + i) + sb] = values[i] * factors[to, sb, slot / 12];
                }
    }

    // 2.4.3.2.3 and 2.4.3.3.4: the first bit is inverted, then it is a fraction in two's complement; s'' = C (s''' + D).
    private double[] Values(QuantisationClass coded, int count)
    {
        if (coded.Steps == 0)
            return [];
        var codes = new int[count];
        var code = coded.IsGrouped ? Read(coded.Bits) : 0;
        for (var i = 0; i < count; i++)
            if (coded.IsGrouped)
                (code, codes[i]) = Math.DivRem(code, coded.Steps);
            else
                codes[i] = Read(coded.Bits);
        var bits = coded.Steps switch { 3 => 2, 5 or 7 => 3, 9 => 4, _ => coded.Bits };
        var c = (1 << bits) / (double)coded.Steps;
        var d = coded.Steps is 5 or 9 ? 0.5 : Math.Pow(2, 1 - bits);
        return [.. codes.Select(value => c * ((double)value / (1 << (bits - 1)) - 1 + d))];
    }

    // Figure A.2
    private static double[] Synthesise(double[] slots, double[] v)
    {
        var output = new double[slots.Length];
        for (var t = 0; t < slots.Length; t += Subbands)
        {
            Array.Copy(v, 0, v, 64, 960);
            for (var i = 0; i < 64; i++)
                v[i] = Enumerable.Range(0, Subbands).Sum(k => Math.Cos((16 + i) * (2 * k + 1) * Math.PI / 64) * slots[t + k]);
            for (var j = 0; j < Subbands; j++)
                for (var i = 0; i < 16; i++)
                    output[t + j] += v[128 * (i / 2) + (i % 2 == 0 ? j : 96 + j)] * SynthesisWindow.Coefficients[32 * i + j];
        }

        return output;
    }

    private int Read(int count)
    {
        var value = 0;
        for (; count > 0; count--, _position++)
            value = value << 1 | _frame[_position / 8] >> (7 - _position % 8) & 1;
        return value;
    }
}
