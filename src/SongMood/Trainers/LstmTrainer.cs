using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains a long short-term memory network over spectrograms.</summary>
public sealed class LstmTrainer : NetworkTrainer
{
    private readonly LstmOptions _options;

    internal LstmTrainer(IHostEnvironment env, LstmOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => true;

    private protected override Network CreateNetwork(InputShape input, int classCount) =>
        new Recurrent(RecurrentCell.Lstm, input, classCount, _options.HiddenSize, _options.Layers, _options.Bidirectional,
            _options.LinearSizes, _options.Dropout);
}
