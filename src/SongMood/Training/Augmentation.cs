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
    public static double MixupShare(double alpha)
    {
        using var scope = NewDisposeScope();
        using var parameter = tensor((float)alpha);
        var share = distributions.Beta(parameter, parameter).sample().item<float>();
        return Math.Max(share, 1 - share);
    }

    /// <summary>A boolean (rows, 1, frames) or (rows, bands, 1): true on a run of 0 to <paramref name="longest"/> places.</summary>
    private static Tensor Run(Tensor x, int axis, int longest)
    {
        var (rows, size) = (x.size(0), x.size(axis));
        long[] perRow = [rows, 1];
        var length = rand(perRow, device: x.device) * Math.Min(longest, (int)size); // (rows, 1)
        var start = rand(perRow, device: x.device) * (size - length); // (rows, 1)
        var place = arange(size, device: x.device).unsqueeze(0); // (1, size)
        var run = place.ge(start).logical_and(place.lt(start + length)); // (rows, size)
        return run.unsqueeze(axis == 2 ? 1 : 2);
    }
}
