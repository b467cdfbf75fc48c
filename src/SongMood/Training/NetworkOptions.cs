using SongMood.Scoring;

namespace SongMood.Training;

/// <summary>What every network's trainer can be told. Each default is what the paper used where it says; the others are off.</summary>
public abstract record NetworkOptions
{
    private protected NetworkOptions(int epochs, double learningRate) => (Epochs, LearningRate) = (epochs, learningRate);

    /// <summary>The label: a key column, as MapValueToKey makes. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The features. Default "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>Optional: a Single column with each row's weight in the loss, not negative. Default null: all weigh the same.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>How often the training part is gone through, at most. At least 1.</summary>
    public int Epochs { get; init; }

    /// <summary>Rows in a step, at least 2. A batch larger than the data is the data. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The optimiser's step size (its highest, under a schedule). Above 0.</summary>
    public double LearningRate { get; init; }

    /// <summary>How steps are made from gradients. Default <see cref="OptimizerKind.Adam"/>.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The optimiser's weight decay, not negative. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Momentum of <see cref="OptimizerKind.Sgd"/>, from 0 to below 1. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>How the learning rate changes over the epochs. Default <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The highest norm of all gradients together; longer ones are shortened to it. Above 0. Default null: no limit.</summary>
    public double? GradientClipNorm { get; init; }

    /// <summary>How classes weigh in the loss. Default <see cref="ClassWeighting.Balanced"/>.</summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.Balanced;

    /// <summary>
    /// How rows are drawn. Default <see cref="RowSampling.Shuffled"/>; the paper drew by class as well as weighting the loss by class,
    /// which makes up for rare classes twice.
    /// </summary>
    public RowSampling Sampling { get; init; } = RowSampling.Shuffled;

    /// <summary>How much of the target is spread over all classes, from 0 to below 1. Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Mixes pairs of rows and their targets, with shares drawn from Beta(alpha, alpha) (Zhang et al., "mixup", 2018).
    /// Not negative. Default 0: off.
    /// </summary>
    public double MixupAlpha { get; init; }

    /// <summary>Scale each feature, or band, to mean 0 and deviation 1 over the training part, inside the network. Default true.</summary>
    public bool StandardizeInputs { get; init; } = true;

    /// <summary>
    /// The share of the rows that is kept for validation, from 0 to below 1, drawn class by class. Default 0: none.
    /// Not used where Fit is given validation data.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Optional: a column (text, key or number) whose equal values stay on one side of <see cref="ValidationFraction"/>, as an artist's
    /// songs must. Names that differ only in case, accents or white space are equal; a row with blank text, a missing key or NaN has no
    /// group, and is split by itself. Default null.
    /// </summary>
    public string? ValidationGroupColumnName { get; init; }

    /// <summary>
    /// Stop when the validation loss has not fallen for this many epochs; at least 1; needs validation. Default null: all epochs.
    /// Whenever there is validation, the weights of the epoch with the lowest validation loss are the result.
    /// </summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>
    /// With validation, divide the logits by the temperature that makes its loss lowest (Guo et al., 2017), so that probabilities are
    /// right about themselves. The prediction stays the same. Default true.
    /// </summary>
    public bool CalibrateTemperature { get; init; } = true;

    /// <summary>
    /// Makes training repeatable on one machine with one number of <see cref="Threads"/>. Default null: the MLContext's seed, and where it
    /// has none, a random one.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// How many threads share the work on the CPU, at least 1. Torch adds in another order with another number of them, which gives another
    /// network: set it where one seed is to give one model whatever the machine's number of cores, or <c>OMP_NUM_THREADS</c>, is. Default
    /// null: 1 for networks over feature vectors, and torch's own number for those over spectrograms. That number is as before after Fit.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>"auto" (a CUDA device where there is one, else the CPU), "cpu", "cuda" or "cuda:N". Default "auto".</summary>
    [WithoutEffectOnResult]
    public string Device { get; init; } = "auto";

