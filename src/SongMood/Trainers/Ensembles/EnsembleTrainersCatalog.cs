using Microsoft.ML.Runtime;
using SongMood.Trainers;
using CatalogOfTrainers = Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers;

namespace Microsoft.ML;

/// <summary>SongMood's ensembles, beside ML.NET's own trainers on <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
public static class EnsembleTrainersCatalog
{
    /// <summary>Makes one classifier of several networks, which stay as they are.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="members">Two or more, each with feature columns of its own.</param>
    /// <param name="labelColumnName">The label: a key column with the members' classes.</param>
    /// <param name="combiner">How the members become one.</param>
    /// <exception cref="ArgumentException">The members do not make an ensemble; the message says why.</exception>
    /// <example><code>
    /// var mlp = EnsembleMember.ToTrain(mlContext.MulticlassClassification.Trainers.Mlp("Label", "Descriptors"));
    /// var cnn = EnsembleMember.ToTrain(mlContext.MulticlassClassification.Trainers.Cnn("Label", "Descriptors"));
    /// var ensemble = mlContext.MulticlassClassification.Trainers.Ensemble([mlp, cnn], combiner: EnsembleCombiner.Average);
    /// </code></example>
    public static EnsembleTrainer Ensemble(
        this CatalogOfTrainers catalog, IReadOnlyList<EnsembleMember> members, string labelColumnName = "Label",
        EnsembleCombiner combiner = EnsembleCombiner.HeadOnOutputs) =>
        catalog.Ensemble(members, new EnsembleOptions { LabelColumnName = labelColumnName, Combiner = combiner });

    /// <summary>Makes one classifier of several networks, which stay as they are.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="members">Two or more, each with feature columns of its own.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">The members do not make an ensemble, or options are out of range; the message lists all that is
    /// wrong.</exception>
    public static EnsembleTrainer Ensemble(this CatalogOfTrainers catalog, IReadOnlyList<EnsembleMember> members,
        EnsembleOptions options) =>
        new(Environment(catalog), members, options);

    /// <summary>Fits one network several times on rows drawn with replacement, and averages what comes out.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="estimator">One of SongMood's trainers, or a pipeline that ends in one.</param>
    /// <param name="labelColumnName">The label: the key column that the trainer learns.</param>
    /// <param name="count">How many networks, at least 2.</param>
    /// <exception cref="ArgumentException">The count is out of range.</exception>
    /// <example><code>
    /// var bagged = mlContext.MulticlassClassification.Trainers.Bagging(
    ///     mlContext.MulticlassClassification.Trainers.Mlp(), new BaggingOptions { Count = 10, GroupColumnName = "Artist" });
    /// </code></example>
    public static BaggingTrainer Bagging(
        this CatalogOfTrainers catalog, IEstimator<ITransformer> estimator, string labelColumnName = "Label", int count = 10) =>
        catalog.Bagging(estimator, new BaggingOptions { LabelColumnName = labelColumnName, Count = count });

    /// <summary>Fits one network several times on rows drawn with replacement, and combines what comes out.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="estimator">One of SongMood's trainers, or a pipeline that ends in one.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static BaggingTrainer Bagging(this CatalogOfTrainers catalog, IEstimator<ITransformer> estimator, BaggingOptions options)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return catalog.Bagging(_ => estimator, options);
    }

    /// <summary>The same, with a trainer for each network, counted from 0.</summary>
    internal static BaggingTrainer Bagging(
        this CatalogOfTrainers catalog, Func<int, IEstimator<ITransformer>> estimatorOf, BaggingOptions options) =>
        new(Environment(catalog), estimatorOf, options);

    private static IHostEnvironment Environment(CatalogOfTrainers catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Data.CatalogUtils.GetEnvironment(catalog);
    }
}
