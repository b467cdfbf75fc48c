using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SongMood.Audio.Mp3;

/// <summary>
/// Up to 64 bits ahead of a bit position, left-aligned in a register. The bytes must go on for at least eight past the last
/// that a caller refills from: there is no bounds check.
/// </summary>
internal ref struct BitBuffer
{
    private readonly ref byte _start;
    private int _next;
    private int _count;

    public BitBuffer(ref byte start, int bitPosition)
    {
        _start = ref start;
        _next = bitPosition >> 3;
        Refill();
        Drop(bitPosition & 7);
    }

    /// <summary>The bits ahead, the next one highest.</summary>
    public ulong Bits { get; private set; }

    /// <summary>The byte that the next refill begins with.</summary>
    public readonly int NextByte => _next;

    /// <summary>Bits from the start.</summary>
    public readonly int Position => 8 * _next - _count;

    /// <summary>Makes at least 56 bits good.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        Bits |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _start, _next))) >> _count;
        _next += (63 - _count) >> 3;
        _count |= 56;
    }

    /// <summary>Goes on by <paramref name="count"/> bits, at most 56 between refills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        Bits <<= count;
        _count -= count;
    }
}
