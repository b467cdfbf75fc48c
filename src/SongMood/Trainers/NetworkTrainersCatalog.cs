using Microsoft.ML.Runtime;
using SongMood.Trainers;
using SongMood.Training;
using CatalogOfTrainers = Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers;

namespace Microsoft.ML;

/// <summary>SongMood's trainers, beside ML.NET's own on <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
public static class NetworkTrainersCatalog
{
    /// <summary>A multilayer perceptron over a feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The features: a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
    ///     .Append(mlContext.Transforms.Concatenate("Features", "Energy", "Valence", "Tempo"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Mlp(new MlpOptions { HiddenSizes = [64], Epochs = 50 }));
    /// </code></example>
    public static MlpTrainer Mlp(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Mlp(Columns(new MlpOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A multilayer perceptron over a feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static MlpTrainer Mlp(this CatalogOfTrainers catalog, MlpOptions options) => new(Environment(catalog), options);

    /// <summary>A convolutional network over a feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The features: a vector of Single of known size, at least 7.</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var trainer = mlContext.MulticlassClassification.Trainers.Cnn(new CnnOptions { Epochs = 40, Dropout = 0.3 });
    /// </code></example>
    public static CnnTrainer Cnn(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Cnn(Columns(new CnnOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A convolutional network over a feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static CnnTrainer Cnn(this CatalogOfTrainers catalog, CnnOptions options) => new(Environment(catalog), options);

    /// <summary>An Elman network over spectrograms.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The spectrogram: a vector of Single with the dimensions (bands, frames).</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
    ///     .Append(mlContext.Transforms.LoadAudio("Audio", "Path"))
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Features", "Mel"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Rnn(new RnnOptions { Epochs = 20 }));
    /// </code></example>
    public static RnnTrainer Rnn(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Rnn(Columns(new RnnOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>An Elman network over spectrograms.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static RnnTrainer Rnn(this CatalogOfTrainers catalog, RnnOptions options) => new(Environment(catalog), options);

    /// <summary>A long short-term memory network over spectrograms.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The spectrogram: a vector of Single with the dimensions (bands, frames).</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
    ///     .Append(mlContext.Transforms.LoadAudio("Audio", "Path"))
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Features", "Mel"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Lstm(new LstmOptions { Epochs = 20 }));
    /// </code></example>
    public static LstmTrainer Lstm(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Lstm(Columns(new LstmOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A long short-term memory network over spectrograms.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static LstmTrainer Lstm(this CatalogOfTrainers catalog, LstmOptions options) => new(Environment(catalog), options);

    /// <summary>A network of gated recurrent units over spectrograms.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The spectrogram: a vector of Single with the dimensions (bands, frames).</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
    ///     .Append(mlContext.Transforms.LoadAudio("Audio", "Path"))
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Features", "Mel"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Gru(new GruOptions { Bidirectional = true }));
    /// </code></example>
    public static GruTrainer Gru(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Gru(Columns(new GruOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A network of gated recurrent units over spectrograms.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static GruTrainer Gru(this CatalogOfTrainers catalog, GruOptions options) => new(Environment(catalog), options);

    /// <summary>A convolutional recurrent network with attention pooling over spectrograms of any length.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The spectrogram: a vector of Single with the dimensions (bands, frames).</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
    ///     .Append(mlContext.Transforms.LoadAudio("Audio", "Path"))
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Features", "Mel"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Crnn(new CrnnOptions { Epochs = 20, Seed = 1 }));
    /// </code></example>
    public static CrnnTrainer Crnn(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Crnn(Columns(new CrnnOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A convolutional recurrent network with attention pooling over spectrograms of any length.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static CrnnTrainer Crnn(this CatalogOfTrainers catalog, CrnnOptions options) => new(Environment(catalog), options);

    /// <summary>A network of convolutions and self-attention over spectrograms of any length.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key column.</param>
    /// <param name="featureColumnName">The spectrogram: a vector of Single with the dimensions (bands, frames).</param>
    /// <param name="exampleWeightColumnName">Optional: a Single column with each row's weight.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
    ///     .Append(mlContext.Transforms.LoadAudio("Audio", "Path"))
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Audio"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Features", "Mel"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Attention(new AttentionOptions { Epochs = 20 }));
    /// </code></example>
    public static AttentionTrainer Attention(
        this CatalogOfTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Attention(Columns(new AttentionOptions(), labelColumnName, featureColumnName, exampleWeightColumnName));

    /// <summary>A network of convolutions and self-attention over spectrograms of any length.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    public static AttentionTrainer Attention(this CatalogOfTrainers catalog, AttentionOptions options) =>
        new(Environment(catalog), options);

    /// <summary>The network that the options are of: <see cref="MlpOptions"/> give an <see cref="MlpTrainer"/>, and so on.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    /// <example><code>
    /// NetworkOptions options = new MlpOptions { Epochs = 50 };
    /// var trainer = mlContext.MulticlassClassification.Trainers.Network(options with { Seed = 1 }); // an MlpTrainer
    /// </code></example>
    public static NetworkTrainer Network(this CatalogOfTrainers catalog, NetworkOptions options) => options switch
    {
        MlpOptions mlp => catalog.Mlp(mlp),
        CnnOptions cnn => catalog.Cnn(cnn),
        RnnOptions rnn => catalog.Rnn(rnn),
        LstmOptions lstm => catalog.Lstm(lstm),
        GruOptions gru => catalog.Gru(gru),
        CrnnOptions crnn => catalog.Crnn(crnn),
        AttentionOptions attention => catalog.Attention(attention),
        null => throw new ArgumentNullException(nameof(options)),
        _ => throw new ArgumentException($"{options.GetType().Name} are not the options of one of SongMood's networks.", nameof(options)),
    };

    private static IHostEnvironment Environment(CatalogOfTrainers catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Data.CatalogUtils.GetEnvironment(catalog);
    }

    private static TOptions Columns<TOptions>(TOptions options, string label, string features, string? weight)
        where TOptions : NetworkOptions => (TOptions)((NetworkOptions)options with
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            ExampleWeightColumnName = weight,
        });
}
