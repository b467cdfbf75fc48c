using SongMood.Audio.Mp3;
using SongMood.Formats.MpegLayers;

namespace SongMood.Formats.Tests.MpegLayers;

/// <summary>Frames of Layers I and II with bit allocations, scale factors and samples of chance, all of them allowed.</summary>
internal sealed class LayerFrames(int seed)
{
    private const int Subbands = 32, LeastFactor = 20; // so that the sum of all subbands stays near full scale

    private readonly Random _random = new(seed);
    private readonly List<bool> _bits = [];

    /// <summary>What the header says. Version bits: 3 MPEG-1, 2 MPEG-2, 0 MPEG-2.5.</summary>
    public sealed record Kind(int Layer, int Version = 3, int Rate = 0, int BitRate = 10, int Mode = 0, int Extension = 0,
        bool IsProtected = false, bool IsPadded = false, int FreeLength = 0);

    /// <summary>Frames of one kind.</summary>
    public byte[] Many(Kind kind, int count) => [.. Enumerable.Range(0, count).SelectMany(_ => Next(kind))];

    /// <summary>A frame.</summary>
    public byte[] Next(Kind kind)
    {
        byte[] start =
        [
            0xFF, (byte)(0xE0 | kind.Version << 3 | (4 - kind.Layer) << 1 | (kind.IsProtected ? 0 : 1)),
            (byte)(kind.BitRate << 4 | kind.Rate << 2 | (kind.IsPadded ? 2 : 0)), (byte)(kind.Mode << 6 | kind.Extension << 4),
        ];
        Assert.True(FrameHeader.TryRead(start, out var header));
        Assert.Equal(kind.Layer, header.Layer);
        var frame = new byte[header.FrameLength(kind.FreeLength)];
        _bits.Clear();
        foreach (var value in start)
            Write(value, 8);
        Write(0, kind.IsProtected ? 16 : 0);
        var first = _bits.Count;
        var protectedBits = WriteAudio(header, 8 * frame.Length) - first;
        while (_bits.Count < 8 * frame.Length)
            Write(_random.Next(2), 1); // ancillary data
        for (var i = 0; i < _bits.Count; i++)
            if (_bits[i])
                frame[i / 8] |= (byte)(0x80 >> i % 8);
        if (kind.IsProtected)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4),
                Checksum(_bits[16..32].Concat(_bits.GetRange(first, protectedBits))));
        return frame;
    }

    // Figure A.9: a shift register that begins with ones.
    private static ushort Checksum(IEnumerable<bool> bits)
    {
        var register = Enumerable.Repeat(true, 16).ToArray(); // the highest first
        foreach (var bit in bits)
        {
            var carry = bit ^ register[0];
            register = [.. register[1..], carry];
            register[^16] ^= carry; // x^15
            register[^3] ^= carry; // x^2
        }

        return register.Aggregate((ushort)0, (sum, bit) => (ushort)(sum << 1 | (bit ? 1 : 0)));
    }

    // Says where the scale factors begin.
    private int WriteAudio(FrameHeader header, int length)
    {
        var table = AllocationTable.Of(header);
        var (channels, bound) = (header.ChannelCount, Math.Min(header.IntensityBound, table.Limit));
        var triplets = header.SampleCount / Subbands / 3;
        var (numbers, selections) = (new int[channels, Subbands], new int[channels, Subbands]);
        var left = length - _bits.Count - Enumerable.Range(0, table.Limit).Sum(subband => NumberBits(subband) * Coded(subband));
        foreach (var subband in Enumerable.Range(0, 2 * table.Limit).Select(_ => _random.Next(table.Limit)))
        {
            var channel = _random.Next(Coded(subband));
            var number = _random.Next(1, table.Classes(subband).Length);
            var coded = table.Classes(subband)[number];
            var cost = triplets * coded.TripletBits + (subband < bound ? 1 : channels) * (2 + 3 * 6);
            if (coded.Bits == 0 || numbers[channel, subband] > 0 || cost > left)
                continue;
            left -= cost;
            for (var other = 0; other < channels; other++)
                if (other == channel || subband >= bound)
                    (numbers[other, subband], selections[other, subband]) = (number, header.Layer == 1 ? 2 : _random.Next(4));
        }

        Each((channel, subband) => Write(numbers[channel, subband], channel < Coded(subband) ? NumberBits(subband) : 0));
        Each((channel, subband) => Write(selections[channel, subband], header.Layer == 2 && numbers[channel, subband] > 0 ? 2 : 0));
        var factors = _bits.Count;
        Each((channel, subband) =>
        {
            var count = numbers[channel, subband] == 0 ? 0 : selections[channel, subband] switch { 0 => 3, 2 => 1, _ => 2 };
            for (var i = 0; i < count; i++)
                Write(_random.Next(LeastFactor, 63), 6);
        });
        for (var slot = 0; slot < header.SampleCount / Subbands; slot += header.Layer == 1 ? 1 : 3)
            Each((channel, subband) => WriteSamples(table.Classes(subband)[channel < Coded(subband) ? numbers[channel, subband] : 0],
                header.Layer == 1 ? 1 : 3));
        return factors;

        int Coded(int subband) => subband < bound ? channels : 1;

        int NumberBits(int subband) => int.Log2(table.Classes(subband).Length);

        void Each(Action<int, int> write)
        {
            for (var subband = 0; subband < table.Limit; subband++)
                for (var channel = 0; channel < channels; channel++)
                    write(channel, subband);
        }
    }

    private void WriteSamples(QuantisationClass coded, int count)
    {
        if (coded.IsGrouped)
            Write(_random.Next(coded.Steps * coded.Steps * coded.Steps), coded.Bits);
        else
            for (var i = 0; i < count && coded.Bits > 0; i++)
                Write(_random.Next(coded.Steps), coded.Bits);
    }

    private void Write(int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
            _bits.Add((value >> bit & 1) != 0);
    }
}
