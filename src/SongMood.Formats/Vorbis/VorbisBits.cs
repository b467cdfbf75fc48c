using System.Numerics;
using System.Runtime.CompilerServices;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// The bits of a packet, from the lowest of each byte on (Vorbis I specification, 2.1.4). Behind the end all bits are 0, and
/// <see cref="IsPastEnd"/> is true for good once one of them was taken (2.1.8).
/// </summary>
internal sealed unsafe class VorbisBits
{
    /// <summary>Bits that <see cref="At"/> gives at least.</summary>
    public const int WindowLength = 57;

    private const int Padding = 2 * sizeof(ulong);

    private byte[] _bytes = [];

    /// <summary>The first bit that was not taken; one behind the end where more than all were asked for.</summary>
    public int Position { get; private set; }

    /// <summary>Bits of the packet.</summary>
    public int Length { get; private set; }

    public bool IsPastEnd => Position > Length;

    /// <summary>The packet's bytes, and zeros behind them; they do not move.</summary>
    public byte* Start { get; private set; }

    /// <summary>Goes to the start of a packet.</summary>
    public void Open(ReadOnlySpan<byte> packet)
    {
        if (_bytes.Length < packet.Length + Padding)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(
                (int)BitOperations.RoundUpToPowerOf2((uint)(packet.Length + Padding)), pinned: true);
            Start = (byte*)Unsafe.AsPointer(ref _bytes[0]);
        }

        packet.CopyTo(_bytes);
        _bytes.AsSpan(packet.Length, Padding).Clear();
        (Position, Length) = (0, 8 * packet.Length);
    }

    /// <summary>The bits from a position on, which is at most one behind the end, the first of them lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong At(byte* start, int position) => Unsafe.ReadUnaligned<ulong>(start + (position >> 3)) >> (position & 7);

    /// <summary>Goes to a position; false, and behind the end, where it is there.</summary>
    public bool TryMoveTo(int position)
    {
        Position = Math.Min(position, Length + 1);
        return position <= Length;
    }

    /// <summary>The next bits as a number: 0 to 32 of them.</summary>
    public uint Read(int count)
    {
        var value = (uint)(At(Start, Position) & ((1UL << count) - 1));
        return TryMoveTo(Position + count) ? value : 0;
    }

    /// <summary>The next bit.</summary>
    public bool ReadFlag() => Read(1) != 0;

    /// <summary>9.2.1: how many bits a number takes.</summary>
    public static int WidthOf(uint value) => 32 - BitOperations.LeadingZeroCount(value);
}
