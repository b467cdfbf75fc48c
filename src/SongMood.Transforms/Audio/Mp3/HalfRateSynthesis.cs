using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>
/// Every second sample that <see cref="SynthesisFilterbank"/> would give with its upper 16 subbands silent: of its rows, its matrix and
/// its window, the even lanes or the odd ones, and S[31 - k] = 0.
/// </summary>
internal sealed class HalfRateSynthesis
{
    private const int Subbands = 32;
    private const int RowLength = 16;
    private const int B = 8;
    private const int History = SynthesisFilterbank.History;

    private static readonly float[][] Matrices = [MakeMatrix(0), MakeMatrix(1)];
    private static readonly float[][] Windows = [MakeWindow(0), MakeWindow(1)];

    private readonly bool _isOdd;
    private readonly float[] _rows = new float[(History + InverseMdct.SlotCount) * RowLength];
    private readonly float[] _matrix;
    private readonly float[] _window;

    /// <summary>A filterbank that gives the odd samples or the even ones.</summary>
    public HalfRateSynthesis(bool isOdd)
    {
        _isOdd = isOdd;
        _matrix = Matrices[isOdd ? 1 : 0];
        _window = Windows[isOdd ? 1 : 0];
    }

    public void Reset() => Array.Clear(_rows);

    /// <summary>From 18 slots of 32 subband samples, of which the lower 16 count, to 288 audio samples.</summary>
    public void Apply(ReadOnlySpan<float> slots, Span<float> output)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var slot = ref MemoryMarshal.GetReference(slots[..(Subbands * InverseMdct.SlotCount)]);
        ref var samples = ref MemoryMarshal.GetReference(output[..(RowLength * InverseMdct.SlotCount)]);
        for (nuint t = 0; t < InverseMdct.SlotCount; t += 2)
        {
            ref var row = ref Unsafe.Add(ref rows, (History + t) * RowLength);
            ApplyMatrix(ref Unsafe.Add(ref slot, Subbands * t), ref row);
            ApplyWindow(ref row, ref Unsafe.Add(ref samples, RowLength * t));
        }

        if (!_isOdd)
            SynthesisFilterbank.AddFirsts(ref rows, RowLength, InverseMdct.SlotCount, ref samples, RowLength);
        _rows.AsSpan(InverseMdct.SlotCount * RowLength).CopyTo(_rows);
    }

    private void ApplyMatrix(ref float s, ref float row)
    {
        ref var matrix = ref MemoryMarshal.GetArrayDataReference(_matrix);
        var a0 = Vector256<float>.Zero;
        var b0 = a0;
        var a1 = a0;
        var b1 = a0;
        for (nuint k = 0; k < 16; k++)
        {
            var a = Vector256.LoadUnsafe(ref matrix, RowLength * k);
            var b = Vector256.LoadUnsafe(ref matrix, RowLength * k + B);
            var sample = Vector256.Create(Unsafe.Add(ref s, k));
            a0 = Lanes.MultiplyAdd(sample, a, a0);
            b0 = Lanes.MultiplyAdd(sample, b, b0);
            sample = Vector256.Create(Unsafe.Add(ref s, Subbands + k));
            a1 = Lanes.MultiplyAdd(sample, a, a1);
            b1 = Lanes.MultiplyAdd(sample, b, b1);
        }

        a0.StoreUnsafe(ref row);
        b0.StoreUnsafe(ref row, B);
        a1.StoreUnsafe(ref row, RowLength);
        b1.StoreUnsafe(ref row, RowLength + B);
    }

    private void ApplyWindow(ref float row, ref float output)
    {
        ref var window = ref MemoryMarshal.GetArrayDataReference(_window);
        var below0 = Vector256<float>.Zero;
        var above0 = below0;
        var below1 = below0;
        var above1 = below0;
        for (nuint m = 0; m < 8; m++)
        {
            ref var a = ref Unsafe.Subtract(ref row, 2 * m * RowLength);
            ref var b = ref Unsafe.Add(ref Unsafe.Subtract(ref a, RowLength), B);
            var factors = Vector256.LoadUnsafe(ref window, 32 * m);
            var mirrored = Vector256.LoadUnsafe(ref window, 32 * m + 16);
            below0 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref a), factors, below0);
            above0 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref a), mirrored, above0);
            below1 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref a, RowLength), factors, below1);
            above1 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref a, RowLength), mirrored, above1);
            factors = Vector256.LoadUnsafe(ref window, 32 * m + B);
            mirrored = Vector256.LoadUnsafe(ref window, 32 * m + 16 + B);
            below0 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref b), factors, below0);
            above0 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref b), mirrored, above0);
            below1 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref b, RowLength), factors, below1);
            above1 = Lanes.MultiplyAdd(Vector256.LoadUnsafe(ref b, RowLength), mirrored, above1);
        }

        // Mirrored outputs descend: 31, 29 .. 17 of the full rate, or 16 and then 30, 28 .. 18.
        var order = _isOdd ? Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0) : Vector256.Create(0, 7, 6, 5, 4, 3, 2, 1);
        below0.StoreUnsafe(ref output);
        Vector256.Shuffle(above0, order).StoreUnsafe(ref output, 8);
        below1.StoreUnsafe(ref output, RowLength);
        Vector256.Shuffle(above1, order).StoreUnsafe(ref output, RowLength + 8);
    }

    private static float[] MakeMatrix(int parity) =>
    [
        .. from k in Enumerable.Range(0, 16)
           from lane in Enumerable.Range(0, RowLength)
           select SynthesisFilterbank.MatrixAt(k, 2 * lane + parity),
    ];

    private static float[] MakeWindow(int parity)
    {
        var window = new float[8 * 32];
        for (var m = 0; m < 8; m++)
            for (var lane = 0; lane < RowLength; lane++)
                (window[32 * m + lane], window[32 * m + 16 + lane]) = SynthesisFilterbank.WindowAt(m, 2 * lane + parity);
        return window;
    }
}
