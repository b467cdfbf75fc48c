using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Descriptors;

/// <summary>
/// The trainers of the table with one setting each for all descriptor sets, strongly regularised: 540 songs to learn from, up to 1,037
/// values a song.
/// </summary>
internal sealed record TableTrainer(string Name, Func<MLContext, int, IEstimator<ITransformer>> Make);

internal static class TableTrainers
{
    public static readonly TableTrainer[] All =
    [
        new("MaximumEntropy",
            (ml, _) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = 100,
            OptimizationTolerance = 1e-4f,
            NumberOfThreads = 1,
        })),
        new("LightGbm", (ml, seed) => ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            NumberOfIterations = 150,
            LearningRate = 0.06,
            NumberOfLeaves = 8,
            MinimumExampleCountPerLeaf = 10,
            MaximumBinCountPerFeature = 63,
            NumberOfThreads = 1,
            Seed = seed,
            Booster = new GradientBooster.Options
            {
                FeatureFraction = 0.2,
                SubsampleFraction = 0.7,
                SubsampleFrequency = 1,
                L2Regularization = 3,
            },
        })),
        new("FastTree", (ml, seed) =>
            ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfTrees = 120,
            LearningRate = 0.1,
            NumberOfLeaves = 6,
            MinimumExampleCountPerLeaf = 8,
            MaximumBinCountPerFeature = 63,
            FeatureFraction = 0.2,
            BaggingSize = 1,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        }))),
        new("Mlp", (ml, seed) => ml.MulticlassClassification.Trainers.Mlp(new MlpOptions
        {
            HiddenSizes = [256, 64],
            Dropout = 0.5,
            Epochs = 30,
            BatchSize = 64,
            LearningRate = 5e-4,
            WeightDecay = 1e-2,
            Optimizer = OptimizerKind.AdamW,
            LabelSmoothing = 0.1,
            Seed = seed,
            Device = "cpu",
        })),
    ];

    /// <summary>What the trainer says of every song by a model that has not seen its artist.</summary>
    public static Predictions CrossValidate(TableTrainer trainer, FeatureTable table, int foldCount, int seed)
    {
        var context = new MLContext(seed);
        return HeldOut.CrossValidate(context, table.View(context), _ =>
        {
            var ml = new MLContext(seed);
            return ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(trainer.Make(ml, seed));
        }, foldCount, new HeldOutOptions { GroupColumnName = FeatureTable.GroupColumn, Seed = seed });
    }
}
