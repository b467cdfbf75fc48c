using BringYourEmbedding.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Descriptors;

/// <summary>
/// What embeddings of public networks are worth, alone and beside our descriptors, with a plain linear head: the table of
/// docs/embeddings.md.
/// </summary>
internal static class EmbeddingComparison
{
    private const int FoldCount = 5;
    private const string AllDescriptors = "descriptors";

    // scikit-learn's C: it weighs the losses, added up, against half of the squared weights. ML.NET's L2Regularization weighs the squares.
    private const float C = 3;

    private static readonly string[][] Rows =
    [
        [AllDescriptors], ["musicnn"], ["yamnet"], ["compact"], [AllDescriptors, "musicnn"], ["compact", "yamnet"],
        [AllDescriptors, "musicnn", "yamnet"],
    ];

    /// <summary>Prints a row for each set of blocks: macro F1, mean and extremes over the seeds of the folds.</summary>
    /// <param name="data">The data folder, with <c>4q</c> and <c>teachers</c>.</param>
    /// <param name="seedCount">Seeds, from 1.</param>
    /// <param name="featureFile">Where the descriptors are kept; null to compute them anew.</param>
    public static async Task PrintAsync(string data, int seedCount, string? featureFile)
    {
        var songs = LabelledSongs.Read(Path.Combine(data, "4q", "labels.csv"));
        var blocks = ReadEmbeddings(Path.Combine(data, "teachers", "embeddings-4q.npz"), songs);
        blocks.Add(AllDescriptors, (await Extraction.RunAsync(songs, featureFile)).Features);

        Console.WriteLine($"{songs.Songs.Count} songs, {FoldCount} folds x {seedCount} seeds, no artist on both sides; L2 {1 / C:F3}");
        Console.WriteLine("| blocks | values | macro F1 | seeds |");
        Console.WriteLine("|---|---:|---:|---|");
        foreach (var row in Rows)
        {
            var f1 = Enumerable.Range(1, seedCount)
                .Select(seed => 100 * MoodMetrics.Compute(CrossValidate(songs, blocks, row, seed)).MacroF1).ToArray();
            Console.WriteLine($"| {string.Join(" + ", row)} | {row.Sum(name => blocks[name][0].Length)} | {f1.Average():F1} | "
                + $"{string.Join(", ", f1.Select(value => $"{value:F1}"))} |");
        }
    }

    private static Predictions CrossValidate(
        LabelledSongs songs, Dictionary<string, IReadOnlyList<float[]>> blocks, string[] names, int seed)
    {
        var ml = new MLContext(seed);
        return HeldOut.CrossValidate(ml, View(ml, songs, [.. names.Select(name => blocks[name])]),
            ml.Transforms.ConcatenateBlocks("Features", [.. Columns[..names.Length]])
                .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
                {
                    L1Regularization = 0,
                    L2Regularization = 1 / C,
                    NumberOfThreads = 1, // the same figures on every machine
                })), FoldCount, new HeldOutOptions { GroupColumnName = nameof(Row.Group), Seed = seed });
    }

    /// <summary>The arrays of the file by the songs: its rows are those of its paths.</summary>
    private static Dictionary<string, IReadOnlyList<float[]>> ReadEmbeddings(string path, LabelledSongs songs)
    {
        using var file = new NumpyArchive(path);
        var rows = file.Texts("path").Index().ToDictionary(row => row.Item, row => row.Index);
        int[] order = [.. songs.Songs.Select(song =>
            rows[Path.GetRelativePath(songs.Folder, song.AudioPath!).Replace(Path.DirectorySeparatorChar, '/')])];
        return new[] { "musicnn", "yamnet", "compact" }.ToDictionary(name => name, name =>
        {
            var (values, shape) = file.Array(name);
            return (IReadOnlyList<float[]>)[.. order.Select(row => values[(row * shape[1])..((row + 1) * shape[1])])];
        });
    }

    private static readonly string[] Columns = [nameof(Row.First), nameof(Row.Second), nameof(Row.Third)];

    private static IDataView View(MLContext ml, LabelledSongs songs, IReadOnlyList<float[]>[] blocks)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        for (var block = 0; block < Columns.Length; block++)
            schema[Columns[block]].ColumnType =
                new VectorDataViewType(NumberDataViewType.Single, block < blocks.Length ? blocks[block][0].Length : 0);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), songs.Moods.Count);
        ColumnNames.Annotate(schema[nameof(Row.Label)], "KeyValues", songs.Moods);
        return ml.Data.LoadFromEnumerable(songs.Songs.Select((song, i) => new Row
        {
            Label = (uint)songs.MoodIndices[i],
            Group = song.Group ?? "",
            First = blocks[0][i],
            Second = blocks.Length > 1 ? blocks[1][i] : [],
            Third = blocks.Length > 2 ? blocks[2][i] : [],
        }).ToArray(), schema);
    }

    private sealed class Row
    {
        /// <summary>Counted from 0: ML.NET adds the 1 that sets a key apart from a missing one.</summary>
        public uint Label { get; set; }

        public string Group { get; set; } = "";

        public float[] First { get; set; } = [];

        public float[] Second { get; set; } = [];

        public float[] Third { get; set; } = [];
    }
}
