using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Cli.Learning;
using SongMood.Evaluation;
using SongMood.Prediction;

namespace SongMood.Cli.Evaluate;

/// <summary>Measures a finished model on labelled songs.</summary>
internal static class ModelEvaluation
{
    public static async Task<MetricsReport> RunAsync(string modelPath, string data, string? features, ToolConsole console, CancellationToken cancellation)
    {
        var moods = ModelDescription.Read(modelPath).Moods; // and says so if the file is no model
        var metrics = NumericColumns(modelPath) is { } columns
            ? features is null ? MeasureOnNumbers(modelPath, data, columns, moods)
                : throw new ArgumentException($"{modelPath} was trained on columns of a label file, so it cannot take --features. Leave --features out.")
            : features is not null ? MeasureOnFeatures(modelPath, data, features, moods)
            : await MeasureOnAudioAsync(modelPath, data, console, cancellation);
        return new MetricsReport($"{modelPath} on {metrics.SongCount} songs of {data}", metrics, [],
            new Dictionary<string, string> { ["model"] = modelPath, ["data"] = data });
    }

    private static async Task<MoodMetrics> MeasureOnAudioAsync(string modelPath, string data, ToolConsole console, CancellationToken cancellation)
    {
        using var predictor = MoodPredictor.Load(modelPath);
        var songs = LabelledSongs.Read(data, new LabelledSongsOptions { MinimumMoods = 1 });
        var actual = MoodIndices(songs, predictor.Moods, modelPath);
        var probabilities = await console.WithProgressAsync("Listening", songs.Songs.Count, async step =>
        {
            var all = new List<float[]>();
            await foreach (var scores in OrderedParallel.SelectAsync(songs.Songs, song => Score(predictor, songs, song), cancellation))
            {
                all.Add(scores);
                step(null);
            }
            return all;
        });
        return MoodMetrics.Compute(predictor.Moods, actual, probabilities);
    }

    private static MoodMetrics MeasureOnNumbers(string modelPath, string data, string[] columns, IReadOnlyList<string> moods)
    {
        var context = new MLContext();
        var model = context.Model.Load(modelPath, out _);
        var songs = LabelledSongs.Read(data, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = columns, MinimumMoods = 1 });
        var scored = model.Transform(FeatureTable.OfNumbers(songs).View(context, [.. Enumerable.Range(0, songs.Songs.Count)]));
        return MoodMetrics.Compute(moods, MoodIndices(songs, moods, modelPath), [.. scored.GetColumn<float[]>("Score")]);
    }

    private static MoodMetrics MeasureOnFeatures(string modelPath, string data, string features, IReadOnlyList<string> moods)
    {
        var context = new MLContext();
        var model = context.Model.Load(modelPath, out var schema);
        using (model as IDisposable)
        {
            if (FrontEnd.Split(context, model, schema, modelPath) is not var (frontEnd, rest))
                throw new InvalidDataException($"{modelPath} was not made by 'songmood train' to listen to songs, so it cannot take --features. Leave --features out.");
            var songs = LabelledSongs.Read(data, new LabelledSongsOptions { RequireAudio = false, MinimumMoods = 1 });
            using var file = FeatureFile.Open(context, features);
            var table = FeatureTable.OfSongs(songs, frontEnd, file.FeaturesOf(songs, frontEnd));
            var scored = rest.Transform(table.View(context, [.. Enumerable.Range(0, songs.Songs.Count)]));
            return MoodMetrics.Compute(moods, MoodIndices(songs, moods, modelPath), [.. scored.GetColumn<float[]>("Score")]);
        }
    }

    /// <summary>The columns that a model trained with --columns was trained on, or null: another model.</summary>
    private static string[]? NumericColumns(string modelPath)
    {
        new MLContext().Model.Load(modelPath, out var schema);
        if (schema.GetColumnOrNull(Recipe.FeatureColumn) is not { } column || !column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static int[] MoodIndices(LabelledSongs songs, IReadOnlyList<string> moods, string modelPath)
    {
        var indexOf = moods.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. songs.Songs.Select(song => indexOf.TryGetValue(song.Mood, out var index) ? index
            : throw new LabelledDataException(songs.File, song.Line, "mood",
                $"'{song.Mood}' is no mood of {modelPath}, which knows {string.Join(", ", moods)}."))];
    }

    private static float[] Score(MoodPredictor predictor, LabelledSongs songs, LabelledSong song)
    {
        try
        {
            return [.. predictor.Predict(song.AudioPath!).Scores.Values];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new LabelledDataException(songs.File, song.Line, "path", $"{error.Message} Mend the file or remove the row.", error);
        }
    }
}
