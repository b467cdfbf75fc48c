using System.Security.Cryptography;
using SongMood.Audio.Flac;

namespace SongMood.Transforms.Tests.Audio.Flac;

/// <summary>
/// Encodes FLAC streams straight from RFC 9639, choosing at random among all that it allows: what goes in must come out. It is the slow
/// twin of the decoder, the other way round.
/// </summary>
internal sealed class FlacWriter(Random random, int rate, int depth)
{
    private readonly List<(long Sample, long Offset)> _frames = [];

    /// <summary>Whether headers count samples rather than blocks, and block sizes may differ.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Whether headers say that they count samples, as they do since 2007.</summary>
    public bool HasStrategyBit { get; init; } = true;

    /// <summary>Whether only rates and depths are in the headers that they have codes for; else the metadata say them.</summary>
    public bool SaysFormatInFrames { get; init; } = true;

    public int BlockSize { get; init; } = 1000;

    /// <summary>A table with a point for so many frames; 0 for none.</summary>
    public int SeekPointEvery { get; init; }

    /// <summary>The samples that the metadata promise; null for as many as there are.</summary>
    public long? SaidCount { get; init; }

    /// <summary>The first frame's number, or sample where these are counted.</summary>
    public int FirstNumber { get; init; }

    /// <summary>What has been chosen: a subframe's kind, a residual's, the stereo mode.</summary>
    public SortedSet<string> Chosen { get; } = [];

    public byte[] Write(long[][] channels)
    {
        var frames = WriteFrames(channels);
        List<byte> all = [.. "fLaC"u8, .. Block(0, Info(channels), SeekPointEvery == 0)];
        if (SeekPointEvery > 0)
        {
            var points = _frames.Where((_, i) => i % SeekPointEvery == 0).SelectMany(Point);
            all.AddRange(Block(3, [.. points, .. Enumerable.Repeat((byte)255, 18)], true)); // the last one is a placeholder
        }

        return [.. all, .. frames];
    }

    public byte[] WriteFrames(long[][] channels)
    {
        var all = new List<byte>();
        int start = 0, count = channels[0].Length;
        for (var number = 0; start < count; number++)
        {
            var size = Math.Min(count - start, IsVariable ? random.Next(1, 2 * BlockSize) : BlockSize);
            _frames.Add((start, all.Count));
            all.AddRange(WriteFrame([.. channels.Select(channel => channel[start..(start + size)])],
                FirstNumber + (IsVariable ? start : number)));
            start += size;
        }

        return [.. all];
    }

    public byte[] WriteFrame(long[][] channels, long number)
    {
        var size = channels[0].Length;
        var mode = channels.Length == 2 ? (StereoMode)random.Next(4) : StereoMode.Independent;
        Chosen.Add(mode.ToString());
        var frame = new BitWriter();
        frame.Write(0x7FFC, 15);
        frame.Write(IsVariable && HasStrategyBit ? 1 : 0, 1);
        var sizeCode = size switch { 192 => 1, 576 => 2, 4096 => 12, <= 256 => 6, _ => 7 };
        var rateCode = !SaysFormatInFrames ? 0
            : rate switch { 44100 => 9, 48000 => 10, _ when rate % 10 == 0 && rate < 655360 => 14, < 65536 => 13, _ => 0 };
        frame.Write(sizeCode, 4);
        frame.Write(rateCode, 4);
        frame.Write(mode == StereoMode.Independent ? channels.Length - 1 : 7 + (int)mode, 4);
        frame.Write(!SaysFormatInFrames ? 0 : depth switch { 8 => 1, 12 => 2, 16 => 4, 20 => 5, 24 => 6, 32 => 7, _ => 0 }, 3);
        frame.Write(0, 1);
        WriteNumber(frame, number);
        if (sizeCode is 6 or 7)
            frame.Write(size - 1, sizeCode == 6 ? 8 : 16);
        if (rateCode is 13 or 14)
            frame.Write(rateCode == 14 ? rate / 10 : rate, 16);
        frame.Write(BitWriter.Crc(frame.ToArray(), 0x07, 8), 8);
        if (mode == StereoMode.Independent)
            foreach (var channel in channels)
                WriteSubframe(frame, channel, depth);
        else
        {
            var side = channels[0].Zip(channels[1], (left, right) => left - right).ToArray();
            var mid = channels[0].Zip(channels[1], (left, right) => (left + right) >> 1).ToArray();
            var (first, second) = mode switch
            {
                StereoMode.LeftSide => (channels[0], side),
                StereoMode.SideRight => (side, channels[1]),
                _ => (mid, side),
            };
            WriteSubframe(frame, first, mode == StereoMode.SideRight ? depth + 1 : depth);
            WriteSubframe(frame, second, mode == StereoMode.SideRight ? depth : depth + 1);
        }

        frame.Align();
        frame.Write(BitWriter.Crc(frame.ToArray(), 0x8005, 16), 16);
        return frame.ToArray();
    }

