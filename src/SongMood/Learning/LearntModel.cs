using Microsoft.ML;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>
/// A whole pipeline that <see cref="MoodLearning"/> fitted: from the path of a song, or from its numbers, to the probabilities of the
/// moods.
/// </summary>
public sealed class LearntModel : IDisposable
{
    private readonly MLContext _context;

    private readonly ModelNotes _notes;

    internal LearntModel(
        MLContext context, ITransformer transformer, DataViewSchema inputSchema, IReadOnlyList<string> moods, ModelNotes notes) =>
        (_context, Transformer, InputSchema, Moods, _notes) = (context, transformer, inputSchema, moods, notes);

    /// <summary>The fitted pipeline, for ML.NET.</summary>
    public ITransformer Transformer { get; }

    /// <summary>The columns that it takes.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>The moods that it tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>
    /// Below which score the model is unsure, and what that is worth on songs that were held out; null where it was not measured
    /// (<see cref="MoodLearningOptions.ConfidenceFolds"/>).
    /// </summary>
    public PredictionConfidence? Confidence => _notes.Confidence;

    /// <summary>
    /// Whether it was cancelled before all was done, and this is what there was by then
    /// (<see cref="MoodLearningOptions.KeepBestWhenCancelled"/>).
    /// </summary>
    public bool WasCancelled { get; internal init; }

    /// <summary>
    /// The epoch that training ended with, from 1; where there are several networks, that of the last one. Lower than
    /// <see cref="EpochCount"/> where it stopped early (<see cref="MoodLearningOptions.EarlyStoppingPatience"/>) or was cancelled.
    /// </summary>
    public int LastEpoch { get; internal init; }

    /// <summary>How many epochs a network was to train for.</summary>
    public int EpochCount { get; internal init; }

    /// <summary>Such as "tells apart calm, energetic, happy, sad; unsure below 0.52: ...".</summary>
    public override string ToString() =>
        $"tells apart {string.Join(", ", Moods)}{(Confidence is { } confidence ? $"; {confidence}" : "")}";

    /// <summary>
    /// Writes a model zip, which <see cref="MoodPredictor.Load(string, Prediction.MoodPredictorOptions?)"/> takes where it was learnt from
    /// audio, and <c>mlContext.Model.Load</c> in any case.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => ModelFile.Save(_context, Transformer, InputSchema, stream, _notes.ToEntry()));
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose() => (Transformer as IDisposable)?.Dispose();
}
