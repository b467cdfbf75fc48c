namespace SongMood.Formats.Tests.Vorbis;

/// <summary>One bit at a time; past the end it throws.</summary>
internal sealed class SlowBits(byte[] bytes)
{
    private int _position;

    /// <summary>A packet ended.</summary>
    public sealed class EndOfPacket : Exception;

    public long Read(int count)
    {
        long value = 0;
        for (var i = 0; i < count; i++, _position++)
        {
            if (_position >= 8 * bytes.Length)
                throw new EndOfPacket();
            value |= (long)(bytes[_position / 8] >> (_position % 8) & 1) << i;
        }

        return value;
    }

    public double ReadFloat()
    {
        var value = Read(32);
        return (value >> 31 != 0 ? -1 : 1) * (value & 0x1FFFFF) * Math.Pow(2, (value >> 21 & 0x3FF) - 788);
    }

    /// <summary>9.2.1.</summary>
    public static int Width(long value)
    {
        var width = 0;
        for (; value > 0; value >>= 1)
            width++;
        return width;
    }
}
