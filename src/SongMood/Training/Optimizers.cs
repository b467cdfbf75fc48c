using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>Makes the optimiser that the options ask for.</summary>
internal static class Optimizers
{
    public static OptimizerHelper Create(NetworkOptions options, IEnumerable<Parameter> parameters) => options.Optimizer switch
    {
        OptimizerKind.Adam => optim.Adam(parameters, options.LearningRate, weight_decay: options.WeightDecay),
        OptimizerKind.AdamW => optim.AdamW(parameters, options.LearningRate, weight_decay: options.WeightDecay),
        OptimizerKind.Sgd => optim.SGD(parameters, options.LearningRate, options.Momentum, weight_decay: options.WeightDecay),
        var kind => throw new ArgumentOutOfRangeException(nameof(options), kind, "unknown optimiser"),
    };

    public static void SetLearningRate(optim.Optimizer optimizer, double rate)
    {
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
    }
}
