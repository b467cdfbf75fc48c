using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains a convolutional network over a feature vector.</summary>
public sealed class CnnTrainer : NetworkTrainer
{
    private readonly CnnOptions _options;

    internal CnnTrainer(IHostEnvironment env, CnnOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => false;

    private protected override Network CreateNetwork(InputShape input, int classCount) =>
        new Cnn(input, classCount, _options.Channels, _options.Dropout);
}
