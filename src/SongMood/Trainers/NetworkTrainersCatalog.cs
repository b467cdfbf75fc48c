using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Trainers;
using SongMood.Training;

namespace Microsoft.ML;

/// <summary>SongMood's trainers, beside ML.NET's own on <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
public static class NetworkTrainersCatalog
{
    /// <summary>A multilayer perceptron over a feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The features: a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <param name="epochs">How often the data is gone through.</param>
    /// <param name="learningRate">The optimiser's step size.</param>
    public static MlpTrainer Mlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName = "Label",
        string featureColumnName = "Features", string? exampleWeightColumnName = null, int epochs = 100, double learningRate = 1e-4) =>
        catalog.Mlp(Columns(new MlpOptions { Epochs = epochs, LearningRate = learningRate }, labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A multilayer perceptron over a feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static MlpTrainer Mlp(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MlpOptions options) =>
        new(Environment(catalog), options);

    /// <summary>A convolutional recurrent network with attention pooling over spectrograms of any length.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The spectrogram: a vector of Single with the dimensions (bands, frames).</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    public static CrnnTrainer Crnn(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName = "Label",
        string featureColumnName = "Features", string? exampleWeightColumnName = null) =>
        catalog.Crnn(Columns(new CrnnOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A convolutional recurrent network with attention pooling over spectrograms of any length.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static CrnnTrainer Crnn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, CrnnOptions options) =>
        new(Environment(catalog), options);

    private static IHostEnvironment Environment(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return CatalogUtils.GetEnvironment(catalog);
    }

    private static TOptions Columns<TOptions>(TOptions options, string label, string features, string? weight) where TOptions : NetworkOptions
    {
        (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName) = (label, features, weight);
        return options;
    }
}
