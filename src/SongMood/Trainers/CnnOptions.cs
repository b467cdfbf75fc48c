using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>What <see cref="CnnTrainer"/> can be told. Defaults are the paper's: 100 epochs at a learning rate of 1e-4.</summary>
public sealed record CnnOptions : NetworkOptions
{
    /// <summary>The defaults.</summary>
    public CnnOptions() : base(epochs: 100, learningRate: 1e-4)
    {
    }

    /// <summary>
    /// The channels of the convolutions; every second one is followed by pooling. Default 40, 80, 160, 160, which takes 7 features or more.
    /// </summary>
    public IReadOnlyList<int> Channels { get; init => field = value is null ? null! : [.. value]; } = [40, 80, 160, 160];

    /// <summary>The share of activations that is dropped after each convolution while training, from 0 to below 1. Default 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.NeedSizes(Channels, nameof(Channels));
        faults.NeedDropout(Dropout, nameof(Dropout));
    }
}
