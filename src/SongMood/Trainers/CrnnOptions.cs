using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>
/// What <see cref="CrnnTrainer"/> can be told. The paper has no such network; the defaults did well on 600 clips of 30 s
/// (docs/training.md): 40 epochs of AdamW at 1e-3 along a cosine, batches of 32, weight decay 0.05, mixup 0.3, crops of 256 frames, two
/// masks of up to 32 frames and two of up to 16 bands.
/// </summary>
public sealed record CrnnOptions : SequenceOptions
{
    /// <summary>The defaults.</summary>
    public CrnnOptions() : base(epochs: 40, learningRate: 1e-3)
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

    /// <summary>The states of the GRU in each direction, at least 1. Default 64.</summary>
    public int HiddenSize { get; init; } = 64;

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
        faults.Need(HiddenSize >= 1, nameof(HiddenSize), HiddenSize, "at least 1");
        faults.Need(EmbeddingSize >= 1, nameof(EmbeddingSize), EmbeddingSize, "at least 1");
        faults.NeedDropout(Dropout, nameof(Dropout));
    }
}
