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
/// What embeddings of public networks are worth, and our own, alone and beside our descriptors, with a plain linear head: the tables of
/// docs/embeddings.md.
/// </summary>
internal static class EmbeddingComparison
{
    private const int FoldCount = 5;
    private const string AllDescriptors = "descriptors", Own = "MusicEmbedding";

    private static readonly Head[] Heads =
    [
        new(AllDescriptors), new("musicnn"), new("yamnet"), new("compact"), new(AllDescriptors, "musicnn"), new("compact", "yamnet"),
        new(AllDescriptors, "musicnn", "yamnet"),
        new(Own), new(Own) { ShareDeviation = true }, new(Own) { ShareDeviation = true, C = 1 },
        new(Own) { ShareDeviation = true, C = 7 },
        new(AllDescriptors, Own), new("musicnn", Own), new("compact", "yamnet", Own),
    ];

    /// <summary>Prints a row for each head: macro F1, mean and each of the seeds of the folds.</summary>
    /// <param name="data">The data folder, with <c>4q</c> and <c>teachers</c>.</param>
    /// <param name="seedCount">Seeds, from 1.</param>
    /// <param name="featureFolder">Where our descriptors and embedding are kept; null to compute them anew.</param>
    public static async Task PrintAsync(string data, int seedCount, string? featureFolder)
    {
        var songs = LabelledSongs.Read(Path.Combine(data, "4q", "labels.csv"));
        var blocks = ReadEmbeddings(Path.Combine(data, "teachers", "embeddings-4q.npz"), songs);
        blocks.Add(AllDescriptors, (await Extraction.InFolderAsync(songs, featureFolder, SongInput.Descriptors)).Features);
        blocks.Add(Own, (await Extraction.InFolderAsync(songs, featureFolder, SongInput.Embedding)).Features);

        Console.WriteLine($"{songs.Songs.Count} songs, {FoldCount} folds x {seedCount} seeds, no artist on both sides");
        Console.WriteLine("| blocks | values | deviations | C | macro F1 | seeds |");
        Console.WriteLine("|---|---:|---|---:|---:|---|");
        foreach (var head in Heads)
        {
            var f1 = Enumerable.Range(1, seedCount)
                .Select(seed => 100 * MoodMetrics.Compute(CrossValidate(songs, blocks, head, seed)).MacroF1).ToArray();
            Console.WriteLine($"| {string.Join(" + ", head.Blocks)} | {head.Blocks.Sum(name => blocks[name][0].Length)} | "
                + $"{(head.ShareDeviation ? "one for all" : "of each")} | {head.C} | {f1.Average():F1} | "
                + $"{string.Join(", ", f1.Select(value => $"{value:F1}"))} |");
        }
    }

    private static Predictions CrossValidate(
        LabelledSongs songs, Dictionary<string, IReadOnlyList<float[]>> blocks, Head head, int seed)
    {
        var ml = new MLContext(seed);
        return HeldOut.CrossValidate(ml, View(ml, songs, [.. head.Blocks.Select(name => blocks[name])]),
            ml.Transforms.ConcatenateBlocks("Features", new ConcatenateBlocksOptions { ShareDeviation = head.ShareDeviation },
                    [.. Columns[..head.Blocks.Length]])
                .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
                {
                    L1Regularization = 0,
                    L2Regularization = 1 / head.C,
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

    /// <summary>A linear model over some blocks.</summary>
    private sealed record Head(params string[] Blocks)
    {
        public bool ShareDeviation { get; init; }

        /// <summary>
        /// scikit-learn's: it weighs the losses, added up, against half of the squared weights. ML.NET's L2Regularization weighs the
        /// squares.
        /// </summary>
        public float C { get; init; } = 3;
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
