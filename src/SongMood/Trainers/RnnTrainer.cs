using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains an Elman network over spectrograms.</summary>
public sealed class RnnTrainer : NetworkTrainer
{
    private readonly RnnOptions _options;

    internal RnnTrainer(IHostEnvironment env, RnnOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => true;

    private protected override Network CreateNetwork(InputShape input, int classCount) =>
        new Recurrent(RecurrentCell.Rnn, input, classCount, _options.HiddenSize, _options.Layers, _options.Bidirectional,
            _options.LinearSizes, _options.Dropout);
}
