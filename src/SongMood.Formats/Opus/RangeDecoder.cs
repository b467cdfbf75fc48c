using System.Numerics;
using System.Runtime.CompilerServices;

namespace SongMood.Formats.Opus;

/// <summary>
/// The entropy decoder of a frame (RFC 6716, 4.1): symbols from its front by a range coder, raw bits from its back. Past its end it gives
/// zeros.
/// </summary>
internal sealed class RangeDecoder
{
    /// <summary>What a bit counts in <see cref="TellEighths"/>.</summary>
    public const int EighthBits = 3;

    private const int SymbolBits = 8, CodeBits = 32;
    private const uint Top = 1u << (CodeBits - 1), Bottom = Top >> SymbolBits;
    private const int ExtraBits = (CodeBits - 2) % SymbolBits + 1;

    // 2^(15 + (i + 1/2) / 8), where an eighth of a bit is rounded to the next.
    private static readonly ushort[] EighthBounds = [35733, 38967, 42495, 46340, 50535, 55109, 60097, 65535];

    private byte[] _bytes = [];
    private int _start, _length, _front, _back;
    private uint _range, _value, _window;
    private int _last, _windowBits, _bitCount;

    /// <summary>Bytes that belong to the frame; less where its end is taken by something else (4.5.1).</summary>
    public int Length
    {
        get => _length;
        set => _length = value;
    }

    /// <summary>Bits of the whole frame.</summary>
    public int BitLength => 8 * _length;

    /// <summary>The range: at a frame's end a measure of whether encoder and decoder agree.</summary>
    public uint Range => _range;

    /// <summary>Bits that were used, rounded up (4.1.6.1).</summary>
    public int Tell => _bitCount - Log(_range);

    /// <summary>Bits that were used, in eighths (4.1.6.2).</summary>
    public int TellEighths
    {
        get
        {
            var log = Log(_range);
            var fraction = _range >> (log - 16);
            var eighths = (int)(fraction >> 12) - 8;
            if (fraction > EighthBounds[eighths])
                eighths++;
            return (_bitCount << EighthBits) - ((log << EighthBits) + eighths);
        }
    }

    /// <summary>Begins with a frame (4.1.1).</summary>
    public void Start(byte[] bytes, int start, int length)
    {
        (_bytes, _start, _length, _front, _back) = (bytes, start, length, 0, 0);
        (_window, _windowBits) = (0, 0);
        _bitCount = CodeBits + 1 - (CodeBits - ExtraBits) / SymbolBits * SymbolBits;
        _range = 1u << ExtraBits;
        _last = NextByte();
        _value = _range - 1 - (uint)(_last >> (SymbolBits - ExtraBits));
        Normalise();
    }

    /// <summary>As if all bits were used.</summary>
    public void SkipToEnd() => _bitCount += BitLength - Tell;

    /// <summary>A place within <paramref name="total"/> equally likely ones (4.1.2); <see cref="Update"/> must follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint total, out uint scale)
    {
        scale = _range / total;
        return total - Math.Min(_value / scale + 1, total);
    }

    /// <summary>Takes the symbol that has the places from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(uint scale, uint low, uint high, uint total)
    {
        var above = scale * (total - high);
        _value -= above;
        _range = low > 0 ? scale * (high - low) : _range - above;
        Normalise();
    }

    /// <summary>A bit that is 1 once in 2^<paramref name="logarithm"/> (4.1.3.2).</summary>
    public bool Bit(int logarithm)
    {
        var bound = _range >> logarithm;
        var isSet = _value < bound;
        if (isSet)
            _range = bound;
        else
        {
            _value -= bound;
            _range -= bound;
        }

        Normalise();
        return isSet;
    }

    /// <summary>A symbol of a table (4.1.3.3).</summary>
    /// <param name="above">For each symbol, the weight of all behind it; the last is 0.</param>
    /// <param name="totalBits">The logarithm of the weight of all.</param>
    public int Symbol(ReadOnlySpan<byte> above, int totalBits = 8)
    {
        var scale = _range >> totalBits;
        var symbol = -1;
        uint upper, lower = _range;
        do
        {
            upper = lower;
            lower = scale * above[++symbol];
        }
        while (_value < lower);
        _value -= lower;
        _range = upper - lower;
        Normalise();
        return symbol;
    }

    /// <summary>A number below <paramref name="count"/>, all as likely (4.1.5): its high bits from the front, others raw.</summary>
    public uint Uniform(uint count)
    {
        var most = count - 1;
        var bits = Log(most);
        if (bits <= SymbolBits)
        {
            var number = Find(count, out var scale);
            Update(scale, number, number + 1, count);
            return number;
        }
        else
        {
            bits -= SymbolBits;
            var total = (most >> bits) + 1;
            var high = Find(total, out var scale);
            Update(scale, high, high + 1, total);
            return Math.Min(high << bits | RawBits(bits), most); // only damaged frames have more
        }
    }

    /// <summary>Bits from the frame's back, at most 25 (4.1.4).</summary>
    public uint RawBits(int count)
    {
        while (_windowBits < count)
        {
            _window |= (uint)(_back < _length ? _bytes[_start + _length - ++_back] : 0) << _windowBits;
            _windowBits += SymbolBits;
        }

        var value = _window & ((1u << count) - 1);
        _window >>= count;
        _windowBits -= count;
        _bitCount += count;
        return value;
    }

    /// <summary>A difference of energy, which is the likelier the smaller it is (4.3.2.1).</summary>
    /// <param name="zero">How likely 0 is, of 32,768.</param>
    /// <param name="decay">By how much each next number is less likely, of 16,384.</param>
    public int Laplace(uint zero, uint decay)
    {
        const uint Total = 1 << 15, Least = 1, LeastCount = 16;
        var scale = _range >> 15;
        var place = Total - Math.Min(_value / scale + 1, Total);
        uint low = 0, width = zero;
        var number = 0;
        if (place >= zero)
        {
            number = 1;
            low = zero;
            width = (uint)((Total - 2 * LeastCount * Least - zero) * (ulong)(16_384 - decay) >> 15) + Least;
            while (width > Least && place >= low + 2 * width)
            {
                low += 2 * width;
                width = ((2 * width - 2 * Least) * decay >> 15) + Least;
                number++;
            }

            if (width <= Least) // all further ones are as likely
            {
                var further = (place - low) / (2 * Least);
                number += (int)further;
                low += 2 * further * Least;
            }

            if (place < low + width)
                number = -number;
            else
                low += width;
        }

        Update(scale, low, Math.Min(low + width, Total), Total);
        return number;
    }

    private static int Log(uint value) => CodeBits - BitOperations.LeadingZeroCount(value);

    // 4.1.2.1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Normalise()
    {
        while (_range <= Bottom)
        {
            _bitCount += SymbolBits;
            _range <<= SymbolBits;
            var next = NextByte();
            var symbol = (_last << SymbolBits | next) >> (SymbolBits - ExtraBits);
            _last = next;
            _value = (_value << SymbolBits) + (uint)(255 & ~symbol) & (Top - 1);
        }
    }

    private int NextByte() => _front < _length ? _bytes[_start + _front++] : 0;
}
