namespace SongMood.Dsp;

/// <summary>
/// Stockham's self-sorting transform: passes between two workspaces, each of radix 8, 4, 2 or a small odd prime, no bit reversal.
/// (P. Swarztrauber, "FFT algorithms for vector computers", 1984.) A pass of radix r over sub-transforms of length r m, s of them
/// interleaved, reads x[q + s (p + m k)] and writes y[q + s (r p + j)], so q is the direction for vectors.
/// </summary>
internal sealed unsafe class MixedRadixFft : ComplexFft
{
    private const int LargestPrime = 31;
    private readonly Pass[] _passes;
    private readonly AlignedBuffer _work, _twiddles;

    private MixedRadixFft(int length, int[] radices, AlignedBuffer work)
    {
        _work = work;
        _passes = new Pass[radices.Length];
        var total = 0;
        var (rest, stride) = (length, 1);
        for (var i = 0; i < radices.Length; i++)
        {
            var radix = radices[i];
            rest /= radix;
            _passes[i] = new Pass(radix, rest, stride, total, i == 0 && radix == 8);
            total += 2 * (radix - 1) * rest;
            if (radix % 2 != 0)
                total += OddRadixPass<Lane1>.RootCount(radix);
            stride *= radix;
        }

        _twiddles = new AlignedBuffer(total);
        foreach (var pass in _passes)
            FillTwiddles(pass);
    }

    private readonly record struct Pass(int Radix, int Rest, int Stride, int TwiddleStart, bool IsTransposing);

    /// <summary>The radices for a length, or null where a prime factor is too large for them.</summary>
    internal static int[]? Factor(int length)
    {
        var twos = System.Numerics.BitOperations.TrailingZeroCount(length);
        var rest = length >> twos;
        var radices = new List<int>();
        // Radix 8 does most work a load; an 8 comes first because the first pass also transposes into vectors of eight.
        var fours = twos % 3 == 1 && twos >= 7 ? 2 : twos % 3 == 2 ? 1 : 0;
        var twoRadix = twos is 1 or 4 ? 1 : 0;
        radices.AddRange(Enumerable.Repeat(8, (twos - 2 * fours - twoRadix) / 3));
        radices.AddRange(Enumerable.Repeat(4, fours));
        radices.AddRange(Enumerable.Repeat(2, twoRadix));
        for (var prime = 3; prime <= LargestPrime; prime += 2)
            for (; rest % prime == 0; rest /= prime)
                radices.Add(prime);
        return rest == 1 ? [.. radices] : null;
    }

    internal static MixedRadixFft Create(int length, int[] radices)
    {
        // Planes a cache line apart from a power of two, so that the same element of each does not fall into the same cache set.
        var plane = (length + 7) / 8 * 8 + 8;
        var work = new AlignedBuffer(4 * plane);
        var first = work.Pointer;
        var second = first + 2 * plane;
        var output = radices.Length % 2 == 0 ? first : second;
        return new MixedRadixFft(length, radices, work)
        {
            Length = length,
            InputReal = first,
            InputImaginary = first + plane,
            OutputReal = output,
            OutputImaginary = output + plane,
            OtherReal = second,
            OtherImaginary = second + plane,
        };
    }

    private double* OtherReal { get; init; }
    private double* OtherImaginary { get; init; }

    public override void Transform()
    {
        for (var i = 0; i < _passes.Length; i++)
            if (i % 2 == 0)
                Run(_passes[i], InputReal, InputImaginary, OtherReal, OtherImaginary);
            else
                Run(_passes[i], OtherReal, OtherImaginary, InputReal, InputImaginary);
    }

    private void Run(Pass pass, double* xr, double* xi, double* yr, double* yi)
    {
        var width = pass.IsTransposing ? pass.Rest : pass.Stride;
        if (Lane8.IsSupported && width >= Lane8.Width)
            Run<Lane8>(pass, xr, xi, yr, yi);
        else if (Lane4.IsSupported && width >= Lane4.Width)
            Run<Lane4>(pass, xr, xi, yr, yi);
        else if (width >= Lane2.Width)
            Run<Lane2>(pass, xr, xi, yr, yi);
        else
            Run<Lane1>(pass, xr, xi, yr, yi);
    }

    private void Run<T>(Pass pass, double* xr, double* xi, double* yr, double* yi) where T : unmanaged, ILane<T>
    {
        var twiddles = _twiddles.Pointer + pass.TwiddleStart;
        if (pass.IsTransposing)
            Radix8Pass<T, FirstStore<T>>.Run(xr, xi, yr, yi, 1, pass.Rest, twiddles);
        else if (pass.Radix == 8 && pass.Rest == 1)
            Radix8Pass<T, LastStore<T>>.Run(xr, xi, yr, yi, 1, pass.Stride, twiddles);
        else if (pass.Radix == 8)
            Radix8Pass<T, LaterStore<T>>.Run(xr, xi, yr, yi, pass.Rest, pass.Stride, twiddles);
        else if (pass.Radix == 4)
            Radix4Pass<T>.Run(xr, xi, yr, yi, pass.Rest, pass.Stride, twiddles);
        else if (pass.Radix == 2)
            Radix2Pass<T>.Run(xr, xi, yr, yi, pass.Rest, pass.Stride, twiddles);
        else
            OddRadixPass<T>.Run(xr, xi, yr, yi, pass.Radix, pass.Rest, pass.Stride, twiddles, twiddles + TwiddleCount(pass));
    }

    private static int TwiddleCount(Pass pass) => 2 * (pass.Radix - 1) * pass.Rest; // an odd radix has its roots after them

    /// <summary>
    /// exp(-2 pi i p j / (r m)). The transposing pass takes them as vectors over p: [j][real or imaginary][p];
    /// the others broadcast them: [p][j][real, imaginary].
    /// </summary>
    private void FillTwiddles(Pass pass)
    {
        var twiddles = _twiddles.Pointer + pass.TwiddleStart;
        for (var p = 0; p < pass.Rest; p++)
            for (var j = 1; j < pass.Radix; j++)
            {
                var (real, imaginary) = RootOfUnity((long)p * j, (long)pass.Radix * pass.Rest);
                if (pass.IsTransposing)
                {
                    twiddles[2 * (j - 1) * pass.Rest + p] = real;
                    twiddles[(2 * (j - 1) + 1) * pass.Rest + p] = imaginary;
                }
                else
                {
                    twiddles[2 * (p * (pass.Radix - 1) + j - 1)] = real;
                    twiddles[2 * (p * (pass.Radix - 1) + j - 1) + 1] = imaginary;
                }
            }

        if (pass.Radix % 2 != 0)
            OddRadixPass<Lane1>.FillRoots(twiddles + TwiddleCount(pass), pass.Radix);
    }
}
