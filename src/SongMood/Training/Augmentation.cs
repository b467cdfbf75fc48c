using SongMood.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>Changes to a batch of spectrograms that leave the mood as it is, drawn anew for each row.</summary>
internal static class Augmentation
{
    /// <summary>
    /// SpecAugment's masks (Park et al., 2019, section 2) on (rows, bands, frames): runs of frames and of bands become the mean of
    /// their band, which says nothing.
    /// </summary>
    public static Tensor Mask(Tensor x, Tensor bandMeans, SequenceOptions options)
    {
        for (var i = 0; i < options.TimeMaskCount; i++)
            x = where(Run(x, axis: 2, options.TimeMaskFrames), bandMeans, x);
        for (var i = 0; i < options.FrequencyMaskCount; i++)
            x = where(Run(x, axis: 1, options.FrequencyMaskBands), bandMeans, x);
        return x;
    }

    /// <summary>The share of the first row in a mixed pair, from Beta(alpha, alpha), never the smaller one.</summary>
    public static double MixupShare(double alpha, Random random)
    {
        var (a, b) = (Gamma(alpha, random), Gamma(alpha, random));
        return a + b > 0 ? Math.Max(a, b) / (a + b) : 1; // both may underflow for a tiny alpha, whose Beta is all at 0 and 1
    }

    /// <summary>A draw from the gamma distribution (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).</summary>
    private static double Gamma(double shape, Random random)
    {
        if (shape < 1)
            return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + normal / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    /// <summary>A boolean (rows, 1, frames) or (rows, bands, 1): true on a run of 0 to <paramref name="longest"/> places.</summary>
    private static Tensor Run(Tensor x, int axis, int longest)
    {
        var (rows, size) = (x.size(0), x.size(axis));
        long[] perRow = [rows, 1];
        var length = rand(perRow, device: x.device).Times(Math.Min(longest, (int)size)); // (rows, 1)
        var start = rand(perRow, device: x.device) * length.neg().Plus(size); // (rows, 1)
        var place = TensorNumbers.Range(size, x.device).unsqueeze(0); // (1, size)
        var run = place.ge(start).logical_and(place.lt(start.Plus(length))); // (rows, size)
        return run.unsqueeze(axis == 2 ? 1 : 2);
    }
}
