using Microsoft.ML;
using SongMood.Evaluation;

namespace SongMood.Cli.Learning;

/// <summary>Runs a front end (from a path to a column of features) over many songs on all cores.</summary>
internal static class FeatureExtraction
{
    /// <summary>An engine has buffers of its own, so it takes more than one song; few enough that the bar moves and the cores end together.</summary>
    private const int ChunkSize = 8;

    /// <exception cref="LabelledDataException">A song cannot be read; the error names its line.</exception>
    public static async Task<float[][]> RunAsync(
        MLContext context, ITransformer frontEnd, LabelledSongs songs, Action<string?> step, CancellationToken cancellation)
    {
        var features = new List<float[]>(songs.Songs.Count);
        var chunks = songs.Songs.Chunk(ChunkSize);
        await foreach (var chunk in OrderedParallel.SelectAsync(chunks, chunk => Compute(context, frontEnd, songs.File, chunk, cancellation), cancellation))
        {
            features.AddRange(chunk);
            foreach (var _ in chunk)
                step(null);
        }
        return [.. features];
    }

    private static List<float[]> Compute(MLContext context, ITransformer frontEnd, string file, LabelledSong[] chunk, CancellationToken cancellation)
    {
        using var engine = context.Model.CreatePredictionEngine<SongPath, SongFeatures>(frontEnd);
        var computed = new List<float[]>(chunk.Length);
        foreach (var song in chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                computed.Add(engine.Predict(new SongPath { Path = song.AudioPath! }).Features);
            }
            catch (Exception error) when (error is not OperationCanceledException and not OutOfMemoryException)
            {
                throw new LabelledDataException(file, song.Line, "path",
                    $"{SongMoodTool.Describe(error.GetBaseException())} Mend the file or remove the row.", error);
            }
        }
        return computed;
    }

    /// <summary>What the front end writes.</summary>
    private sealed class SongFeatures
    {
        public float[] Features { get; set; } = [];
    }
}

/// <summary>The input row of a model that listens.</summary>
internal sealed class SongPath
{
    public string Path { get; set; } = "";
}
