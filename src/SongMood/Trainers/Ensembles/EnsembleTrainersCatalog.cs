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
    public static EnsembleTrainer Ensemble(
        this CatalogOfTrainers catalog, IReadOnlyList<EnsembleMember> members, string labelColumnName = "Label",
        EnsembleCombiner combiner = EnsembleCombiner.HeadOnOutputs) =>
        catalog.Ensemble(members, new EnsembleOptions { LabelColumnName = labelColumnName, Combiner = combiner });

    /// <summary>Makes one classifier of several networks, which stay as they are.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="members">Two or more, each with feature columns of its own.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">The members do not make an ensemble, or options are out of range; the message lists all that is wrong.</exception>
    public static EnsembleTrainer Ensemble(this CatalogOfTrainers catalog, IReadOnlyList<EnsembleMember> members, EnsembleOptions options) =>
        new(Environment(catalog), members, options);

    private static IHostEnvironment Environment(CatalogOfTrainers catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Data.CatalogUtils.GetEnvironment(catalog);
    }
}
