using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>
/// The paper's own: Adam at its learning rates, batches of 128, 100 epochs, of which the last one counts, class weights in the loss and a
/// weighted sampler, MinMax and nothing else before the network, whole clips. Dropout, of which it gives no share, is the trainers'
/// default.
/// </summary>
internal static class PaperSettings
{
    public static NetworkOptions Mlp() => ToTheLetter(new MlpOptions { LearningRate = 1e-4 });

    public static NetworkOptions MlpSecondForm() => ToTheLetter(new MlpOptions { Form = MlpForm.Hardtanh, LearningRate = 1e-4 });

    public static NetworkOptions Cnn() => ToTheLetter(new CnnOptions { LearningRate = 1e-4 });

    public static NetworkOptions Rnn() => ToTheLetter(new RnnOptions { HiddenSize = 128, LearningRate = 5e-5 });

    public static NetworkOptions Lstm() => ToTheLetter(new LstmOptions { HiddenSize = 512, LinearSizes = [128], LearningRate = 3e-5 });

    private static NetworkOptions ToTheLetter(NetworkOptions options) => options with
    {
        Epochs = 100,
        BatchSize = 128,
        Optimizer = OptimizerKind.Adam,
        ClassWeights = ClassWeighting.Balanced,
        Sampling = RowSampling.WeightedRandom,
        StandardizeInputs = false,
    };
}
