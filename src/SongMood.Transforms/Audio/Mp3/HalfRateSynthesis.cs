using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>
/// Every second sample that <see cref="SynthesisFilterbank"/> would give with its upper 16 subbands silent: half of its V and half of
/// its window, and S[31 - k] = 0.
/// </summary>
internal sealed class HalfRateSynthesis
{
    private const int Subbands = 32;
    private const int RowLength = 16;
    private const int History = 15;

    private readonly bool _isOdd;
    private readonly float[] _rows = new float[(History + InverseMdct.SlotCount) * RowLength];

    // Rows by k = 0 to 15 of 16 cosines, and by m = 0 to 7 of 32 window values: of those of the full filterbank, the even or odd ones.
    private readonly float[] _matrix;
    private readonly float[] _window;

    /// <summary>A filterbank that gives the odd samples or the even ones.</summary>
    public HalfRateSynthesis(bool isOdd)
    {
        _isOdd = isOdd;
        _matrix = PickVectors(SynthesisFilterbank.MatrixTable, isOdd);
        _window = PickVectors(SynthesisFilterbank.WindowTable, isOdd);
    }

    public void Reset() => Array.Clear(_rows);

    /// <summary>From 18 slots of 32 subband samples, of which the lower 16 count, to 288 audio samples.</summary>
    public void Apply(ReadOnlySpan<float> slots, Span<float> output)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var slot = ref MemoryMarshal.GetReference(slots);
        ref var samples = ref MemoryMarshal.GetReference(output[..(RowLength * InverseMdct.SlotCount)]);
        for (nuint t = 0; t < InverseMdct.SlotCount; t++)
        {
            Matrix(ref Unsafe.Add(ref slot, Subbands * t), ref rows, (History + t) * RowLength);
            Window(ref rows, (History + t) * RowLength, ref samples, RowLength * t);
        }

        _rows.AsSpan(InverseMdct.SlotCount * RowLength).CopyTo(_rows);
    }

    private void Matrix(ref float s, ref float rows, nuint row)
    {
        ref var matrix = ref MemoryMarshal.GetArrayDataReference(_matrix);
        var a = Vector256<float>.Zero;
        var b = a;
        for (nuint k = 0; k < 16; k++)
        {
            var sample = Vector256.Create(Unsafe.Add(ref s, k));
            a = Lanes.MultiplyAdd(sample, Vector256.LoadUnsafe(ref matrix, RowLength * k), a);
            b = Lanes.MultiplyAdd(sample, Vector256.LoadUnsafe(ref matrix, RowLength * k + 8), b);
        }

        a.StoreUnsafe(ref rows, row);
        b.StoreUnsafe(ref rows, row + 8);
    }

    private void Window(ref float rows, nuint row, ref float output, nuint offset)
    {
        ref var window = ref MemoryMarshal.GetArrayDataReference(_window);
        var below = Vector256<float>.Zero;
        var above = below;
        for (nuint m = 0; m < 8; m++)
        {
            var a = Vector256.LoadUnsafe(ref rows, row - 2 * m * RowLength);
            var b = Vector256.LoadUnsafe(ref rows, row - (2 * m + 1) * RowLength + 8);
            below = Lanes.MultiplyAdd(a, Vector256.LoadUnsafe(ref window, 32 * m), below);
            below = Lanes.MultiplyAdd(b, Vector256.LoadUnsafe(ref window, 32 * m + 8), below);
            above = Lanes.MultiplyAdd(a, Vector256.LoadUnsafe(ref window, 32 * m + 16), above);
            above = Lanes.MultiplyAdd(b, Vector256.LoadUnsafe(ref window, 32 * m + 24), above);
        }

        if (!_isOdd)
            below += Vector256.CreateScalar(SynthesisFilterbank.FirstOutputRest(ref rows, row, RowLength));
        var order = _isOdd ? Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0) : Vector256.Create(0, 7, 6, 5, 4, 3, 2, 1);
        below.StoreUnsafe(ref output, offset);
        Vector256.Shuffle(above, order).StoreUnsafe(ref output, offset + 8);
    }

    // The full tables have vectors of eight by turns for even and odd.
    private static float[] PickVectors(float[] full, bool isOdd) =>
        [.. full.Chunk(8).Where((_, vector) => vector % 2 == (isOdd ? 1 : 0)).SelectMany(vector => vector)];
}
