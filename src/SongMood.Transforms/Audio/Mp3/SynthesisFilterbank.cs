using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>The polyphase synthesis filterbank of one channel (ISO/IEC 11172-3, 2.4.3.2.2 and Figure A.2).</summary>
/// <remarks>
/// <para>The matrixing V[i] = sum S[k] cos((16 + i)(2k + 1) pi / 64) has two symmetries. Over k: V[even] needs only S[k] + S[31 - k],
/// V[odd] only S[k] - S[31 - k]. Over i: V[16] = 0, V[32 - i] = -V[i], V[32] = -V[0], V[96 - i] = V[i] (i in 33 to 63). So a slot
/// leaves a row of 32 values: A, V[0] to V[15], and B, V[48] and then V[33] to V[47].</para>
/// <para>Output j of a slot is the sum over m = 0 to 7 of D[64m + j] V[j] of 2m slots ago and D[64m + 32 + j] V[32 + j] of 2m + 1
/// slots ago; outputs j and 32 - j use the same V. Lane 0 gives outputs 0 and 16; the former's V[32] is -V[0].</para>
/// <para>Two slots at a time, so that each factor is loaded once for both.</para>
/// </remarks>
internal sealed class SynthesisFilterbank
{
    /// <summary>Slots before the present one that a window reaches over.</summary>
    internal const int History = 15;

    private const int Subbands = 32;
    private const int RowLength = 32;
    private const int B = 16;

    // Rows by k = 0 to 15: what S[k] + S[31 - k] (even V) or S[k] - S[31 - k] (odd V) adds to each kept V.
    private static readonly float[] Matrix = MakeMatrix();

    // Rows by m = 0 to 7 of 64: the factors of A and B in outputs j, then in outputs 32 - j.
    private static readonly float[] Window = MakeWindow();

    // D[64m + 32]: the factors of -V[0] in output 0.
    private static readonly float[] FirstFactors =
        [.. Enumerable.Range(0, 8).Select(m => (float)-SynthesisWindow.Coefficients[64 * m + 32])];

    private readonly float[] _rows = new float[(History + InverseMdct.SlotCount) * RowLength];

    public void Reset() => Array.Clear(_rows);

    /// <summary>From 18 slots of 32 subband samples to 576 audio samples.</summary>
    [SkipLocalsInit]
    public void Apply(ReadOnlySpan<float> slots, Span<float> output)
    {
        Span<float> folded = stackalloc float[2 * Subbands];
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var samples = ref MemoryMarshal.GetReference(output[..(Subbands * InverseMdct.SlotCount)]);
        for (nuint t = 0; t < InverseMdct.SlotCount; t += 2)
        {
            Fold(slots.Slice((int)t * Subbands, Subbands), folded);
            Fold(slots.Slice((int)t * Subbands + Subbands, Subbands), folded[Subbands..]);
            var row = (History + t) * RowLength;
            ApplyMatrix(ref MemoryMarshal.GetReference(folded), ref Unsafe.Add(ref rows, row), 0);
            ApplyMatrix(ref MemoryMarshal.GetReference(folded), ref Unsafe.Add(ref rows, row), B);
            ApplyWindow(ref rows, row, ref Unsafe.Add(ref samples, Subbands * t), 0);
            ApplyWindow(ref rows, row, ref Unsafe.Add(ref samples, Subbands * t), 8);
        }

        AddFirsts(ref rows, RowLength, ref samples, Subbands);
        _rows.AsSpan(InverseMdct.SlotCount * RowLength).CopyTo(_rows);
    }

    // S[0] + S[31], S[0] - S[31], S[1] + S[30] ..: the pairs that the even and odd V of a row take in turn.
    private static void Fold(ReadOnlySpan<float> s, Span<float> folded)
    {
        var reversed = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        for (var k = 0; k < 16; k += 8)
        {
            var low = Vector256.Create(s[k..]);
            var high = Vector256.Shuffle(Vector256.Create(s[(24 - k)..]), reversed);
            Lanes.StoreInterleaved(low + high, low - high, ref folded[0], (nuint)(2 * k));
        }
    }

