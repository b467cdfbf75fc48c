using Microsoft.ML;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Descriptors;

/// <summary>
/// Our networks on the numeric columns of a label file, beside ML.NET's own trainers and a plain baseline, all on the same folds.
/// </summary>
internal static class TabularComparison
{
    private const string Label = FeatureTable.LabelColumn;
    private const string Features = LearningRecipe.FeatureColumn;
    private const string Scaled = "Scaled";

    // Each with the scaling that suits it: trees do not mind.
    private static readonly (string Name, Func<MLContext, int, IEstimator<ITransformer>> Make)[] Trainers =
    [
        ("always the most frequent mood", (_, _) => new MostFrequent()),
        ("MLP", (ml, seed) => Learnt(ml, NetworkKind.Mlp, seed)),
        ("CNN", (ml, seed) => Learnt(ml, NetworkKind.Cnn, seed)),
        ("LightGBM", (ml, _) => Standardized(ml).Append(ml.MulticlassClassification.Trainers.LightGbm(Label, Scaled))),
        ("FastTree, one against all", (ml, _) => Standardized(ml).Append(ml.MulticlassClassification.Trainers.OneVersusAll(
            ml.BinaryClassification.Trainers.FastTree(Label, Scaled), Label))),
        ("maximum entropy (L-BFGS)", (ml, _) => LearningRecipe.Ranks(ml, Scaled, Features).Append(
            ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(Label, Scaled))),
    ];

    /// <summary>Prints a row a trainer: means over the seeds, and the lowest and highest accuracy of a seed.</summary>
    /// <param name="songs">Songs with numeric columns.</param>
    /// <param name="foldCount">Folds that share no artist.</param>
    /// <param name="seedCount">Seeds, from 1: of the folds and of the trainers.</param>
    public static void Print(LabelledSongs songs, int foldCount, int seedCount)
    {
        int[] seeds = [.. Enumerable.Range(1, seedCount)];
        Console.WriteLine($"{foldCount}-fold cross-validation on {songs.Songs.Count} songs of {songs.File}, "
            + $"columns {string.Join(",", songs.FeatureColumns)}, seeds {string.Join(",", seeds)}");
        Console.WriteLine();
        Console.WriteLine("| trainer | accuracy | lowest | highest | macro F1 | log-loss |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var trainer in Trainers)
        {
            MoodMetrics[] metrics = [.. seeds.Select(seed => CrossValidate(trainer.Make, songs, foldCount, seed))];
            Console.WriteLine($"| {trainer.Name} | {Percent(metrics.Average(m => m.Accuracy))} | {Percent(metrics.Min(m => m.Accuracy))} "
                + $"| {Percent(metrics.Max(m => m.Accuracy))} | {metrics.Average(m => m.MacroF1):F3} | "
                + $"{metrics.Average(m => m.LogLoss):F3} |");
        }
    }

    private static MoodMetrics CrossValidate(
        Func<MLContext, int, IEstimator<ITransformer>> make, LabelledSongs songs, int foldCount, int seed)
    {
        var context = new MLContext(seed);
        return MoodMetrics.Compute(HeldOut.CrossValidate(new MLContext(seed), FeatureTable.OfNumbers(songs).View(context),
            _ => make(context, seed), foldCount, new HeldOutOptions { GroupColumnName = FeatureTable.GroupColumn, Seed = seed }));
    }

    private static IEstimator<ITransformer> Standardized(MLContext context) =>
        context.Transforms.NormalizeMeanVariance(Scaled, Features, fixZero: false);

    /// <summary>As the tool learns from columns when nothing else is asked for.</summary>
    private static IEstimator<ITransformer> Learnt(MLContext context, NetworkKind kind, int seed) =>
        new LearningRecipe(new MoodLearningOptions
        {
            Inputs = SongInput.Columns,
            Network = new NetworkChoice { Kind = kind },
            Seed = seed,
        }).Classifier(context);

    private static string Percent(double share) => $"{100 * share:F1} %";
}
