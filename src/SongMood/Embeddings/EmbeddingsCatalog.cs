using SongMood.Embeddings;
using SongMood.Persistence;

namespace Microsoft.ML;

/// <summary>Embeddings of music, as transforms: <c>mlContext.Transforms.EmbedSpectrogram(...)</c>.</summary>
public static class EmbeddingsCatalog
{
    /// <summary>
    /// Runs a network of yours over patches of a spectrogram, and pools what it says of them (docs/embeddings.md). Input: a spectrogram
    /// (bands, frames) with the network's bands, such as a front end of <c>LogMelSpectrogram</c>. Output: a vector of known size, one part
    /// for each way of pooling, named "mean.0" and so on, in the network's unit. A clip that is shorter than a patch is filled up with its
    /// smallest value. The network is saved within the model; loading looks it through again.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">The network, and how its patches are cut and pooled.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the error lists every fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// The network holds something else than its operators may do, takes too much, or has an input or an output of another kind.
    /// </exception>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Audio", "Path")
    ///     .Append(mlContext.Transforms.LogMelSpectrogram("LogMel", "Audio", MelFrontEnd.Musicnn))
    ///     .Append(mlContext.Transforms.EmbedSpectrogram("Embedding", "LogMel",
    ///         new EmbedSpectrogramOptions { Model = "musicnn.onnx", Operators = GraphOperators.Tagging }));
    /// </code></example>
    public static EmbedSpectrogramEstimator EmbedSpectrogram(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName, EmbedSpectrogramOptions options) =>
        new(new EmbedSpectrogramTransformer(catalog.Environment(), outputColumnName, inputColumnName, options));

    /// <summary>
    /// What a song sounds like, as 256 numbers for each way of pooling: a small network in this package, which was taught to say what
    /// public music networks say (docs/embeddings.md). A linear model on them tells moods apart better than one on the descriptors; their
    /// cosine says how alike two songs sound. Input: the default spectrogram, <c>LoadAudio</c> at 22,050 Hz, then <c>MelSpectrogram</c> and
    /// <c>PowerToDecibels</c> with their defaults (128 bands; any reference, so that loudness does not matter). It is cut into patches of
    /// 128 frames (2.97 s), each of which begins in the middle of the one before. Output: see <see cref="EmbedSpectrogram"/>.
    /// </summary>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.LoadAudio("Waveform", "Path")
    ///     .Append(mlContext.Transforms.MelSpectrogram("Mel", "Waveform"))
    ///     .Append(mlContext.Transforms.PowerToDecibels("Decibels", "Mel"))
    ///     .Append(mlContext.Transforms.MusicEmbedding("Embedding", "Decibels"));
    /// </code></example>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="pooling">What becomes of the patches of a song. Default: their mean.</param>
    /// <exception cref="InvalidOperationException">This build of SongMood carries no network.</exception>
    public static EmbedSpectrogramEstimator MusicEmbedding(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, PatchPooling pooling = PatchPooling.Mean) =>
        catalog.EmbedSpectrogram(outputColumnName, inputColumnName, MusicEmbeddingNetwork.Options with { Pooling = pooling });
}
