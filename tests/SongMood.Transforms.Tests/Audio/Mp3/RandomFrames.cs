using SongMood.Audio.Mp3;

namespace SongMood.Transforms.Tests.Audio.Mp3;

/// <summary>Frames with random but valid side information and random main data: every code is complete, so all of it decodes.</summary>
internal sealed class RandomFrames(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<bool> _bits = [];

    /// <summary>A frame of this kind. Version bits: 3 MPEG-1, 2 MPEG-2, 0 MPEG-2.5; mode bits: 0 to 3, extension 0 to 3.</summary>
    public byte[] Next(int version, int rateIndex, int mode, int extension)
    {
        _bits.Clear();
        var (bitrate, isMpeg1, channels) = (14, version == 3, mode == 3 ? 1 : 2);
        Write(0x7FF, 11);
        Write(version, 2);
        Write(1, 2);
        Write(1, 1);
        Write(bitrate, 4);
        Write(rateIndex, 2);
        Write(0, 2);
        Write(mode, 2);
        Write(extension, 2);
        Write(0, 4);
        Write(0, isMpeg1 ? 9 : 8);
        Write(0, (isMpeg1, channels) switch { (true, 1) => 5, (true, _) => 3, (false, 1) => 1, _ => 2 });
        if (isMpeg1)
            Write(_random.Next(1 << (4 * channels)), 4 * channels);
        byte[] headerBytes = [0xFF, (byte)(0xE0 | version << 3 | 3), (byte)(bitrate << 4 | rateIndex << 2), (byte)(mode << 6)];
        FrameHeader.TryRead(headerBytes, out var header);
        var length = header.FrameLength(0);
        var bitsEach = Math.Min(4095, 8 * (length - header.MainDataOffset) / (channels * header.GranuleCount));
        for (var i = 0; i < channels * header.GranuleCount; i++)
            WriteGranule(isMpeg1, bitsEach);
        var frame = new byte[length];
        _random.NextBytes(frame);
        for (var i = 0; i < header.MainDataOffset; i++)
            frame[i] = 0;
        for (var i = 0; i < _bits.Count; i++)
            if (_bits[i])
                frame[i / 8] |= (byte)(0x80 >> (i % 8));
        return frame;
    }

    private void WriteGranule(bool isMpeg1, int bitsLeft)
    {
        var length = bitsLeft - _random.Next(200);
        var big = _random.Next(2) == 0;
        var bigValues = Math.Min(_random.Next(289), (length - 400) / (big ? 45 : 10));
        Write(length, 12);
        Write(bigValues, 9);
        Write(_random.Next(140, 190), 8);
        Write(_random.Next(1 << (isMpeg1 ? 4 : 9)), isMpeg1 ? 4 : 9);
        var isSwitched = _random.Next(3) > 0;
        Write(isSwitched ? 1 : 0, 1);
        int Table() => big ? _random.Next(32) : _random.Next(7);
        if (isSwitched)
        {
            Write(_random.Next(1, 4), 2);
            Write(_random.Next(2), 1);
            Write(Table(), 5);
            Write(Table(), 5);
            Write(_random.Next(512), 9);
        }
        else
        {
            for (var i = 0; i < 3; i++)
                Write(Table(), 5);
            Write(_random.Next(128), 7);
        }

        Write(_random.Next(isMpeg1 ? 8 : 4), isMpeg1 ? 3 : 2);
    }

    private void Write(int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
            _bits.Add((value >> i & 1) != 0);
    }
}
