using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>Trains a network of convolutions and self-attention over spectrograms of any length.</summary>
public sealed class AttentionTrainer : NetworkTrainer
{
    private readonly AttentionOptions _options;

    internal AttentionTrainer(IHostEnvironment env, AttentionOptions options) : base(env, options) => _options = options;

    private protected override bool WantsSequence => true;

    private protected override Network CreateNetwork(InputShape input, int classCount) =>
        new Attention(input, classCount, _options.Channels, _options.Blocks, _options.Heads, _options.EmbeddingSize, _options.Dropout);
}
