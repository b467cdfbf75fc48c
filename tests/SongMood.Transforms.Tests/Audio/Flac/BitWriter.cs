namespace SongMood.Transforms.Tests.Audio.Flac;

/// <summary>Writes bits, the most significant first, one by one.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _bits;

    public byte[] ToArray() => [.. _bytes];

    public void Write(long value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            if (_bits++ % 8 == 0)
                _bytes.Add(0);
            _bytes[^1] |= (byte)((value >> bit & 1) << (7 - (_bits - 1) % 8));
        }
    }

    public void WriteUnary(long zeros)
    {
        for (var i = 0L; i < zeros; i++)
            Write(0, 1);
        Write(1, 1);
    }

    public void Align()
    {
        while (_bits % 8 != 0)
            Write(0, 1);
    }

    /// <summary>The remainder of a division by a polynomial, bit by bit: RFC 9639's checksums.</summary>
    public static int Crc(ReadOnlySpan<byte> bytes, int polynomial, int width)
    {
        var sum = 0;
        foreach (var value in bytes)
            for (var bit = 7; bit >= 0; bit--)
            {
                var isOne = (sum >> (width - 1) & 1) != (value >> bit & 1);
                sum = (sum << 1 & ((1 << width) - 1)) ^ (isOne ? polynomial : 0);
            }

        return sum;
    }
}
