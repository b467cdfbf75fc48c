using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains a convolutional recurrent network with attention pooling over spectrograms of any length.</summary>
public sealed class CrnnTrainer : NetworkTrainer
{
    private readonly CrnnOptions _options;

    internal CrnnTrainer(IHostEnvironment env, CrnnOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => true;

    private protected override Network CreateNetwork(InputShape input, int classCount) =>
        new Crnn(input, classCount, _options.Channels, _options.HiddenSize, _options.EmbeddingSize, _options.Dropout);
}
