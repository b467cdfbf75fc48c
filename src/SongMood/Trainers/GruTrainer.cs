using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains a network of gated recurrent units over spectrograms.</summary>
public sealed class GruTrainer : NetworkTrainer
{
    private readonly GruOptions _options;

    internal GruTrainer(IHostEnvironment env, GruOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => true;

    private protected override Network CreateNetwork(InputShape input, int classCount) =>
        new Recurrent(RecurrentCell.Gru, input, classCount, _options.HiddenSize, _options.Layers, _options.Bidirectional,
            _options.LinearSizes, _options.Dropout);
}
