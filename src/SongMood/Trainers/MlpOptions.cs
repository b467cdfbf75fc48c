using SongMood.Training;

namespace SongMood.Trainers;

/// <summary>What <see cref="MlpTrainer"/> can be told. Defaults are the paper's: 100 epochs at a learning rate of 1e-4.</summary>
public sealed record MlpOptions : NetworkOptions
{
    /// <summary>The defaults.</summary>
    public MlpOptions() : base(epochs: 100, learningRate: 1e-4)
    {
    }

    /// <summary>Which of the paper's two, or linear. Default <see cref="MlpForm.BatchNormRelu"/>.</summary>
    public MlpForm Form { get; init; }

    /// <summary>
    /// The sizes of the hidden layers. Default null: 512, 128, 64; for <see cref="MlpForm.Hardtanh"/>, of which the paper says only that
    /// there are two, 512, 128; for <see cref="MlpForm.Linear"/> there are none.
    /// </summary>
    public IReadOnlyList<int>? HiddenSizes { get; init => field = value is null ? null : [.. value]; }

    /// <summary>The share of activations that is dropped after each hidden layer while training, from 0 to below 1. Default 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>The sizes that are trained: <see cref="HiddenSizes"/>, or the form's own.</summary>
    internal IReadOnlyList<int> SizesInForm() => HiddenSizes ?? Form switch
    {
        MlpForm.Hardtanh => [512, 128],
        MlpForm.Linear => [],
        _ => [512, 128, 64],
    };

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.NeedDefined(Form, nameof(Form));
        if (Form == MlpForm.Linear)
            faults.Need(HiddenSizes is null or { Count: 0 }, nameof(HiddenSizes), $"[{string.Join(", ", HiddenSizes ?? [])}]",
                "null or empty: Form is Linear");
        else if (HiddenSizes is not null)
            faults.NeedSizes(HiddenSizes, nameof(HiddenSizes));
        faults.NeedDropout(Dropout, nameof(Dropout));
    }
}
