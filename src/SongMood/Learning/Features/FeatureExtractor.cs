using System.Collections.Concurrent;
using Microsoft.ML;
using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>Computes the features of songs, on any number of threads at once.</summary>
internal sealed class FeatureExtractor(MLContext context, FeaturePipeline pipeline, string labelFile) : IDisposable
{
    /// <summary>An engine has large buffers of its own and serves one thread at a time: as many as threads, used again and again.</summary>
    private readonly ConcurrentBag<PredictionEngine<SongPath, SongFeatures>> _idle = [];

    /// <exception cref="LabelledDataException">The song cannot be read; the error names its line.</exception>
    public SongFeatures Compute(LabelledSong song)
    {
        var engine = _idle.TryTake(out var idle) ? idle : context.Model.CreatePredictionEngine<SongPath, SongFeatures>(pipeline.Transformer, ignoreMissingColumns: true);
        try
        {
            var features = engine.Predict(new SongPath { Path = song.AudioPath! });
            _idle.Add(engine);
            return features;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            engine.Dispose(); // it stopped halfway through a song
            throw new LabelledDataException(labelFile, song.Line, "path",
                $"{ErrorText.Of(error is RowException row ? row.Cause : error.GetBaseException())} Mend the file or remove the row.", error);
        }
    }

    public void Dispose()
    {
        foreach (var engine in _idle)
            engine.Dispose();
    }
}

/// <summary>The input row of a model that listens.</summary>
internal sealed class SongPath
{
    public string Path { get; set; } = "";
}
