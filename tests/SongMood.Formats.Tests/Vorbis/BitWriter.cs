namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Bits from the lowest of each byte on (Vorbis I specification, 2.1.4).</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _used = 8; // of the last byte

    public byte[] Bytes => [.. _bytes];

    public BitWriter Add(long value, int count)
    {
        for (var i = 0; i < count; i++, _used++)
        {
            if (_used == 8)
            {
                _bytes.Add(0);
                _used = 0;
            }

            _bytes[^1] |= (byte)((value >> i & 1) << _used);
        }

        return this;
    }

    public BitWriter Add(bool flag) => Add(flag ? 1 : 0, 1);

    public BitWriter Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            Add(value, 8);
        return this;
    }

    /// <summary>9.2.2: a mantissa of at most 21 bits times a power of two.</summary>
    public BitWriter AddFloat(int mantissa, int exponent) =>
        Add(Math.Abs(mantissa), 21).Add(exponent + 788, 10).Add(mantissa < 0);
}
