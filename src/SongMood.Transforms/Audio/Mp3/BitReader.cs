using System.Buffers.Binary;

namespace SongMood.Audio.Mp3;

/// <summary>Reads bits, the most significant first. Past the end it gives zeros, and <see cref="Position"/> tells.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes, int bitPosition = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bits from the start.</summary>
    public int Position { get; private set; } = bitPosition;

    /// <summary>The next <paramref name="count"/> bits, at most 25.</summary>
    public int Read(int count)
    {
        if (count == 0)
            return 0;
        var first = Position >> 3;
        uint word;
        if (first + 4 <= _bytes.Length)
            word = BinaryPrimitives.ReadUInt32BigEndian(_bytes[first..]);
        else
        {
            word = 0;
            for (var i = 0; i < 4; i++)
                word = word << 8 | (first + i < _bytes.Length ? _bytes[first + i] : 0u);
        }

        var bits = word << (Position & 7) >> (32 - count);
        Position += count;
        return (int)bits;
    }

    public bool ReadFlag() => Read(1) != 0;
}
