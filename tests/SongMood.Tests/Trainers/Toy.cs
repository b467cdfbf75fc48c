using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Tests.Trainers;

/// <summary>Small made-up data that a working network learns in seconds.</summary>
internal static class Toy
{
    public const int FeatureCount = 8;
    public const int BandCount = 6;
    public static readonly string[] Moods = ["happy", "sad", "energetic", "calm"];

    public sealed class Song
    {
        public string Mood { get; set; } = "";

        public string Artist { get; set; } = "";

        public float Weight { get; set; } = 1;

        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];
    }

    public sealed class Clip
    {
        public string Mood { get; set; } = "";

        public float[] Features { get; set; } = [];
    }

    public sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    public sealed class Prediction
    {
        public string Mood { get; set; } = "";

        public float[] Score { get; set; } = [];
    }

    /// <summary>A cloud of points a mood, six artists a mood; the last feature says nothing and is large.</summary>
    public static Song[] Songs(int count = 120, int seed = 1, double noise = 0.3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Song
        {
            Mood = Moods[i % 4],
            Artist = $"artist {i % 24}",
            Features = [.. Enumerable.Range(0, FeatureCount).Select(f =>
                f == FeatureCount - 1 ? 1000 + 100 * Normal(random) : (f == i % 4 ? 1 : 0) + (float)noise * Normal(random))],
        })];
    }

    /// <summary>Songs with their moods as keys, of the same numbers whatever songs they are.</summary>
    public static IDataView Keyed(MLContext ml, IEnumerable<Song> songs) =>
        ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(View(ml, Songs())).Transform(View(ml, songs));

    /// <summary>Clips of the given lengths (in turn), in which one band of six is loud.</summary>
    public static Clip[] Clips(int count = 48, int seed = 1, params int[] frames)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Clip
        {
            Mood = Moods[i % 4],
            Features = Spectrogram(random, i % 4, frames.Length == 0 ? 24 : frames[i % frames.Length]),
        })];
    }

    public static float[] Spectrogram(Random random, int loudBand, int frames)
    {
        var values = new float[BandCount * frames];
        for (var i = 0; i < values.Length; i++)
            values[i] = (i / frames == loudBand ? 2 : 0) + Normal(random);
        return values;
    }

    public static IDataView View(MLContext ml, IEnumerable<Song> songs) => ml.Data.LoadFromEnumerable(songs);

    /// <summary>The clips with the dimensions that MelSpectrogram writes: known bands, frames that differ from row to row.</summary>
    public static IDataView View(MLContext ml, IEnumerable<Clip> clips, int frames = 0)
    {
        var schema = SchemaDefinition.Create(typeof(Clip));
        schema[nameof(Clip.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, BandCount, frames);
        return ml.Data.LoadFromEnumerable(clips, schema);
    }

    public static IEstimator<ITransformer> Pipeline(MLContext ml, IEstimator<ITransformer> trainer) =>
        ml.Transforms.Conversion.MapValueToKey("Label", nameof(Song.Mood)).Append(trainer);

    public static float[][] Scores(IDataView scored) => [.. scored.GetColumn<float[]>("Score")];

    public static float Normal(Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
