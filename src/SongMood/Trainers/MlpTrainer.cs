using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains a multilayer perceptron over a feature vector.</summary>
public sealed class MlpTrainer : NetworkTrainer
{
    private readonly MlpOptions _options;

    internal MlpTrainer(IHostEnvironment env, MlpOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => false;

    private protected override Network CreateNetwork(InputShape input, int classCount) => _options.Form switch
    {
        MlpForm.Hardtanh => new HardtanhMlp(input, classCount, _options.SizesInForm(), _options.Dropout),
        MlpForm.Linear => new Mlp(input, classCount, [], 0),
        _ => new Mlp(input, classCount, _options.SizesInForm(), _options.Dropout),
    };
}