    /// <summary>
    /// Optional: a trained model to go on from. Its weights, and its scaling of the inputs, are read back from its graph; the network's
    /// form must be the same. Default null: new weights.
    /// </summary>
    public NetworkModelParameters? StartFrom { get; init; }

    /// <summary>
    /// Optional: a folder for a checkpoint after each epoch. Where it has one of the same training already, training goes on from it, to
    /// the result of an unbroken run. Default null.
    /// </summary>
    [WithoutEffectOnResult]
    public string? CheckpointFolder { get; init; }

    /// <summary>Optional: a CSV file of the curves, a line an epoch. Default null.</summary>
    [WithoutEffectOnResult]
    public string? CurvesPath { get; init; }

    /// <summary>Optional: a folder for the curves in TensorBoard's format. Default null.</summary>
    [WithoutEffectOnResult]
    public string? TensorBoardFolder { get; init; }

    /// <summary>Told after each epoch, on the thread that trains. Default null.</summary>
    [WithoutEffectOnResult]
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>
    /// Stops reading the data, or training after the step at hand. The result is the best model so far; before the first epoch ends
    /// there is none, and <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    [WithoutEffectOnResult]
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        Check(faults);
        faults.ThrowIfAny(GetType().Name);
    }

    /// <summary>Adds what is wrong with these to what is wrong with those that they belong to.</summary>
    internal void CheckAsOption(OptionFaults faults) => Check(faults);

    private protected virtual void Check(OptionFaults faults)
    {
        faults.NeedName(LabelColumnName, nameof(LabelColumnName));
        faults.NeedName(FeatureColumnName, nameof(FeatureColumnName));
        faults.Need(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        faults.Need(BatchSize >= 2, nameof(BatchSize), BatchSize, "at least 2");
        faults.Need((float)LearningRate > 0 && float.IsFinite((float)LearningRate), nameof(LearningRate), LearningRate, "above 0");
        faults.NeedDefined(Optimizer, nameof(Optimizer));
        faults.Need(WeightDecay >= 0 && float.IsFinite((float)WeightDecay), nameof(WeightDecay), WeightDecay, "not negative");
        faults.Need(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "from 0 to below 1");
        faults.Need(Schedule is not null, nameof(Schedule), Schedule, "a schedule");
        faults.Need(GradientClipNorm is null or > 0, nameof(GradientClipNorm), GradientClipNorm, "above 0, or null");
        faults.NeedDefined(ClassWeights, nameof(ClassWeights));
        faults.NeedDefined(Sampling, nameof(Sampling));
        faults.Need(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "from 0 to below 1");
        faults.Need(MixupAlpha >= 0 && float.IsFinite((float)MixupAlpha), nameof(MixupAlpha), MixupAlpha, "not negative");
        faults.Need(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), ValidationFraction, "from 0 to below 1");
        faults.Need(EarlyStoppingPatience is null or >= 1, nameof(EarlyStoppingPatience), EarlyStoppingPatience, "at least 1, or null");
        faults.Need(ExampleWeightColumnName is not "", nameof(ExampleWeightColumnName), "\"\"", "a column's name, or null");
        faults.Need(ValidationGroupColumnName is not "", nameof(ValidationGroupColumnName), "\"\"", "a column's name, or null");
        faults.Need(CheckpointFolder is not "", nameof(CheckpointFolder), "\"\"", "a folder, or null");
        faults.Need(CurvesPath is not "", nameof(CurvesPath), "\"\"", "a file, or null");
        faults.Need(TensorBoardFolder is not "", nameof(TensorBoardFolder), "\"\"", "a folder, or null");
        faults.Need(Threads is null or >= 1, nameof(Threads), Threads, "at least 1, or null");
        faults.Need(Devices.IsName(Device), nameof(Device), Device, "\"auto\", \"cpu\", \"cuda\" or \"cuda:N\"");
    }
}
