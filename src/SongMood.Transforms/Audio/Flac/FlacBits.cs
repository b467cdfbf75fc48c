using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SongMood.Audio.Flac;

/// <summary>
/// Reads a frame's bits, the most significant first, from a register of up to 64. Past the end it gives any bits, and
/// <see cref="IsPastEnd"/> tells: so a loop over many codes need look only once, at its end.
/// </summary>
internal ref struct FlacBits
{
    /// <summary>Bytes that must be there behind the last one, as whole words are read.</summary>
    public const int Slack = 8;

    private readonly ref byte _start;
    private readonly int _length;
    private int _next;
    private int _count;
    private ulong _bits;

    /// <param name="bytes">The bytes, with <see cref="Slack"/> more behind them.</param>
    /// <param name="position">The byte to begin with.</param>
    public FlacBits(ReadOnlySpan<byte> bytes, int position)
    {
        _start = ref MemoryMarshal.GetReference(bytes);
        _length = bytes.Length - Slack;
        _next = position;
    }

    /// <summary>Bits from the start.</summary>
    public readonly int Position => 8 * _next - _count;

    /// <summary>Whether more bits were read than there are.</summary>
    public readonly bool IsPastEnd => Position > 8 * _length;

    /// <summary>The next <paramref name="count"/> bits, 0 to 33.</summary>
    public ulong Read(int count)
    {
        Refill();
        var value = _bits >> 1 >> (63 - count);
        Drop(count);
        return value;
    }

    /// <summary>The next bits, 1 to 33, as a number in two's complement.</summary>
    public long ReadSigned(int count) => count == 0 ? 0 : (long)(Read(count) << (64 - count)) >> (64 - count);

    /// <summary>How many bits of 0 there are before the next 1, which is passed over; -1 where the end comes first.</summary>
    public int ReadUnary()
    {
        var zeros = 0;
        while (true)
        {
            Refill();
            var ahead = BitOperations.LeadingZeroCount(_bits);
            if (ahead < _count)
            {
                Drop(ahead);
                Drop(1);
                return zeros + ahead;
            }

            zeros += _count;
            Drop(_count);
            if (IsPastEnd)
                return -1;
        }
    }

    /// <summary>Passes over what is left of a byte.</summary>
    public void AlignToByte() => Drop(_count & 7);

    /// <summary>
    /// Codes of Rice's kind (RFC 9639, 9.2.7.1): a quotient in unary and <paramref name="parameter"/> bits of remainder, whose lowest
    /// bit says that the number is negative. False where they go on past the end.
    /// </summary>
    public bool TryReadRice(int parameter, Span<int> numbers)
    {
        var (bits, count, next) = (_bits, _count, _next);
        var toRemainder = 63 - parameter;
        var i = 0;
        while (i < numbers.Length)
        {
            bits |= BinaryPrimitives.ReverseEndianness(
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _start, Math.Min(next, _length)))) >> count;
            next += (63 - count) >> 3;
            count |= 56;
            var quotient = BitOperations.LeadingZeroCount(bits);
            var used = quotient + 1 + parameter;
            if (used <= count)
            {
                numbers[i++] = Unfold((uint)quotient << parameter | (uint)(bits << quotient << 1 >> 1 >> toRemainder));
                bits <<= used;
                count -= used;
                quotient = BitOperations.LeadingZeroCount(bits);
                used = quotient + 1 + parameter;
                if (used <= count && i < numbers.Length) // mostly there is another whole one in the register
                {
                    numbers[i++] = Unfold((uint)quotient << parameter | (uint)(bits << quotient << 1 >> 1 >> toRemainder));
                    bits <<= used;
                    count -= used;
                }

                continue;
            }

            (_bits, _count, _next) = (bits, count, next);
            var zeros = ReadUnary();
            if (zeros < 0)
                return false;
            numbers[i++] = Unfold((uint)zeros << parameter | (uint)Read(parameter));
            (bits, count, next) = (_bits, _count, _next);
        }

        (_bits, _count, _next) = (bits, count, next);
        return !IsPastEnd;
    }

    private static int Unfold(uint folded) => (int)(folded >> 1) ^ -(int)(folded & 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Refill()
    {
        _bits |= BinaryPrimitives.ReverseEndianness(
            Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _start, Math.Min(_next, _length)))) >> _count;
        _next += (63 - _count) >> 3;
        _count |= 56;
    }

    // At most 63.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Drop(int count)
    {
        _bits <<= count;
        _count -= count;
    }
}
