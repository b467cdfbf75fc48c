using System.Numerics;

namespace SongMood.Dsp;

/// <summary>
/// The filters of a change of rate that agrees with libsoxr's HQ quality (what librosa.resample uses) to better than -90 dB.
/// </summary>
/// <remarks>
/// libsoxr documents for HQ: linear phase, pass band to 0.9137 and stop band from 1.0 of the lower rate's half, "small" roll-off (up to
/// 0.01 dB) allowed. The rest was measured from its answers to sines at many ratios and fits them to 2e-7: a sharp filter, and, unless
/// the ratio is simple, a short interpolating one whose slight droop towards the band's end is what a plain sinc would miss (-70 dB at
/// 0.8). Both are sincs under Kaiser windows. docs/numerics.md has the figures.
/// </remarks>
internal sealed class ResamplingFilter
{
    private const double PassBandEnd = 0.9137436532733066; // of the lower rate's half
    private const double InterpolatorBeta = 14.055;

    public ResamplingFilter(int fromParts, int toParts)
    {
        var ratio = (double)fromParts / toParts;
        var (stages, density) = (1.0, 2.0);
        if (SimpleStages(fromParts, toParts) is { } simple)
            (stages, density) = simple;
        else if (ratio < 1)
        {
            stages = ratio > 0.25 ? 2 : 4;
            Interpolator = CreateInterpolator(15, 0.45442, 2);
            InnerRate = 2;
        }
        else if (ratio is > 1.5 and < 2)
        {
            stages = 2;
            Interpolator = CreateInterpolator((int)Math.Ceiling(7.5 * ratio), 0.90331 / ratio, ratio);
            InterpolatesFirst = true;
            InnerRate = 2;
        }
        else
        {
            var octaves = Math.ILogB(ratio);
            stages = Math.Max(2, 2 * octaves);
            var rest = Math.ScaleB(ratio, -octaves); // 1 to 2, after halvings
            density = 2 * rest;
            var taps = 2 * (int)Math.Ceiling(3.88 / (1 - 0.4784 / rest));
            Interpolator = CreateInterpolator(taps, 0.428007 + 0.02639 / rest, density);
            InnerRate = density;
        }

        // Each doubling of the stages asks 6 dB more of every one of them, which lengthens it; lengths are odd, 4 k + 1.
        var extraDecibels = 20 * Math.Log10(stages);
        var taps4 = Math.Ceiling((2 * (96.645 + 0.8 * extraDecibels) * density - 1) / 4);
        Sharp = new KaiserSinc((PassBandEnd + 1) / 4, (4 * taps4 + 1) / 2 / density, 13.04 + 0.1115 * extraDecibels);
    }

    /// <summary>What limits the band.</summary>
    public KaiserSinc Sharp { get; }

    /// <summary>What finds values between samples; null where the ratio needs none.</summary>
    public KaiserSinc? Interpolator { get; }

    /// <summary>Whether the interpolating filter works on the signal and the sharp one on its result, or the other way round.</summary>
    public bool InterpolatesFirst { get; }

    /// <summary>The rate between the two filters over the lower rate.</summary>
    public double InnerRate { get; }

    /// <summary>How far both together reach to either side, in samples of the lower rate.</summary>
    public double Reach => Sharp.Reach + (Interpolator?.Reach ?? 0);

    /// <summary>The gain at the bins 0 to length/2 of a transform whose rate is a multiple (at least 1) of the lower rate.</summary>
    public double[] Gains(int length, double rateMultiple)
    {
        var gains = Sharp.Gains(length, rateMultiple);
        if (Interpolator is not null)
            for (var bin = 0; bin < gains.Length && bin * rateMultiple / length <= 0.5; bin++)
                gains[bin] *= Interpolator.Gain(bin * rateMultiple / length);
        return gains;
    }

    /// <param name="taps">Its length in samples of the rate that it reads.</param>
    /// <param name="cutoff">In cycles a sample of that rate.</param>
    /// <param name="rate">That rate over the lower rate.</param>
    private static KaiserSinc CreateInterpolator(int taps, double cutoff, double rate) =>
        new(cutoff * rate, taps / 2.0 / rate, InterpolatorBeta);

    /// <summary>
    /// For ratios that libsoxr does without an interpolating filter: its stages, and the samples of the sharp filter to one of the lower
    /// rate.
    /// </summary>
    private static (double Stages, double Density)? SimpleStages(int from, int to)
    {
        var (fromOctaves, toOctaves) = (BitOperations.Log2((uint)from), BitOperations.Log2((uint)to));
        return (from, to) switch
        {
            (2, 3) or (3, 2) => (1, 3),
            (3, 4) or (4, 3) => (1, 4),
            (1, 5) => (1, 5),
            (3, 16) => (2, 2),
            _ when to == 1 && from == 1 << fromOctaves => (fromOctaves, 2),
            _ when to == 1 && from == 3 << (fromOctaves - 1) => (fromOctaves, 3),
            _ when from == 1 && to == 1 << toOctaves => (to <= 4 ? 1 : 2, to <= 4 ? to : 2),
            _ when from == 1 && to == 3 << (toOctaves - 1) => (to <= 3 ? 1 : 2, 3),
            _ => null,
        };
    }
}
