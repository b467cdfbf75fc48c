using SongMood.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>
/// Makes the optimiser that the options ask for: TorchSharp's, but with steps of our own, which compute the same to the last bit, as the
/// numbers in TorchSharp's may be gone before libtorch reads them (<see cref="TensorNumbers"/>).
/// </summary>
internal static class Optimizers
{
    public static OptimizerHelper Create(NetworkOptions options, IEnumerable<Parameter> parameters) => options.Optimizer switch
    {
        OptimizerKind.Adam => new Adam(parameters, options.LearningRate, options.WeightDecay),
        OptimizerKind.AdamW => new AdamW(parameters, options.LearningRate, options.WeightDecay),
        OptimizerKind.Sgd => new SGD(parameters, options.LearningRate, options.Momentum, options.WeightDecay),
        var kind => throw new ArgumentOutOfRangeException(nameof(options), kind, "unknown optimiser"),
    };

    public static void SetLearningRate(optim.Optimizer optimizer, double rate)
    {
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
    }

    /// <summary>The parameters' new values (Kingma and Ba, "Adam", 2015, algorithm 1), and the new state.</summary>
    private static void StepAdam(
        Tensor parameter, Tensor gradient, long step, Tensor mean, Tensor meanSquare, double rate, (double Mean, double Square) keep,
        double epsilon)
    {
        mean.MultiplyInPlace(keep.Mean).AddInPlace(gradient, 1 - keep.Mean);
        meanSquare.MultiplyInPlace(keep.Square).AddProductInPlace(gradient, gradient, 1 - keep.Square);
        var deviation = meanSquare.sqrt().Over(Math.Sqrt(1 - Math.Pow(keep.Square, step))).AddInPlace(epsilon);
        parameter.AddQuotientInPlace(mean, deviation, -(rate / (1 - Math.Pow(keep.Mean, step))));
    }

    // The three have TorchSharp's names, which it writes into checkpoints.

    private sealed class Adam(IEnumerable<Parameter> parameters, double rate, double weightDecay)
        : TorchSharp.Modules.Adam(parameters, rate, weight_decay: weightDecay)
    {
        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(group =>
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient)
                    continue;
                if (group.Options.weight_decay!.Value is not 0 and var decay)
                    gradient = gradient.Plus(parameter, decay);
                var state = (State)_state[parameter.Handle];
                StepAdam(parameter, gradient, ++state.step, state.exp_avg, state.exp_avg_sq, group.LearningRate, group.Betas,
                    group.Options.eps!.Value);
            }
        }, closure);
    }

    private sealed class AdamW(IEnumerable<Parameter> parameters, double rate, double weightDecay)
        : TorchSharp.Modules.AdamW(parameters, rate, weight_decay: weightDecay)
    {
        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(group =>
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient)
                    continue;
                parameter.MultiplyInPlace(1 - group.LearningRate * group.Options.weight_decay!.Value);
                var state = (State)_state[parameter.Handle];
                StepAdam(parameter, gradient, ++state.step, state.exp_avg, state.exp_avg_sq, group.LearningRate, group.Betas,
                    group.Options.eps!.Value);
            }
        }, closure);
    }

    private sealed class SGD(IEnumerable<Parameter> parameters, double rate, double momentum, double weightDecay)
        : TorchSharp.Modules.SGD(parameters, rate, momentum, weight_decay: weightDecay)
    {
        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(group =>
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient)
                    continue;
                if (group.Options.weight_decay!.Value is not 0 and var decay)
                    gradient = gradient.Plus(parameter, decay);
                if (group.Options.momentum!.Value is not 0 and var keep)
                {
                    var state = (State)_state[parameter.Handle];
                    if (state.momentum_buffer is null)
                        state.momentum_buffer = gradient.clone().DetachFromDisposeScope();
                    else
                        state.momentum_buffer.MultiplyInPlace(keep).AddInPlace(gradient, 1);
                    gradient = state.momentum_buffer;
                }
                parameter.AddInPlace(gradient, -group.LearningRate);
            }
        }, closure);
    }
}
