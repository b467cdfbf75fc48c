using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>The polyphase synthesis filterbank of one channel (ISO/IEC 11172-3, 2.4.3.2.2 and Figure A.2).</summary>
/// <remarks>
/// <para>The matrixing V[i] = sum S[k] cos((16 + i)(2k + 1) pi / 64) has two symmetries. Over k: V[even] needs only S[k] + S[31 - k],
/// V[odd] only S[k] - S[31 - k]. Over i: V[16] = 0, V[32 - i] = -V[i], V[32] = -V[0], V[96 - i] = V[i] (i in 33 to 63). So 32
/// values a slot are kept, in four vectors: A even (V[0], 2 .. 14), A odd (1, 3 .. 15), B even (V[48], then 34, 36 .. 46)
/// and B odd (33, 35 .. 47).</para>
/// <para>Output j of a slot is the sum over m = 0 to 7 of D[64m + j] V[j] of 2m slots ago and D[64m + 32 + j] V[32 + j] of
/// 2m + 1 slots ago; outputs j and 32 - j use the same V. Lane 0 of the even vectors gives outputs 0 and 16, and V[32] of the
/// former is -V[0].</para>
/// </remarks>
internal sealed class SynthesisFilterbank
{
    private const int Subbands = 32;
    private const int RowLength = 32;
    private const int History = 15;
    private const int AEven = 0, AOdd = 8, BEven = 16, BOdd = 24;

    /// <summary>Rows by k = 0 to 15 of 32 cosines: what S[k] +- S[31 - k] adds to each kept V.</summary>
    internal static readonly float[] MatrixTable = MakeMatrix();

    /// <summary>
    /// Rows by m = 0 to 7 of 64 window values: for outputs j the factors of A even, A odd, B even, B odd; for outputs 32 - j the same.
    /// </summary>
    internal static readonly float[] WindowTable = MakeWindow();

    // D[64m + 32]: the factors of -V[0] in output 0.
    private static readonly float[] FirstOutput =
        [.. Enumerable.Range(0, 8).Select(m => (float)-SynthesisWindow.Coefficients[64 * m + 32])];

    private readonly float[] _rows = new float[(History + InverseMdct.SlotCount) * RowLength];

    public void Reset() => Array.Clear(_rows);

    /// <summary>From 18 slots of 32 subband samples to 576 audio samples.</summary>
    public void Apply(ReadOnlySpan<float> slots, Span<float> output)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var slot = ref MemoryMarshal.GetReference(slots);
        ref var samples = ref MemoryMarshal.GetReference(output[..(Subbands * InverseMdct.SlotCount)]);
        for (nuint t = 0; t < InverseMdct.SlotCount; t++)
        {
            Fold(ref Unsafe.Add(ref slot, Subbands * t), ref rows, (History + t) * RowLength);
            WindowSlot(ref rows, (History + t) * RowLength, ref samples, Subbands * t);
        }

