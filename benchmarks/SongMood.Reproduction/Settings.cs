using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>
/// The settings of the rows: the paper's networks at the paper's sizes, trained as sweeps on other splits found best
/// (docs/reproduction.md lists the sweeps). Validation chooses the epoch throughout.
/// </summary>
internal static class Settings
{
    public static NetworkOptions Mlp() => Features(new MlpOptions { Dropout = 0.3, LearningRate = 1e-3 });

    public static NetworkOptions MlpSecondForm() =>
        Features(new MlpOptions { Form = MlpForm.Hardtanh, Dropout = 0.3, LearningRate = 3e-3 });

    public static NetworkOptions Cnn() => Features(new CnnOptions { Dropout = 0.3, LearningRate = 1e-3 });

    public static MlpOptions MlpOfAll() => new()
    {
        Epochs = 30,
        BatchSize = 64,
        LearningRate = 2e-4,
        Dropout = 0.5,
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 1e-2,
        LabelSmoothing = 0.1,
    };

    public static NetworkOptions Rnn() => Spectrograms(new RnnOptions { Epochs = 40, EarlyStoppingPatience = 15, LearningRate = 3e-4 });

    public static NetworkOptions Lstm() => Spectrograms(new LstmOptions { Epochs = 20, EarlyStoppingPatience = 8, LearningRate = 1e-4 });

    public static CrnnOptions Crnn() => new() { EarlyStoppingPatience = 10 };

    /// <summary>The paper's head: one linear layer, 1e-2 at batches of 128 over 100 epochs (1e-3 and 64 for the RNN's).</summary>
    public static EnsembleOptions Head(EnsembleCombiner combiner, double learningRate, int batchSize) => new()
    {
        Combiner = combiner,
        Head = new MlpOptions { Form = MlpForm.Linear, LearningRate = learningRate, BatchSize = batchSize, Epochs = 100 },
    };

    public static EnsembleOptions Plain(EnsembleCombiner combiner) => new() { Combiner = combiner };

    private static NetworkOptions Features(NetworkOptions options) => options with
    {
        Epochs = 60,
        BatchSize = 64,
        Schedule = LearningRateSchedule.Cosine(),
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 1e-2,
    };

    /// <summary>
    /// Trained on a quarter of each clip at a time, from a place that is drawn anew: a quarter of the paper's time. Scored on whole clips.
    /// </summary>
    private static NetworkOptions Spectrograms(RecurrentOptions options) => options with
    {
        BatchSize = 32,
        CropFrames = 308,
        GradientClipNorm = 1,
        Schedule = LearningRateSchedule.Cosine(),
    };
}
