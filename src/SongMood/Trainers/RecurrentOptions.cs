using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>What the trainers of recurrent networks can be told besides.</summary>
public abstract record RecurrentOptions : SequenceOptions
{
    private protected RecurrentOptions(double learningRate, int hiddenSize, IReadOnlyList<int> linearSizes)
        : base(epochs: 100, learningRate) => (HiddenSize, LinearSizes) = (hiddenSize, linearSizes);

    /// <summary>The states of a layer in each direction, at least 1.</summary>
    public int HiddenSize { get; init; }

    /// <summary>Recurrent layers, one over the other, at least 1. Default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Also run from the end to the beginning. Default false.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The sizes of the hidden linear layers (with ReLU) between the last state and the classes; may be empty.</summary>
    public IReadOnlyList<int> LinearSizes { get; init => field = value is null ? null! : [.. value]; }

    /// <summary>
    /// The share of activations that is dropped between layers while training, from 0 to below 1. Default 0, as in the paper.
    /// </summary>
    public double Dropout { get; init; }

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.Need(HiddenSize >= 1, nameof(HiddenSize), HiddenSize, "at least 1");
        faults.Need(Layers >= 1, nameof(Layers), Layers, "at least 1");
        if (LinearSizes is not { Count: 0 })
            faults.NeedSizes(LinearSizes, nameof(LinearSizes));
        faults.NeedDropout(Dropout, nameof(Dropout));
    }
}
