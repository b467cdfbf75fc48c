using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Cli.Learning;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Trainers;
using SongMood.Training;
using Spectre.Console;

namespace SongMood.Cli.Evaluate;

/// <summary>Our networks on the numeric columns of a label file, beside ML.NET's own trainers and a plain baseline, all on the same folds.</summary>
internal sealed class TabularComparison
{
    private const string Scaled = "Scaled";
    private const int RankCount = 1024; // more than a fold of the usual set has songs

    // Each with the scaling that suits it: trees do not mind.
    private static readonly (string Name, Func<MLContext, IEstimator<ITransformer>>? Make)[] Learners =
    [
        ("always the most frequent mood", null),
        ("MLP", ml => Ranks(ml).Append(ml.MulticlassClassification.Trainers.Mlp(
            Tuned(new MlpOptions { HiddenSizes = [128, 64], Dropout = 0.3, Epochs = 60 })))),
        ("CNN", ml => Ranks(ml).Append(ml.MulticlassClassification.Trainers.Cnn(Tuned(new CnnOptions { Dropout = 0.3, Epochs = 40 })))),
        ("LightGBM", ml => Standardized(ml).Append(ml.MulticlassClassification.Trainers.LightGbm(FeatureTable.LabelColumn, Scaled))),
        ("FastTree, one against all", ml => Standardized(ml).Append(ml.MulticlassClassification.Trainers.OneVersusAll(
            ml.BinaryClassification.Trainers.FastTree(FeatureTable.LabelColumn, Scaled), FeatureTable.LabelColumn))),
        ("maximum entropy (L-BFGS)", ml => Ranks(ml).Append(
            ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(FeatureTable.LabelColumn, Scaled))),
    ];

    private readonly LabelledSongs _songs;
    private readonly FeatureTable _table;

    public TabularComparison(LabelledSongs songs)
    {
        _songs = songs;
        _table = FeatureTable.OfNumbers(songs);
    }

    /// <summary>Prints a row a learner: means over the seeds, and the lowest and highest accuracy of a seed.</summary>
    public async Task RunAsync(int foldCount, int firstSeed, int seedCount, ToolConsole console, CancellationToken cancellation)
    {
        int[] seeds = [.. Enumerable.Range(firstSeed, seedCount)];
        console.Out.WriteLine($"{foldCount}-fold cross-validation on {_songs.Songs.Count} songs of {_songs.File}, "
            + $"columns {string.Join(",", _songs.FeatureColumns)}, seeds {string.Join(",", seeds)}");
        var measured = await console.WithProgressAsync("Comparing", Learners.Length * seedCount, step => Task.Run(() =>
            Learners.Select(learner => seeds.Select(seed =>
            {
                step($"{learner.Name}, seed {seed}");
                return CrossValidate(learner.Make, foldCount, seed, cancellation);
            }).ToArray()).ToArray(), cancellation));

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("learner");
        foreach (var header in new[] { "accuracy", "lowest", "highest", "macro F1", "log-loss" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (var ((name, _), metrics) in Learners.Zip(measured))
            table.AddRow(Markup.Escape(name), Percent(metrics.Average(m => m.Accuracy)), Percent(metrics.Min(m => m.Accuracy)),
                Percent(metrics.Max(m => m.Accuracy)), $"{metrics.Average(m => m.MacroF1):F3}", $"{metrics.Average(m => m.LogLoss):F3}");
        console.WriteTable(table);
    }

    private MoodMetrics CrossValidate(Func<MLContext, IEstimator<ITransformer>>? make, int foldCount, int seed, CancellationToken cancellation)
    {
        var context = new MLContext(seed);
        var folds = StratifiedSplit.Folds(_songs.MoodIndices, [.. _songs.Songs.Select(song => song.Group)], foldCount, seed);
        var scores = new float[folds.Length][];
        for (var fold = 0; fold < foldCount; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var held = Enumerable.Range(0, folds.Length).Where(song => folds[song] == fold).ToArray();
            var learned = Enumerable.Range(0, folds.Length).Where(song => folds[song] != fold).ToArray();
            var heldScores = make is null ? held.Select(_ => Shares(learned)) : Score(context, make(context), learned, held);
            foreach (var (song, score) in held.Zip(heldScores))
                scores[song] = score;
        }
        return MoodMetrics.Compute(new Predictions(_songs.Moods, _songs.MoodIndices, scores));
    }

    private float[][] Score(MLContext context, IEstimator<ITransformer> trainer, int[] learned, int[] held)
    {
        var model = trainer.Fit(_table.View(context, learned));
        return [.. model.Transform(_table.View(context, held)).GetColumn<float[]>("Score")];
    }

    private static IEstimator<ITransformer> Standardized(MLContext context) =>
        context.Transforms.NormalizeMeanVariance(Scaled, Recipe.FeatureColumn, fixZero: false);

    /// <summary>
    /// Each value as its rank among the songs learnt from, 0 to 1: half of such columns (speechiness, instrumentalness, liveness) are nearly
    /// all of their songs close to 0 with a long tail, in which standardising leaves a network little to see.
    /// </summary>
    private static IEstimator<ITransformer> Ranks(MLContext context) =>
        context.Transforms.NormalizeBinning(Scaled, Recipe.FeatureColumn, maximumBinCount: RankCount, fixZero: false);

    /// <summary>How frequent each mood is: the baseline's probabilities.</summary>
    private float[] Shares(int[] learned)
    {
        var shares = new float[_songs.Moods.Count];
        foreach (var row in learned)
            shares[_songs.MoodIndices[row]] += 1f / learned.Length;
        return shares;
    }

    /// <summary>What a few hundred songs bear: decayed weights, a falling rate.</summary>
    private static TOptions Tuned<TOptions>(TOptions options) where TOptions : NetworkOptions
    {
        (options.LabelColumnName, options.FeatureColumnName) = (FeatureTable.LabelColumn, Scaled);
        (options.LearningRate, options.BatchSize, options.Schedule) = (3e-3, 64, LearningRateSchedule.Cosine());
        (options.Optimizer, options.WeightDecay) = (OptimizerKind.AdamW, 1e-2);
        options.ClassWeights = ClassWeighting.None;
        return options;
    }

    private static string Percent(double share) => $"{100 * share:F1} %";
}
