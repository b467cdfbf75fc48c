using System.Numerics;
using CsCheck;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

public unsafe class FftTests
{
    private static readonly Gen<double> Value = Gen.Double[-1, 1];

    /// <summary>Every short length, and longer ones of each kind: powers of two, mixed radix, with a large prime (Bluestein).</summary>
    public static TheoryData<int> Lengths =>
        [.. Enumerable.Range(1, 140), 147, 160, 192, 256, 343, 512, 588, 600, 625, 640, 1009, 1024, 1103, 1176, 1200, 2048, 2352, 4096];

    /// <summary>A frame has at least two samples.</summary>
    public static TheoryData<int> FrameLengths => [.. Lengths.Select(row => row.Data).Where(length => length > 1)];

    private static readonly Gen<Complex[]> Signal =
        Gen.Int[1, 600].SelectMany(n => Gen.Select(Value, Value, (re, im) => new Complex(re, im)).Array[n]);

    [Theory, MemberData(nameof(Lengths))]
    public void Is_the_fourier_sum(int length)
    {
        var random = new Random(length);
        var x = Enumerable.Range(0, length).Select(_ => new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5)).ToArray();
        var (actual, expected) = (Transform(x), SlowTwin.Fourier(x));
        Assert.InRange(Distance(actual, expected) / Norm(expected), 0, 1e-14);
    }

    [Fact]
    public void Keeps_the_energy() => // Parseval
        Signal.Sample(x => Math.Abs(Norm(Transform(x)) - Math.Sqrt(x.Length) * Norm(x)) <= 1e-13 * Math.Sqrt(x.Length) * Norm(x) + 1e-300,
            iter: 200);

    [Fact]
    public void Is_linear() =>
        Gen.Select(Signal, Value, Value).Sample((x, a, b) =>
        {
            var y = x.Reverse().ToArray();
            var together = Transform([.. x.Zip(y, (u, v) => a * u + b * v)]);
            var apart = Transform(x).Zip(Transform(y), (u, v) => a * u + b * v).ToArray();
            return Distance(together, apart) <= 1e-13 * Math.Sqrt(x.Length) * (Norm(x) + 1);
        }, iter: 200);

    [Fact]
    public void Turns_a_shift_into_phase() =>
        Gen.Select(Signal, Gen.Int[0, 1000]).Sample((x, by) =>
        {
            var n = x.Length;
            var shifted = Transform([.. Enumerable.Range(0, n).Select(t => x[(t + by) % n])]);
            var turned = Transform(x).Select((v, k) => v * Complex.FromPolarCoordinates(1, 2 * Math.PI * ((long)k * by % n) / n)).ToArray();
            return Distance(shifted, turned) <= 1e-13 * Math.Sqrt(n) * (Norm(x) + 1);
        }, iter: 200);

    [Theory, MemberData(nameof(FrameLengths))]
    public void Real_transform_is_the_complex_one(int length)
    {
        var random = new Random(length);
        var frame = Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var window = Enumerable.Range(0, length).Select(_ => random.NextDouble()).ToArray();
        var expected = Transform([.. frame.Zip(window, (f, w) => new Complex(f * w, 0))]);
        var fft = new RealFft(window);
        var (power, magnitude) = (new float[fft.BinCount], new float[fft.BinCount]);
        var (real, imaginary) = (new double[fft.BinCount], new double[fft.BinCount]);
        fixed (float* f = frame, p = power, m = magnitude)
        fixed (double* re = real, im = imaginary)
        {
            fft.Transform(f);
            fft.StorePower(p, magnitude: false);
            fft.StorePower(m, magnitude: true);
            if (length % 2 == 0)
                fft.StoreSpectrum(re, im);
        }

        var scale = Norm(expected);
        for (var bin = 0; bin < fft.BinCount; bin++)
        {
            var exact = expected[bin].Magnitude;
            Assert.InRange(Math.Abs(power[bin] - exact * exact), 0, 1e-7 * exact * exact + 1e-14 * scale * scale);
            Assert.InRange(Math.Abs(magnitude[bin] - exact), 0, 1e-7 * exact + 1e-14 * scale);
            if (length % 2 == 0)
                Assert.InRange(Complex.Abs(new Complex(real[bin], imaginary[bin]) - expected[bin]), 0, 1e-14 * scale);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Frames_side_by_side_are_the_real_transform(bool magnitude)
    {
        const int Stride = 11; // more than any processor's lanes
        var random = new Random(5);
        var window = Enumerable.Range(0, FramePowers.FrameLength).Select(_ => random.NextDouble()).ToArray();
        var signal = Enumerable.Range(0, 2 * FramePowers.FrameLength).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var (fft, side) = (new RealFft(window), new FramePowers(window));
        Assert.InRange(FramePowers.LaneCount, 2, Stride - 1);
        var (actual, expected) = (new float[fft.BinCount * Stride], new float[fft.BinCount]);
        Array.Fill(actual, -1);
        var frames = stackalloc float*[FramePowers.LaneCount];
        fixed (float* first = signal, a = actual, e = expected)
        {
            for (var lane = 0; lane < FramePowers.LaneCount; lane++)
                frames[lane] = first + 97 * lane;
            side.Compute(frames, a, Stride, magnitude);
            for (var lane = 0; lane < FramePowers.LaneCount; lane++)
            {
                fft.Transform(frames[lane]);
                fft.StorePower(e, magnitude);
                var most = expected.Max();
                for (var bin = 0; bin < fft.BinCount; bin++)
                    Assert.InRange(Math.Abs(actual[bin * Stride + lane] - expected[bin]), 0, 1e-7 * expected[bin] + 1e-14 * most);
            }
        }

        for (var beside = FramePowers.LaneCount; beside < actual.Length; beside++)
            Assert.True(beside % Stride < FramePowers.LaneCount || actual[beside] == -1);
    }

    [Fact]
    public void Inverse_brings_the_frame_back()
    {
        foreach (var length in new[] { 2, 4, 6, 8, 10, 16, 18, 22, 32, 34, 62, 64, 90, 128, 294, 1024, 2206, 2352, 4096 })
        {
            var random = new Random(length);
            var frame = Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
            var fft = new RealFft([.. Enumerable.Repeat(1.0 / length, length)]);
            var inverse = new InverseRealFft(length);
            var (real, imaginary, back) = (new double[fft.BinCount], new double[fft.BinCount], new float[length]);
            fixed (float* f = frame, b = back)
            fixed (double* re = real, im = imaginary)
            {
                fft.Transform(f);
                fft.StoreSpectrum(re, im);
                inverse.Transform(re, im);
                inverse.StorePairs(b, 0, length / 2);
            }

            Assert.InRange(frame.Zip(back, (a, b) => Math.Abs(a - b)).Max(), 0, 6e-8);
        }
    }

    [Fact]
    public void Roots_of_unity_are_exact_where_they_can_be()
    {
        Assert.Equal((1, 0), Rounded(0, 12));
        Assert.Equal((0, -1), Rounded(3, 12));
        Assert.Equal((-1, 0), Rounded(6, 12));
        Assert.Equal((0, 1), Rounded(9, 12));
        Gen.Select(Gen.Int[1, 100000], Gen.Int[0, 1000000]).Sample((n, k) =>
        {
            var (re, im) = ComplexFft.RootOfUnity(k, n);
            var angle = -2 * Math.PI * (k % n) / n;
            return Math.Abs(re - Math.Cos(angle)) < 2e-15 && Math.Abs(im - Math.Sin(angle)) < 2e-15;
        }, iter: 1000);

        static (double, double) Rounded(int k, int n)
        {
            var (re, im) = ComplexFft.RootOfUnity(k, n);
            return (re + 0, im + 0); // no negative zero
        }
    }

    private static Complex[] Transform(Complex[] x)
    {
        var fft = ComplexFft.Create(x.Length);
        for (var n = 0; n < x.Length; n++)
            (fft.InputReal[n], fft.InputImaginary[n]) = (x[n].Real, x[n].Imaginary);
        fft.Transform();
        var result = new Complex[x.Length];
        for (var k = 0; k < x.Length; k++)
            result[k] = new Complex(fft.OutputReal[k], fft.OutputImaginary[k]);
        GC.KeepAlive(fft);
        return result;
    }

    private static double Norm(Complex[] x) => Math.Sqrt(x.Sum(v => v.Real * v.Real + v.Imaginary * v.Imaginary));

    private static double Distance(Complex[] a, Complex[] b) => Norm([.. a.Zip(b, (u, v) => u - v)]);
}