    private void WriteSubframe(BitWriter frame, long[] samples, int bits)
    {
        var wasted = 0;
        if (samples.Any(sample => sample != 0) && random.Next(4) > 0)
            while (samples.All(sample => (sample >> wasted & 1) == 0))
                wasted++;
        samples = [.. samples.Select(sample => sample >> wasted)];
        bits -= wasted;
        var isConstant = samples.All(sample => sample == samples[0]);
        var isFixed = random.Next(3) == 0;
        var order = Math.Min(samples.Length, isFixed ? random.Next(5) : random.Next(1, random.Next(3) == 0 ? 33 : 13));
        var (coefficients, precision, shift) = isFixed ? (Fixed(order), 0, 0) : RandomCoefficients(order);
        var residual = Residual(samples, coefficients, shift);
        var isVerbatim = random.Next(10) == 0 || (order == 0 && !isFixed)
            || residual.Any(value => value is <= int.MinValue or > int.MaxValue);
        var kind = isConstant && random.Next(4) > 0 ? 0 : isVerbatim ? 1 : isFixed ? 8 + order : 31 + order;
        Chosen.Add($"subframe {kind}");
        frame.Write(kind << 1 | (wasted > 0 ? 1 : 0), 8);
        if (wasted > 0)
        {
            Chosen.Add("wasted bits");
            frame.WriteUnary(wasted - 1);
        }

        foreach (var sample in kind == 0 ? samples[..1] : kind == 1 ? samples : samples[..order])
            frame.Write(sample, bits);
        if (kind < 8)
            return;
        if (!isFixed)
        {
            frame.Write(precision - 1, 4);
            frame.Write(shift, 5);
            foreach (var coefficient in coefficients)
                frame.Write(coefficient, precision);
        }

        WriteResidual(frame, residual, order, samples.Length);
    }

    private void WriteResidual(BitWriter frame, long[] residual, int order, int size)
    {
        var method = random.Next(2);
        var partitionOrder = random.Next(6);
        while (size % (1 << partitionOrder) != 0 || size >> partitionOrder < order)
            partitionOrder--;
        if (residual.Any(value => Math.Abs(value) > 1 << 16))
            method = 1; // parameters above 14
        frame.Write(method, 2);
        frame.Write(partitionOrder, 4);
        Chosen.Add($"method {method}");
        var start = 0;
        for (var end = (size >> partitionOrder) - order; end <= residual.Length; end += size >> partitionOrder)
        {
            var part = residual[start..end];
            start = end;
            var width = part.Length == 0 ? 0 : part.Max(value => 65 - (int)long.LeadingZeroCount(value < 0 ? ~value : value));
            if (part.All(value => value == 0) && random.Next(2) == 0)
                width = 0;
            if (random.Next(6) == 0 && width < 32)
            {
                Chosen.Add(width == 0 ? "escape of no bits" : "escape");
                frame.Write(method == 0 ? 15 : 31, 4 + method);
                frame.Write(width, 5);
                foreach (var value in part)
                    frame.Write(value, width);
                continue;
            }

            var mean = part.Length == 0 ? 0 : part.Average(value => (double)Math.Abs(value));
            var parameter = Math.Clamp((int)Math.Log2(mean + 1) + random.Next(-3, 3), 0, method == 0 ? 14 : 30);
            frame.Write(parameter, 4 + method);
            foreach (var value in part)
            {
                var folded = value < 0 ? -2 * value - 1 : 2 * value;
                frame.WriteUnary(folded >> parameter);
                frame.Write(folded, parameter);
            }
        }
    }

    private static long[] Residual(long[] samples, long[] coefficients, int shift)
    {
        var residual = new long[Math.Max(0, samples.Length - coefficients.Length)];
        for (var i = 0; i < residual.Length; i++)
        {
            var sum = 0L;
            for (var k = 0; k < coefficients.Length; k++)
                sum += coefficients[k] * samples[i + coefficients.Length - 1 - k];
            residual[i] = samples[i + coefficients.Length] - (sum >> shift);
        }

        return residual;
    }

    // RFC 9639, 9.2.5: table of fixed predictors.
    private static long[] Fixed(int order) => order switch { 0 => [], 1 => [1], 2 => [2, -1], 3 => [3, -3, 1], _ => [4, -6, 4, -1] };

    private (long[] Coefficients, int Precision, int Shift) RandomCoefficients(int order)
    {
        var precision = random.Next(2, 16);
        var shift = random.Next(Math.Max(0, precision - 3), 16);
        var most = Math.Min((1 << (precision - 1)) - 1, Math.Max(1, 2 * (1 << shift) / Math.Max(1, order)));
        return ([.. Enumerable.Range(0, order).Select(_ => (long)random.Next(-most - 1, most + 1))], precision, shift);
    }

    private static void WriteNumber(BitWriter frame, long number)
    {
        if (number < 128)
        {
            frame.Write(number, 8);
            return;
        }

        var bytes = 2;
        while (number >> (5 * bytes + 1) != 0)
            bytes++;
        frame.Write((0xFF00L >> bytes & 0xFF) | (number >> 6 * (bytes - 1)), 8);
        for (var i = bytes - 2; i >= 0; i--)
            frame.Write(0x80L | (number >> 6 * i & 0x3F), 8);
    }

    private byte[] Info(long[][] channels)
    {
        var info = new BitWriter();
        info.Write(IsVariable ? 16 : BlockSize, 16);
        info.Write(IsVariable ? 2 * BlockSize : BlockSize, 16);
        info.Write(0, 48);
        info.Write(rate, 20);
        info.Write(channels.Length - 1, 3);
        info.Write(depth - 1, 5);
        info.Write(SaidCount ?? channels[0].Length, 36);
        return [.. info.ToArray(), .. MD5.HashData(Interleaved(channels))];
    }

    private byte[] Interleaved(long[][] channels)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < channels[0].Length; i++)
            foreach (var channel in channels)
                for (var k = 0; k < (depth + 7) / 8; k++)
                    bytes.Add((byte)(channel[i] >> 8 * k));
        return [.. bytes];
    }

    private static byte[] Block(int type, byte[] body, bool isLast) =>
        [(byte)(type | (isLast ? 0x80 : 0)), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static byte[] Point((long Sample, long Offset) frame)
    {
        var point = new BitWriter();
        point.Write(frame.Sample, 64);
        point.Write(frame.Offset, 64);
        point.Write(0, 16);
        return point.ToArray();
    }
}
