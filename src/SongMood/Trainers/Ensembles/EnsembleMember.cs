using Microsoft.ML;
using SongMood.Scoring;

namespace SongMood.Trainers;

/// <summary>One of an ensemble's networks, with what is done to its features before it.</summary>
/// <example><code>
/// var members = new[]
/// {
///     EnsembleMember.ToTrain(mlContext.MulticlassClassification.Trainers.Mlp("Label", "Descriptors")), // fitted with the ensemble
///     EnsembleMember.ToTrain(mlContext.MulticlassClassification.Trainers.Cnn("Label", "Descriptors")),
/// };
/// var ensemble = mlContext.MulticlassClassification.Trainers.Ensemble(members, combiner: EnsembleCombiner.Stacking);
/// </code></example>
public sealed class EnsembleMember
{
    private readonly FittedMember? _fitted;
    private readonly IEstimator<ITransformer>? _estimator;

    private EnsembleMember(FittedMember? fitted, IEstimator<ITransformer>? estimator) => (_fitted, _estimator) = (fitted, estimator);

    internal bool IsFitted => _fitted is not null;

    internal IEstimator<ITransformer>? Estimator => _estimator;

    /// <summary>A network that is fitted already, and stays as it is.</summary>
    /// <param name="fitted">
    /// What one of SongMood's trainers, Ensemble and Bagging among them, has fitted; or a pipeline whose last step that scores is such a
    /// one. The transforms before it become a part of the ensemble, as far as its features need them; what comes after, such as
    /// MapKeyToValue, is left out.
    /// </param>
    /// <exception cref="ArgumentException">It has no such network.</exception>
    public static EnsembleMember Of(ITransformer fitted)
    {
        ArgumentNullException.ThrowIfNull(fitted);
        return new EnsembleMember(FittedMember.Of(fitted, "The member"), null);
    }

    /// <summary>The same, from a model file.</summary>
    /// <param name="modelZipPath">A zip that <c>mlContext.Model.Save</c> or <c>songmood train</c> wrote.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is no model that ML.NET can load, or has no network of SongMood.</exception>
    public static EnsembleMember FromFile(string modelZipPath)
    {
        using var stream = ModelFile.Open(modelZipPath);
        var (model, schema) = ModelFile.Read(new MLContext(), stream, modelZipPath);
        return ModelFile.Guard(modelZipPath, () => new EnsembleMember(FittedMember.Of(model, modelZipPath).For(schema), null));
    }

    /// <summary>
    /// A network that the ensemble fits itself, each time on what it is fitted on: what stacking and cross-validation need.
    /// </summary>
    /// <param name="estimator">One of SongMood's trainers, or a pipeline that ends in one.</param>
    public static EnsembleMember ToTrain(IEstimator<ITransformer> estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new EnsembleMember(null, estimator);
    }

    /// <summary>Such as "fitted: tells apart happy, sad" or "to train".</summary>
    public override string ToString() =>
        _fitted is null ? "to train" : $"fitted: tells apart {string.Join(", ", _fitted.Model.ClassNames)}";

    /// <summary>The network, fitted on <paramref name="data"/> where it was not before.</summary>
    /// <param name="data">The ensemble's training data, or a part of it.</param>
    /// <param name="index">Which of the ensemble's members this is.</param>
    internal FittedMember Fit(IDataView data, int index)
    {
        var owner = $"members[{index}]";
        return (_fitted?.Named(owner) ?? FittedMember.Of(_estimator!.Fit(data), owner)).For(data.Schema);
    }
}