    // Half of two rows: A or B.
    private static void ApplyMatrix(ref float folded, ref float row, nuint half)
    {
        ref var matrix = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Matrix), half);
        var first0 = Vector256<float>.Zero;
        var first1 = first0;
        var second0 = first0;
        var second1 = first0;
        for (nuint k = 0; k < 16; k++)
        {
            var low = Vector256.LoadUnsafe(ref matrix, RowLength * k);
            var high = Vector256.LoadUnsafe(ref matrix, RowLength * k + 8);
            var pair = Vector256.Create(Unsafe.As<float, double>(ref Unsafe.Add(ref folded, 2 * k))).AsSingle();
            first0 = Lanes.MultiplyAdd(pair, low, first0);
            first1 = Lanes.MultiplyAdd(pair, high, first1);
            pair = Vector256.Create(Unsafe.As<float, double>(ref Unsafe.Add(ref folded, Subbands + 2 * k))).AsSingle();
            second0 = Lanes.MultiplyAdd(pair, low, second0);
            second1 = Lanes.MultiplyAdd(pair, high, second1);
        }

        first0.StoreUnsafe(ref row, half);
        first1.StoreUnsafe(ref row, half + 8);
        second0.StoreUnsafe(ref row, RowLength + half);
        second1.StoreUnsafe(ref row, RowLength + half + 8);
    }

    // Outputs j and 32 - j of two slots for eight j, from 0 or 8 on.
    private static void ApplyWindow(ref float rows, nuint row, ref float output, nuint lane)
    {
        ref var window = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Window), lane);
        ref var v = ref Unsafe.Add(ref rows, row + lane);
        var below0 = Vector256<float>.Zero;
        var above0 = below0;
        var below1 = below0;
        var above1 = below0;
        for (nuint m = 0; m < 8; m++)
        {
            ref var a = ref Unsafe.Subtract(ref v, 2 * m * RowLength);
            ref var b = ref Unsafe.Add(ref Unsafe.Subtract(ref a, RowLength), B);
            var factors = Vector256.LoadUnsafe(ref window, 64 * m);
            var mirrored = Vector256.LoadUnsafe(ref window, 64 * m + 32);
            var value = Vector256.LoadUnsafe(ref a);
            below0 = Lanes.MultiplyAdd(value, factors, below0);
            above0 = Lanes.MultiplyAdd(value, mirrored, above0);
            value = Vector256.LoadUnsafe(ref a, RowLength);
            below1 = Lanes.MultiplyAdd(value, factors, below1);
            above1 = Lanes.MultiplyAdd(value, mirrored, above1);
            factors = Vector256.LoadUnsafe(ref window, 64 * m + B);
            mirrored = Vector256.LoadUnsafe(ref window, 64 * m + 32 + B);
            value = Vector256.LoadUnsafe(ref b);
            below0 = Lanes.MultiplyAdd(value, factors, below0);
            above0 = Lanes.MultiplyAdd(value, mirrored, above0);
            value = Vector256.LoadUnsafe(ref b, RowLength);
            below1 = Lanes.MultiplyAdd(value, factors, below1);
            above1 = Lanes.MultiplyAdd(value, mirrored, above1);
        }

        Store(below0, above0, ref output, lane);
        Store(below1, above1, ref Unsafe.Add(ref output, Subbands), lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> below, Vector256<float> above, ref float output, nuint lane)
    {
        below.StoreUnsafe(ref output, lane);
        var reversed = Vector256.Shuffle(above, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));
        if (lane != 0)
        {
            reversed.StoreUnsafe(ref output, 17); // outputs 24 to 17, that is 32 - 8 to 32 - 15
            return;
        }

        // Output 16 in lane 0, then 31 to 25: what is stored at 32 belongs to the next slot, so lane 0 goes elsewhere.
        Vector128.StoreUnsafe(reversed.GetLower(), ref output, 25);
        Unsafe.Add(ref output, 29) = reversed[4];
        Unsafe.Add(ref output, 30) = reversed[5];
        Unsafe.Add(ref output, 31) = reversed[6];
        Unsafe.Add(ref output, 16) = above[0];
    }

    /// <summary>
    /// Adds to each slot's output 0 what it has of V[32] = -V[0] of the odd slots before; V[0] is the first of each row.
    /// </summary>
    internal static void AddFirsts(ref float rows, nuint rowLength, ref float output, nuint slotLength)
    {
        for (nuint t = 0; t < InverseMdct.SlotCount; t++)
        {
            float sum = 0, other = 0;
            for (nuint m = 0; m < 8; m += 2)
            {
                sum += FirstFactors[m] * Unsafe.Add(ref rows, (History + t - 2 * m - 1) * rowLength);
                other += FirstFactors[m + 1] * Unsafe.Add(ref rows, (History + t - 2 * m - 3) * rowLength);
            }

            Unsafe.Add(ref output, slotLength * t) += sum + other;
        }
    }

    /// <summary>Which V a lane of a row holds.</summary>
    private static int KeptIndex(int lane) => lane < B ? lane : lane == B ? 48 : 32 + lane - B;

    /// <summary>The factor of S[k] (with that of S[31 - k]) in a lane of a row.</summary>
    internal static float MatrixAt(int k, int lane) => (float)Math.Cos((16 + KeptIndex(lane)) * (2 * k + 1) * Math.PI / 64);

    /// <summary>The factors of a lane of a row in output j, and in output 32 - j.</summary>
    internal static (float Direct, float Mirrored) WindowAt(int m, int lane)
    {
        // V[j] serves output j with D[64m + j] and, as V[32 - j] = -V[j], output 32 - j with -D[64m + 32 - j];
        // V[32 + j] serves j with D[64m + 32 + j] and, as V[64 - j] = V[32 + j], 32 - j with D[64m + 64 - j].
        var d = SynthesisWindow.Coefficients;
        var kept = KeptIndex(lane);
        var (direct, mirrored) = lane switch
        {
            0 => (d[64 * m], 0.0),
            B => (0.0, d[64 * m + 48]),
            < B => (d[64 * m + kept], -d[64 * m + 32 - kept]),
            _ => (d[64 * m + kept], d[64 * m + 96 - kept]),
        };
        return ((float)direct, (float)mirrored);
    }

    private static float[] MakeMatrix() =>
        [.. from k in Enumerable.Range(0, 16) from lane in Enumerable.Range(0, RowLength) select MatrixAt(k, lane)];

    private static float[] MakeWindow()
    {
        var window = new float[8 * 64];
        for (var m = 0; m < 8; m++)
            for (var lane = 0; lane < RowLength; lane++)
                (window[64 * m + lane], window[64 * m + 32 + lane]) = WindowAt(m, lane);
        return window;
    }
}
