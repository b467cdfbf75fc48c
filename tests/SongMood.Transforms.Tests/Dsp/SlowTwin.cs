using System.Numerics;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>Each kernel again in float64, straight from its definition, with no thought of speed.</summary>
internal static class SlowTwin
{
    public static Complex[] Fourier(Complex[] x)
    {
        var n = x.Length;
        return [.. Enumerable.Range(0, n).Select(k => x.Select((value, t) =>
            value * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)k * t % n) / n)).Aggregate(Complex.Zero, (a, b) => a + b))];
    }

    /// <summary>numpy.pad, one sample at a time.</summary>
    public static double[] Pad(float[] x, int count, PadMode mode)
    {
        var padded = new double[x.Length + 2 * count];
        for (var i = 0; i < padded.Length; i++)
        {
            var at = i - count;
            if (mode == PadMode.Reflect && x.Length > 1)
                while (at < 0 || at >= x.Length)
                    at = at < 0 ? -at : 2 * (x.Length - 1) - at;
            else if (mode != PadMode.Constant)
                at = Math.Clamp(at, 0, x.Length - 1);
            padded[i] = at < 0 || at >= x.Length ? 0 : x[at];
        }

        return padded;
    }

    public static double[,] Spectrogram(float[] x, SpectrogramOptions options)
    {
        var n = options.FftLength;
        var padded = Pad(x, options.Center ? n / 2 : 0, options.PadMode);
        var windowLength = options.WindowLength ?? n;
        var window = new double[n];
        for (var i = 0; i < windowLength; i++)
            window[(options.WindowAtStart ? 0 : (n - windowLength) / 2) + i] = WindowValue(options, i, windowLength);
        // TensorFlow's frame is the window; what fills the transform up is no part of the signal.
        var frameLength = options.WindowAtStart && !options.Center ? windowLength : n;
        var frames = 1 + (padded.Length - frameLength) / options.HopLength;
        Array.Resize(ref padded, padded.Length + n);
        var result = new double[n / 2 + 1, frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var spectrum =
                Fourier([.. Enumerable.Range(0, n).Select(i => new Complex(window[i] * padded[frame * options.HopLength + i], 0))]);
            for (var bin = 0; bin <= n / 2; bin++)
                result[bin, frame] = Math.Pow(spectrum[bin].Magnitude, options.Power);
        }

        return result;
    }

    /// <summary>The dense matrix of librosa.filters.mel: every band against every bin.</summary>
    public static double[,] MelBank(MelSpectrogramOptions options)
    {
        var bins = options.FftLength / 2 + 1;
        var (low, high) = (Mel(options.MinHz), Mel(options.EffectiveMaxHz));
        var edges = Enumerable.Range(0, options.BandCount + 2).Select(i => Hz(low + i * (high - low) / (options.BandCount + 1))).ToArray();
        var bank = new double[options.BandCount, bins];
        for (var band = 0; band < options.BandCount; band++)
            for (var bin = 0; bin < bins; bin++)
            {
                var x = Side((double)bin * options.SampleRate / options.FftLength);
                var rising = (x - Side(edges[band])) / (Side(edges[band + 1]) - Side(edges[band]));
                var falling = (Side(edges[band + 2]) - x) / (Side(edges[band + 2]) - Side(edges[band + 1]));
                bank[band, bin] = Math.Max(0, Math.Min(rising, falling))
                    * (options.MelNorm == MelNorm.Area ? 2 / (edges[band + 2] - edges[band]) : 1);
            }

        return bank;

        double Side(double hz) => options.TriangleScale == TriangleScale.Mel ? Mel(hz) : hz;
        double Mel(double hz) => options.MelScale == MelScale.Htk ? 2595 * Math.Log10(1 + hz / 700)
            : hz < 1000 ? 3 * hz / 200 : 15 + 27 * Math.Log(hz / 1000) / Math.Log(6.4);
        double Hz(double mel) => options.MelScale == MelScale.Htk ? 700 * (Math.Pow(10, mel / 2595) - 1)
            : mel < 15 ? 200 * mel / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);
    }

    public static double[,] MelSpectrogram(float[] x, MelSpectrogramOptions options)
    {
        var spectrogram = Spectrogram(x, options.ToSpectrogramOptions());
        var bank = MelBank(options);
        var mel = new double[bank.GetLength(0), spectrogram.GetLength(1)];
        for (var band = 0; band < mel.GetLength(0); band++)
            for (var frame = 0; frame < mel.GetLength(1); frame++)
                for (var bin = 0; bin < bank.GetLength(1); bin++)
                    mel[band, frame] += bank[band, bin] * spectrogram[bin, frame];
        return mel;
    }

    public static double[] Decibels(float[] power, double reference, double amin, double? topDb)
    {
        var level = power.Select(p => 10 * Math.Log10(Math.Max(amin, p)) - 10 * Math.Log10(Math.Max(amin, reference))).ToArray();
        return topDb is { } top ? [.. level.Select(l => Math.Max(l, level.Max() - top))] : level;
    }

    /// <summary>
    /// One sum after the other in time: the first filter's values at the inner rate, from sample 0 on, and of them the second filter's at
    /// the output's rate.
    /// </summary>
    public static double[] Resample(float[] x, int fromHz, int toHz)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(fromHz, toHz);
        var filter = new ResamplingFilter(fromHz / divisor, toHz / divisor);
        var lower = Math.Min(fromHz, toHz);
        var (from, to) = ((double)fromHz / lower, (double)toHz / lower);
        var signal = Array.ConvertAll(x, v => (double)v);
        var count = (int)Math.Floor(x.Length / ((double)fromHz / toHz) + 0.5);
        var result = new double[(int)Math.Ceiling(x.Length * ((double)toHz / fromHz))];
        if (filter.Interpolator is null)
            Filter(signal, from, filter.Sharp, to, count).CopyTo(result, 0);
        else
        {
            var pair = filter.Pairs.Single(); // the rates that this is asked for need no more
            var inner = Filter(signal, from, pair.First, pair.InnerRate, (int)((x.Length / from + 2 * filter.Reach) * pair.InnerRate));
            Filter(inner, pair.InnerRate, pair.Second, to, count).CopyTo(result, 0);
        }

        return result;
    }

    private static double[] Filter(double[] x, double fromRate, KaiserSinc filter, double toRate, int count) =>
        [.. Enumerable.Range(0, count).Select(m =>
        {
            var t = m / toRate;
            var (first, last) = ((int)Math.Ceiling((t - filter.Reach) * fromRate), (int)Math.Floor((t + filter.Reach) * fromRate));
            var sum = 0.0;
            for (var k = Math.Max(first, 0); k <= Math.Min(last, x.Length - 1); k++)
                sum += x[k] * filter.At(t - k / fromRate) / fromRate;
            return sum;
        })];

    private static double WindowValue(SpectrogramOptions options, int i, int length)
    {
        if (length == 1)
            return 1;
        var angle = 2 * Math.PI * i / length;
        return options.Window switch
        {
            WindowKind.Hann => 0.5 - 0.5 * Math.Cos(angle),
            WindowKind.Hamming => 0.54 - 0.46 * Math.Cos(angle),
            WindowKind.Blackman => 0.42 - 0.5 * Math.Cos(angle) + 0.08 * Math.Cos(2 * angle),
            WindowKind.Kaiser => Bessel(options.KaiserBeta * Math.Sqrt(1 - Math.Pow(2.0 * i / length - 1, 2))) / Bessel(options.KaiserBeta),
            _ => 1,
        };
    }

    /// <summary>I0 by its integral, the mean of exp(x cos t): trapezium sums of a periodic function converge at once.</summary>
    private static double Bessel(double x) =>
        Enumerable.Range(0, 400).Average(i => Math.Exp(x * (Math.Cos(2 * Math.PI * i / 400) - 1))) * Math.Exp(x);
}
