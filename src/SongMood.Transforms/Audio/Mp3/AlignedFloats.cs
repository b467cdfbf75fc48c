using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SongMood.Audio.Mp3;

/// <summary>Floats that begin at a multiple of 64 bytes, and stay there: no vector among them crosses a line of the cache.</summary>
internal readonly unsafe struct AlignedFloats
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>So many zeros.</summary>
    public AlignedFloats(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        var misalignment = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) & (Alignment - 1));
        _start = (Alignment - misalignment) % Alignment / sizeof(float);
    }

    public AlignedFloats(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Length { get; }

    public Span<float> Span => _array.AsSpan(_start, Length);

    public ref float First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
}
