using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>Songs of which two networks see different things: one tells happy from sad, the other energetic from calm.</summary>
internal static class TwoViews
{
    public sealed class Song
    {
        public string Mood { get; set; } = "";

        public string Artist { get; set; } = "";

        /// <summary>The first says happy or sad, the second only whether it is one of those.</summary>
        [VectorType(3)]
        public float[] Valence { get; set; } = [];

        /// <summary>The first says energetic or calm, the second only whether it is one of those.</summary>
        [VectorType(3)]
        public float[] Arousal { get; set; } = [];

        /// <summary>Says nothing.</summary>
        [VectorType(32)]
        public float[] Noise { get; set; } = [];
    }

    public static Song[] Songs(int count = 240, int seed = 1, double noise = 0.35)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Song
        {
            Mood = Toy.Moods[i % 4],
            Artist = $"artist {i % 60}",
            Valence = Noisy(i % 4 == 0 ? 1 : i % 4 == 1 ? -1 : 0, i % 4 < 2 ? 1 : -1),
            Arousal = Noisy(i % 4 == 2 ? 1 : i % 4 == 3 ? -1 : 0, i % 4 < 2 ? -1 : 1),
            Noise = [.. Enumerable.Range(0, 32).Select(_ => Toy.Normal(random))],
        })];

        float[] Noisy(params float[] says) => [.. says.Append(0).Select(value => value + (float)(noise * Toy.Normal(random)))];
    }

    /// <summary>The songs with their mood as a key.</summary>
    public static IDataView View(MLContext ml, IEnumerable<Song> songs)
    {
        // All keys have one order of moods, whatever the songs'.
        var keys =
            ml.Data.LoadFromEnumerable(
            Toy.Moods.Select(mood => new Song { Mood = mood, Valence = new float[3], Arousal = new float[3], Noise = new float[32] }));
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Song.Mood)).Fit(keys).Transform(ml.Data.LoadFromEnumerable(songs));
    }

    public static MlpOptions Options(string column, int epochs = 30) =>
        new() { FeatureColumnName = column, HiddenSizes = [16, 8], Epochs = epochs, LearningRate = 1e-2, BatchSize = 32 };

    public static IEstimator<ITransformer> Trainer(MLContext ml, string column) =>
        ml.MulticlassClassification.Trainers.Mlp(Options(column));

    /// <summary>Two networks, fitted on songs of their own.</summary>
    public static ITransformer[] Fitted(MLContext ml)
    {
        var data = View(ml, Songs());
        return [Trainer(ml, nameof(Song.Valence)).Fit(data), Trainer(ml, nameof(Song.Arousal)).Fit(data)];
    }

    public static double Accuracy(MLContext ml, ITransformer model, IDataView data) =>
        ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy;
}
