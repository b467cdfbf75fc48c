using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>
/// What <see cref="AttentionTrainer"/> can be told. The paper has no such network; what is not said below defaults to what
/// <see cref="CrnnOptions"/> has.
/// </summary>
public sealed record AttentionOptions : SequenceOptions
{
    /// <summary>The defaults.</summary>
    public AttentionOptions() : base(epochs: 40, learningRate: 1e-3)
    {
        BatchSize = 32;
        Optimizer = OptimizerKind.AdamW;
        WeightDecay = 0.05;
        Schedule = LearningRateSchedule.Cosine();
        MixupAlpha = 0.3;
        CropFrames = 256;
        TimeMaskCount = 2;
        TimeMaskFrames = 32;
        FrequencyMaskCount = 2;
        FrequencyMaskBands = 16;
    }

    /// <summary>The channels of the convolutions, each of which halves the frames. Default 128, 128, 128.</summary>
    public IReadOnlyList<int> Channels { get; init => field = value is null ? null! : [.. value]; } = [128, 128, 128];

    /// <summary>Blocks of self-attention, one over the other, at least 1. Default 2.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>Attention heads of a block, at least 1; the last of <see cref="Channels"/> must be a multiple. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The size of the hidden layer over the pooled moments, which is the embedding, at least 1. Default 64.</summary>
    public int EmbeddingSize { get; init; } = 64;

    /// <summary>
    /// The share of activations that is dropped while training, from 0 to below 1 (half of it after convolutions). Default 0.3.
    /// </summary>
    public double Dropout { get; init; } = 0.3;

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.NeedSizes(Channels, nameof(Channels));
        faults.Need(Blocks >= 1, nameof(Blocks), Blocks, "at least 1");
        faults.Need(Heads >= 1, nameof(Heads), Heads, "at least 1");
        if (Heads >= 1 && Channels is { Count: > 0 })
            faults.Need(Channels[^1] % Heads == 0, nameof(Channels), $"[{string.Join(", ", Channels)}]",
                $"sizes of which Heads ({Heads}) divides the last");
        faults.Need(EmbeddingSize >= 1, nameof(EmbeddingSize), EmbeddingSize, "at least 1");
        faults.NeedDropout(Dropout, nameof(Dropout));
    }
}
