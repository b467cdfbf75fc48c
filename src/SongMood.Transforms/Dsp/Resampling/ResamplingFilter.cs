using System.Numerics;

namespace SongMood.Dsp;

/// <summary>
/// The filters of a change of rate that agrees with libsoxr's HQ quality (what librosa.resample uses) to better than -90 dB.
/// </summary>
/// <remarks>
/// libsoxr documents for HQ: linear phase, pass band to 0.9137 and stop band from 1.0 of the lower rate's half, "small" roll-off (up to
/// 0.01 dB) allowed. The rest was measured from its answers to sines and impulses at many ratios and fits them to 2e-7: a sharp filter,
/// and, unless the ratio is simple, a short interpolating one whose slight droop towards the band's end is what a plain sinc would miss
/// (-70 dB at 0.8). All are sincs under Kaiser windows. docs/numerics.md has the figures.
/// </remarks>
internal sealed class ResamplingFilter
{
    private const double PassBandEnd = 0.9137436532733066 / 2, StopBandStart = 0.5; // of the lower rate
    private const double InterpolatorBeta = 14.055;
    private const double HalfBandReach = 17.25, HalfBandBeta = 13.28; // the reach in samples of the rate that it halves

    private readonly List<FilterPair> _pairs = [];

    /// <summary>The filters for a ratio in lowest terms. Rates in here are multiples of the lower of the two.</summary>
    public ResamplingFilter(int fromParts, int toParts)
    {
        var ratio = (double)fromParts / toParts;
        if (SimpleStages(fromParts, toParts) is { } simple)
        {
            Sharp = CreateSharp(simple.Stages, simple.Rate);
            if (ratio > 1)
                AddHalvings(ratio, simple.Stages - 1);
            else if (simple.Stages > 1)
                AddMultiplier(1 / ratio);
        }
        else if (ratio < 1)
        {
            Sharp = CreateSharp(ratio > 0.25 ? 2 : 4, 2);
            Interpolator = CreateInterpolator(15, 0.45442, 2);
            var multiplier = ratio < 0.25 ? AddMultiplier(1 / ratio) : null;
            _pairs.Add(new(Sharp, Interpolator, 2, multiplier, Multiplied(1 / ratio)));
        }
        else if (ratio is > 1.5 and < 2)
        {
            Sharp = CreateSharp(2, 2);
            Interpolator = CreateInterpolator((int)Math.Ceiling(7.5 * ratio), 0.90331 / ratio, ratio);
            _pairs.Add(new(Interpolator, Sharp, 2));
        }
        else
        {
            var octaves = Math.ILogB(ratio);
            var rest = Math.ScaleB(ratio, -octaves); // 1 to 2, after halvings
            Sharp = CreateSharp(Math.Max(2, 2 * octaves), 2 * rest);
            Interpolator = CreateInterpolator(2 * (int)Math.Ceiling(3.88 / (1 - 0.4784 / rest)), 0.428007 + 0.02639 / rest, 2 * rest);
            AddHalvings(ratio, octaves - 1);
            _pairs.Add(new(Sharp, Interpolator, 2 * rest));
        }
    }

    /// <summary>What limits the band.</summary>
    public KaiserSinc Sharp { get; }

    /// <summary>What finds values between samples; null where the ratio needs none.</summary>
    public KaiserSinc? Interpolator { get; }

    /// <summary>
    /// The filters in a row, two by two, with the rate between them. Halvings that come before the sharp filter, and a multiplication of
    /// the rate after it, let the whole band pass, so they matter to nothing but the start.
    /// </summary>
    public IReadOnlyList<FilterPair> Pairs => _pairs;

    /// <summary>How far both together reach to either side, in samples of the lower rate.</summary>
    public double Reach => Sharp.Reach + (Interpolator?.Reach ?? 0);

