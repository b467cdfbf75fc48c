using System.Runtime.CompilerServices;

namespace SongMood.Dsp;

/// <summary>
/// The powers of frames of 2048 samples, as many at once as a vector has lanes: a frame a lane, so that nothing moves from one lane to
/// another, and a table is read once for all of them. The 1024 complex points (even samples as the real part, odd ones as the imaginary
/// part) are a square: first its 32 columns are transformed, two at a time within the nearest cache, then, turned, its 32 rows
/// (W. Gentleman and G. Sande, "Fast Fourier transforms: for fun and profit", 1966), two rows whose bins mirror each other at a time.
/// Double precision, as in <see cref="RealFft"/>. Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class FramePowers
{
    public const int FrameLength = 2048;

    /// <summary>Points of a column, and of a row.</summary>
    internal const int Side = 32;

    private const int Points = Side * Side;
    private const nint RowPair = 4; // vectors: of a row and its mirror row, real and imaginary
    private readonly AlignedBuffer _window; // half its values, in the order of use: four columns, row, their samples
    private readonly AlignedBuffer _passTwiddles; // exp(-2 pi i p j / 32), [p][j - 1][real, imaginary], j below 8
    private readonly AlignedBuffer _columnTwiddles; // exp(-2 pi i n k / 1024), [n][k][real, imaginary]
    private readonly AlignedBuffer _turns; // exp(-2 pi i (row + 32 k) / 2048), [row][k][real, imaginary], rows 0 to 16
    private readonly AlignedBuffer _columns; // three pairs of columns
    private readonly AlignedBuffer _square; // what the passes over columns leave for those over rows, as SquarePlaces says

    public FramePowers(ReadOnlySpan<double> window)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(window.Length, FrameLength);
        _window = new AlignedBuffer(FrameLength);
        for (var i = 0; i < FrameLength; i++)
        {
            var (row, sample) = (i / (2 * Side), i % (2 * Side));
            _window.Pointer[(sample / 8 * Side + row) * 8 + sample % 8] = window[i] / 2; // untangling doubles
        }

        _passTwiddles = new AlignedBuffer(2 * 4 * 7);
        for (var p = 0; p < 4; p++)
            for (var j = 1; j < 8; j++)
                SetRoot(_passTwiddles, 7 * p + j - 1, p * j, Side);
        _columnTwiddles = new AlignedBuffer(2 * Points);
        for (var n = 0; n < Side; n++)
            for (var k = 0; k < Side; k++)
                SetRoot(_columnTwiddles, Side * n + k, n * k, Points);
        _turns = new AlignedBuffer(2 * Side * (Side / 2 + 1));
        for (var row = 0; row <= Side / 2; row++)
            for (var k = 0; k < Side; k++)
                SetRoot(_turns, Side * row + k, row + Side * k, FrameLength);
        _columns = new AlignedBuffer(3 * 4 * Side * LaneCount);
        _square = new AlignedBuffer(Side * (int)SquarePlaces.Step * LaneCount);
    }

    /// <summary>How many frames <see cref="Compute"/> takes at once.</summary>
    public static int LaneCount => Lane8.IsSupported ? Lane8.Width : Lane4.IsSupported ? Lane4.Width : Lane2.Width;

    /// <summary>
    /// The squared magnitudes (or the magnitudes) of <see cref="LaneCount"/> frames: bin k of frame f goes to
    /// <paramref name="power"/>[<paramref name="stride"/> k + f].
    /// </summary>
    public void Compute(float** frames, float* power, int stride, bool magnitude)
    {
        if (Lane8.IsSupported)
            Compute<Lane8>(frames, power, stride, magnitude);
        else if (Lane4.IsSupported)
            Compute<Lane4>(frames, power, stride, magnitude);
        else
            Compute<Lane2>(frames, power, stride, magnitude);
    }

    private static void SetRoot(AlignedBuffer table, int index, long k, long n) =>
        (table.Pointer[2 * index], table.Pointer[2 * index + 1]) = ComplexFft.RootOfUnity(k, n);

    private void Compute<T>(float** frames, float* power, nint stride, bool magnitude) where T : unmanaged, ILane<T>
    {
        var first = _columns.Pointer;
        var second = first + 4 * Side * T.Width;
        var result = second + 4 * Side * T.Width;
        for (var column = 0; column < Side; column += 4)
        {
            Load<T>(frames, 2 * column, _window.Pointer + column * 2 * Side, first, second);
            PointPairs<T>.FirstPass<PairPlaces>(first, result, _passTwiddles.Pointer);
            FinishColumns<T>(result, column);
            PointPairs<T>.FirstPass<PairPlaces>(second, result, _passTwiddles.Pointer);
            FinishColumns<T>(result, column + 2);
        }

        for (var row = 0; row < Side / 2; row++)
        {
            PointPairs<T>.FirstPass<SquarePlaces>(_square.Pointer + row * RowPair * T.Width, first, _passTwiddles.Pointer);
            var turns = _turns.Pointer + 2 * Side * row;
            if (row > 0)
                RowPowers<T>.Store(first, turns, power + row * stride, power + (Points - row) * stride, stride, magnitude);
            else
                RowPowers<T>.StoreOuter(first, result, turns, power, stride, magnitude);
        }
    }

    /// <summary>Windows four columns: point m of the first two goes to first[m][column][lane].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load<T>(float** frames, nint at, double* window, double* first, double* second) where T : unmanaged, ILane<T>
    {
        for (nint m = 0; m < Side; m++, window += 8, first += 2 * T.Width, second += 2 * T.Width)
        {
            T.LoadFrames(frames, at + 2 * Side * m,
                out var r0, out var i0, out var r1, out var i1, out var r2, out var i2, out var r3, out var i3);
            (r0 * T.Broadcast(window[0])).Store(first);
            (i0 * T.Broadcast(window[1])).Store(first + 64 * T.Width);
            (r1 * T.Broadcast(window[2])).Store(first + T.Width);
            (i1 * T.Broadcast(window[3])).Store(first + 65 * T.Width);
            (r2 * T.Broadcast(window[4])).Store(second);
            (i2 * T.Broadcast(window[5])).Store(second + 64 * T.Width);
            (r3 * T.Broadcast(window[6])).Store(second + T.Width);
            (i3 * T.Broadcast(window[7])).Store(second + 65 * T.Width);
        }
    }

    /// <summary>
    /// The second pass (radix 4) over two columns. Result k, turned, goes to row k of the square: rows 1 to 15 have their mirror rows 31
    /// to 17 beside them, row 0 has row 16. The square is [column][pair of rows][real, imaginary][row or mirror row][lane].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishColumns<T>(double* x, nint column) where T : unmanaged, ILane<T>
    {
        var pair = RowPair * T.Width;
        for (nint c = 0; c < 2; c++, column++)
        {
            var from = x + c * T.Width;
            var twiddles = _columnTwiddles.Pointer + 2 * Side * column;
            // Rows q and q + 8, and q + 16 and q + 24, which mirror 16 - q and 8 - q.
            var up = _square.Pointer + column * SquarePlaces.Step * T.Width;
            var third = up + T.Width; // row 16 is beside row 0
            var down = third + 8 * pair;
            for (nint q = 0; q < 8; q++, twiddles += 2, from += 2 * T.Width, up += pair, down -= pair, third = down + 8 * pair)
            {
                T x0r = T.Load(from), x0i = T.Load(from + 64 * T.Width);
                T x1r = T.Load(from + 16 * T.Width), x1i = T.Load(from + 80 * T.Width);
                T x2r = T.Load(from + 32 * T.Width), x2i = T.Load(from + 96 * T.Width);
                T x3r = T.Load(from + 48 * T.Width), x3i = T.Load(from + 112 * T.Width);
                T s0r = x0r + x2r, s0i = x0i + x2i, d0r = x0r - x2r, d0i = x0i - x2i;
                T s1r = x1r + x3r, s1i = x1i + x3i, d1r = x1r - x3r, d1i = x1i - x3i;
                PointPairs<T>.StoreTurned<SquarePlaces>(s0r + s1r, s0i + s1i, twiddles, 0, up, 0);
                PointPairs<T>.StoreTurned<SquarePlaces>(d0r + d1i, d0i - d1r, twiddles, 16, up, 8 * pair);
                PointPairs<T>.StoreTurned<SquarePlaces>(s0r - s1r, s0i - s1i, twiddles, 32, third, 0);
                PointPairs<T>.StoreTurned<SquarePlaces>(d0r - d1i, d0i + d1r, twiddles, 48, down, 0);
            }
        }
    }
}
