using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>Three columns that say the same of a song, each with noise of its own.</summary>
internal static class Witnesses
{
    public static readonly string[] Columns = ["First", "Second", "Third"];

    public sealed class Song
    {
        [KeyType(4)]
        public uint Label { get; set; }

        [VectorType(4)]
        public float[] First { get; set; } = [];

        [VectorType(4)]
        public float[] Second { get; set; } = [];

        [VectorType(4)]
        public float[] Third { get; set; } = [];
    }

    public static IDataView View(MLContext ml, int seed, int count = 400, double noise = 0.75)
    {
        var random = new Random(seed);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Song
        {
            Label = (uint)(i % 4),
            First = Hear(i % 4),
            Second = Hear(i % 4),
            Third = Hear(i % 4),
        }).ToArray());

        float[] Hear(int mood) => [.. Enumerable.Range(0, 4).Select(f => (f == mood ? 1 : 0) + (float)noise * Toy.Normal(random))];
    }
}