        _rows.AsSpan(InverseMdct.SlotCount * RowLength).CopyTo(_rows);
    }

    private static void Fold(ref float s, ref float rows, nuint row)
    {
        ref var matrix = ref MemoryMarshal.GetArrayDataReference(MatrixTable);
        var aEven = Vector256<float>.Zero;
        var aOdd = aEven;
        var bEven = aEven;
        var bOdd = aEven;
        for (nuint k = 0; k < 16; k++)
        {
            var low = Unsafe.Add(ref s, k);
            var high = Unsafe.Add(ref s, 31 - k);
            var sum = Vector256.Create(low + high);
            var difference = Vector256.Create(low - high);
            aEven = Lanes.MultiplyAdd(sum, Vector256.LoadUnsafe(ref matrix, RowLength * k + AEven), aEven);
            aOdd = Lanes.MultiplyAdd(difference, Vector256.LoadUnsafe(ref matrix, RowLength * k + AOdd), aOdd);
            bEven = Lanes.MultiplyAdd(sum, Vector256.LoadUnsafe(ref matrix, RowLength * k + BEven), bEven);
            bOdd = Lanes.MultiplyAdd(difference, Vector256.LoadUnsafe(ref matrix, RowLength * k + BOdd), bOdd);
        }

        aEven.StoreUnsafe(ref rows, row + AEven);
        aOdd.StoreUnsafe(ref rows, row + AOdd);
        bEven.StoreUnsafe(ref rows, row + BEven);
        bOdd.StoreUnsafe(ref rows, row + BOdd);
    }

    private static void WindowSlot(ref float rows, nuint row, ref float output, nuint offset)
    {
        ref var window = ref MemoryMarshal.GetArrayDataReference(WindowTable);
        var even = Vector256<float>.Zero; // outputs 0, 2 .. 14
        var odd = even; // 1, 3 .. 15
        var evenMirror = even; // 16, 30, 28 .. 18
        var oddMirror = even; // 31, 29 .. 17
        for (nuint m = 0; m < 8; m++)
        {
            var a = row - 2 * m * RowLength;
            var b = a - RowLength;
            var w = 64 * m;
            var aEven = Vector256.LoadUnsafe(ref rows, a + AEven);
            var aOdd = Vector256.LoadUnsafe(ref rows, a + AOdd);
            var bEven = Vector256.LoadUnsafe(ref rows, b + BEven);
            var bOdd = Vector256.LoadUnsafe(ref rows, b + BOdd);
            even = Lanes.MultiplyAdd(aEven, Vector256.LoadUnsafe(ref window, w), even);
            odd = Lanes.MultiplyAdd(aOdd, Vector256.LoadUnsafe(ref window, w + 8), odd);
            even = Lanes.MultiplyAdd(bEven, Vector256.LoadUnsafe(ref window, w + 16), even);
            odd = Lanes.MultiplyAdd(bOdd, Vector256.LoadUnsafe(ref window, w + 24), odd);
            evenMirror = Lanes.MultiplyAdd(aEven, Vector256.LoadUnsafe(ref window, w + 32), evenMirror);
            oddMirror = Lanes.MultiplyAdd(aOdd, Vector256.LoadUnsafe(ref window, w + 40), oddMirror);
            evenMirror = Lanes.MultiplyAdd(bEven, Vector256.LoadUnsafe(ref window, w + 48), evenMirror);
            oddMirror = Lanes.MultiplyAdd(bOdd, Vector256.LoadUnsafe(ref window, w + 56), oddMirror);
        }

        even += Vector256.CreateScalar(FirstOutputRest(ref rows, row, RowLength));

        // Outputs 16, 18 .. 30 and 17, 19 .. 31: the mirrored ones descend.
        var evenAbove = Vector256.Shuffle(evenMirror, Vector256.Create(0, 7, 6, 5, 4, 3, 2, 1));
        var oddAbove = Vector256.Shuffle(oddMirror, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));
        Lanes.StoreInterleaved(even, odd, ref output, offset);
        Lanes.StoreInterleaved(evenAbove, oddAbove, ref output, offset + 16);
    }

    /// <summary>What output 0 has of V[32] = -V[0] of the odd slots before; V[0] is the first of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float FirstOutputRest(ref float rows, nuint row, nuint rowLength)
    {
        float sum = 0;
        ref var factors = ref MemoryMarshal.GetArrayDataReference(FirstOutput);
        for (nuint m = 0; m < 8; m++)
            sum += Unsafe.Add(ref factors, m) * Unsafe.Add(ref rows, row - (2 * m + 1) * rowLength);
        return sum;
    }

    // Which V each lane of a row holds.
    private static int KeptIndex(int lane) => lane switch
    {
        < AOdd => 2 * lane,
        < BEven => 2 * (lane - AOdd) + 1,
        BEven => 48,
        < BOdd => 32 + 2 * (lane - BEven),
        _ => 33 + 2 * (lane - BOdd),
    };

    private static float[] MakeMatrix() =>
    [
        .. from k in Enumerable.Range(0, 16)
           from lane in Enumerable.Range(0, RowLength)
           select (float)Math.Cos((16 + KeptIndex(lane)) * (2 * k + 1) * Math.PI / 64),
    ];

    private static float[] MakeWindow()
    {
        var d = SynthesisWindow.Coefficients;
        var window = new float[8 * 64];
        for (var m = 0; m < 8; m++)
            for (var lane = 0; lane < RowLength; lane++)
            {
                // As the comment on top: V[j] serves output j with D[64m + j] and, as V[32 - j] = -V[j], output 32 - j with
                // -D[64m + 32 - j]; V[32 + j] serves j with D[64m + 32 + j] and, as V[64 - j] = V[32 + j], 32 - j with D[64m + 64 - j].
                var kept = KeptIndex(lane);
                var (direct, mirror) = (lane, kept) switch
                {
                    (AEven, _) => (d[64 * m], 0.0),
                    (BEven, _) => (0.0, d[64 * m + 48]),
                    (< BEven, _) => (d[64 * m + kept], -d[64 * m + 32 - kept]),
                    _ => (d[64 * m + kept], d[64 * m + 96 - kept]),
                };
                window[64 * m + lane] = (float)direct;
                window[64 * m + 32 + lane] = (float)mirror;
            }

        return window;
    }
}
