using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// The two second-order filters of K-weighting (ITU-R BS.1770-4, annex 1, tables 1 and 2) at any sample rate. The standard gives
/// coefficients for 48 kHz only: from these the analogue prototype is read (corner frequency, damping, and the gains below, at and
/// above it), which the bilinear transform then takes to the rate that is wanted, the corner staying where it was. What the transform
/// bends at low rates is made good where the standard calibrates: the gain at 997 Hz is the standard's at every rate.
/// </summary>
internal sealed class KWeighting
{
    private const double StandardRate = 48000;
    private const double CalibrationHz = 997;
    private static readonly Prototype Shelf =
        Standard(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
    private static readonly Prototype HighPass = Standard(1, -2, 1, -1.99004745483398, 0.99007225036621);
    private const int Lanes = 4;
    private readonly Biquad _shelf, _highPass;
    private readonly Columns _ofStates, _nextOfStates, _ofSamples, _nextOfSamples;
    private readonly int _sampleRate;
    private readonly double _correction; // of power

    public KWeighting(int sampleRate)
    {
        (_sampleRate, _correction) = (sampleRate, 1);
        (_shelf, _highPass) = (Shelf.At(sampleRate), HighPass.At(sampleRate));
        (_ofStates, _nextOfStates) = Responses(ofStates: true);
        (_ofSamples, _nextOfSamples) = Responses(ofStates: false);
        var expected = Shelf.At(StandardRate).Gain(CalibrationHz / StandardRate) * HighPass.At(StandardRate)
            .Gain(CalibrationHz / StandardRate);
        _correction = Math.Pow(expected / Gain(CalibrationHz), 2);
    }

    /// <summary>
    /// Sum of squares of the weighted samples in each step: <paramref name="stepEnds"/> holds one past each step's last sample.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddEnergies(ReadOnlySpan<float> samples, ReadOnlySpan<int> stepEnds, double weight, Span<double> energies)
    {
        // A sample waits for what the filters made of the one before. Four at a time wait for one another a quarter as often: their
        // results and the states behind them are sums of the states before and the samples, each times a vector worked out beforehand.
        var states = Vector256<double>.Zero;
        var n = 0;
        for (var step = 0; step < stepEnds.Length; step++)
        {
            var squares = Vector256<double>.Zero;
            for (; n + Lanes <= stepEnds[step]; n += Lanes)
            {
                var (x0, x1, x2, x3) = (Vector256.Create((double)samples[n]), Vector256.Create((double)samples[n + 1]),
                    Vector256.Create((double)samples[n + 2]), Vector256.Create((double)samples[n + 3]));
                var z = Sum(_ofSamples, x0, x1, x2, x3);
                var next = Sum(_nextOfSamples, x0, x1, x2, x3);
                var (s0, s1, s2, s3) = (Vector256.Shuffle(states, Vector256.Create(0L)), Vector256.Shuffle(states, Vector256.Create(1L)),
                    Vector256.Shuffle(states, Vector256.Create(2L)), Vector256.Shuffle(states, Vector256.Create(3L)));
                states = next + Sum(_nextOfStates, s0, s1, s2, s3);
                z += Sum(_ofStates, s0, s1, s2, s3);
                squares = Vector256.MultiplyAddEstimate(z, z, squares);
            }
            var sum = Vector256.Sum(squares);
            for (; n < stepEnds[step]; n++)
            {
                (var z, states) = Next(states, samples[n]);
                sum += z * z;
            }
            energies[step] += weight * _correction * sum;
        }
    }

    private static Vector256<double> Sum(
        in Columns columns, Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d) =>
        Vector256.MultiplyAddEstimate(columns.A, a, columns.B * b) + Vector256.MultiplyAddEstimate(columns.C, c, columns.D * d);

    /// <summary>One sample through both filters, in transposed direct form II: two states each.</summary>
    private (double Weighted, Vector256<double> States) Next(Vector256<double> states, double x)
    {
        var (a, b) = (_shelf, _highPass);
        var y = a.B0 * x + states[0];
        var z = b.B0 * y + states[2];
        return (z, Vector256.Create(
            a.B1 * x - a.A1 * y + states[1], a.B2 * x - a.A2 * y, b.B1 * y - b.A1 * z + states[3], b.B2 * y - b.A2 * z));
    }

    /// <summary>What four samples make of each state or sample, if it is 1 and all others are 0.</summary>
    private (Columns Results, Columns States) Responses(bool ofStates)
    {
        Span<Vector256<double>> results = stackalloc Vector256<double>[Lanes], after = stackalloc Vector256<double>[Lanes];
        for (var one = 0; one < Lanes; one++)
        {
            var unit = Vector256<double>.Zero.WithElement(one, 1);
            var states = ofStates ? unit : Vector256<double>.Zero;
            for (var n = 0; n < Lanes; n++)
            {
                (var z, states) = Next(states, ofStates ? 0 : unit[n]);
                results[one] = results[one].WithElement(n, z);
            }
            after[one] = states;
        }
        return (new Columns(results[0], results[1], results[2], results[3]), new Columns(after[0], after[1], after[2], after[3]));
    }

    private readonly record struct Columns(Vector256<double> A, Vector256<double> B, Vector256<double> C, Vector256<double> D);

    /// <summary>The gain of both filters at a frequency, as a factor of amplitude.</summary>
    internal double Gain(double hz) =>
        Math.Sqrt(_correction) * _shelf.Gain(hz / _sampleRate) * _highPass.Gain(hz / _sampleRate);

    private static Prototype Standard(double b0, double b1, double b2, double a1, double a2)
    {
        // With K = tan(pi f0 / rate), a second-order section (low + mid s/Q + high s^2) / (1 + s/Q + s^2), s in units of f0, becomes
        // b = (low K^2 + mid K/Q + high, 2 (low K^2 - high), low K^2 - mid K/Q + high) over a like one; here that is solved for its parts.
        var atNyquist = 1 - a1 + a2; // 4 / a0, a0 = 1 + K/Q + K^2
        var k = Math.Sqrt((1 + a1 + a2) / atNyquist);
        var damping = 2 * (1 - a2) / (atNyquist * k);
        return new Prototype(
            CornerHz: Math.Atan(k) * StandardRate / Math.PI,
            Damping: damping,
            Low: (b0 + b1 + b2) / (1 + a1 + a2),
            Mid: (b0 - b2) / (1 - a2),
            High: (b0 - b1 + b2) / atNyquist);
    }

    private readonly record struct Prototype(double CornerHz, double Damping, double Low, double Mid, double High)
    {
        public Biquad At(double sampleRate)
        {
            var k = Math.Tan(Math.PI * Math.Min(CornerHz / sampleRate, 0.49));
            var a0 = 1 + k * Damping + k * k;
            return new Biquad(
                (Low * k * k + Mid * k * Damping + High) / a0,
                2 * (Low * k * k - High) / a0,
                (Low * k * k - Mid * k * Damping + High) / a0,
                2 * (k * k - 1) / a0,
                (1 - k * Damping + k * k) / a0);
        }
    }

    private readonly record struct Biquad(double B0, double B1, double B2, double A1, double A2)
    {
        public double Gain(double cyclesPerSample)
        {
            var z1 = System.Numerics.Complex.Exp(new(0, -2 * Math.PI * cyclesPerSample));
            return ((B0 + B1 * z1 + B2 * z1 * z1) / (1 + A1 * z1 + A2 * z1 * z1)).Magnitude;
        }
    }
}