    /// <summary>The gain at the bins 0 to length/2 of a transform whose rate is this multiple (at least 1) of the lower rate.</summary>
    public double[] Gains(int length, double rateMultiple)
    {
        var gains = Sharp.Gains(length, rateMultiple);
        if (Interpolator is not null)
            for (var bin = 0; bin < gains.Length && bin * rateMultiple / length <= StopBandStart; bin++)
                gains[bin] *= Interpolator.Gain(bin * rateMultiple / length);
        return gains;
    }

    /// <summary>Each doubling of the stages asks 6 dB more of every one of them, which lengthens it.</summary>
    private static KaiserSinc CreateSharp(int stages, double rate)
    {
        var extraDecibels = 20 * Math.Log10(stages);
        return new KaiserSinc(
            (PassBandEnd + StopBandStart) / 2, OddReach(96.645 + 0.8 * extraDecibels, rate), 13.04 + 0.1115 * extraDecibels);
    }

    /// <param name="taps">Its length in samples of the rate that it reads.</param>
    /// <param name="cutoff">In cycles a sample of that rate.</param>
    /// <param name="rate">That rate.</param>
    private static KaiserSinc CreateInterpolator(int taps, double cutoff, double rate) =>
        new(cutoff * rate, taps / 2.0 / rate, InterpolatorBeta);

    /// <summary>Half-band filters that bring a rate down by octaves, before the sharp filter.</summary>
    private void AddHalvings(double rate, int count)
    {
        for (; count > 1; count--, rate /= 2)
            _pairs.Add(new(CreateHalfBand(rate), CreateHalfBand(rate / 2), rate / 2, Sharp, rate / 4));
        if (count == 1)
            _pairs.Add(new(CreateHalfBand(rate), Sharp, rate / 2));
    }

    private static KaiserSinc CreateHalfBand(double rate) => new(rate / 4, HalfBandReach / rate, HalfBandBeta);

    /// <summary>What brings a rate up by the last factor of four, after the sharp filter: it stops the first image of the band.</summary>
    private KaiserSinc AddMultiplier(double toRate)
    {
        var rate = Multiplied(toRate);
        var stop = rate - StopBandStart;
        var reach = OddReach(4.75 / (stop - PassBandEnd), toRate);
        var multiplier = new KaiserSinc((PassBandEnd + stop) / 2, reach, InterpolatorBeta);
        _pairs.Add(new(Sharp, multiplier, rate));
        return multiplier;
    }

    private static double Multiplied(double toRate) => toRate / 4;

    /// <summary>Half the length that is at least twice the reach and, in samples of the rate, one more than a multiple of four.</summary>
    private static double OddReach(double reach, double rate) => (4 * Math.Ceiling((2 * reach * rate - 1) / 4) + 1) / 2 / rate;

    /// <summary>For ratios that libsoxr does without an interpolating filter: its stages, and the rate of the sharp filter.</summary>
    private static (int Stages, double Rate)? SimpleStages(int from, int to)
    {
        var (fromOctaves, toOctaves) = (BitOperations.Log2((uint)from), BitOperations.Log2((uint)to));
        return (from, to) switch
        {
            (2, 3) or (3, 2) => (1, 3),
            (3, 4) or (4, 3) => (1, 4),
            (1, 5) => (1, 5),
            (3, 16) => (2, Multiplied(16 / 3.0)),
            _ when to == 1 && from == 1 << fromOctaves => (fromOctaves, 2),
            _ when to == 1 && from == 3 << (fromOctaves - 1) => (fromOctaves, 3),
            _ when from == 1 && to <= 16 && (to == 1 << toOctaves || to == 3 << (toOctaves - 1)) => to <= 4 ? (1, to) : (2, Multiplied(to)),
            _ => null,
        };
    }
}

/// <summary>Two filters in a row.</summary>
/// <param name="First">The one that works on the signal.</param>
/// <param name="Second">The one that works on its result.</param>
/// <param name="InnerRate">The rate between the two, over the lower rate.</param>
/// <param name="Last">What works on the second one's result, or null.</param>
/// <param name="LastInnerRate">The rate of that result.</param>
internal readonly record struct FilterPair(
    KaiserSinc First, KaiserSinc Second, double InnerRate, KaiserSinc? Last = null, double LastInnerRate = 0);
