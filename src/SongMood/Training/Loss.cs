using SongMood.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>Cross entropy, weighted by class and by row.</summary>
internal sealed class Loss(Tensor? classWeights, double labelSmoothing) : IDisposable
{
    /// <summary>One weight a class, or null where all weigh the same.</summary>
    public static Tensor? ClassWeights(ClassWeighting weighting, int[] classCounts, Device device)
    {
        if (weighting == ClassWeighting.None)
            return null;
        // rows / (classes * rows of the class), over the classes that have rows
        var present = classCounts.Count(count => count > 0);
        var rows = classCounts.Sum();
        return tensor(classCounts.Select(count => count == 0 ? 0f : (float)rows / (present * count)).ToArray(), device: device);
    }

    /// <summary>The weighted mean over a batch.</summary>
    public Tensor Mean(Tensor logits, Tensor labels, Tensor? rowWeights)
    {
        if (rowWeights is null)
            return nn.functional.cross_entropy(logits, labels, weight: classWeights, label_smoothing: labelSmoothing);
        var each = nn.functional.cross_entropy( // (rows), times its class's weight
            logits, labels, weight: classWeights, reduction: nn.Reduction.None, label_smoothing: labelSmoothing);
        var total = classWeights is null ? rowWeights.sum() : (rowWeights * classWeights.index_select(0, labels)).sum();
        return (each * rowWeights).sum() / total.AtLeast(1e-12);
    }

    public void Dispose() => classWeights?.Dispose();
}
