using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;

namespace SongMood.Cli.Learning;

/// <summary>The features of all songs in memory, computed once, from which each fold takes its rows.</summary>
internal sealed class FeatureTable
{
    public const string LabelColumn = "Label";

    private readonly LabelledSongs _songs;
    private readonly float[][] _features;
    private readonly SchemaDefinition _schema;

    /// <param name="songs">The labels.</param>
    /// <param name="featureColumn">The name that the features have in the views.</param>
    /// <param name="type">The features' type, with its dimensions.</param>
    /// <param name="slotNames">The features' names; none for a spectrogram.</param>
    /// <param name="features">Of each song, its features.</param>
    public FeatureTable(LabelledSongs songs, string featureColumn, VectorDataViewType type, IReadOnlyList<string> slotNames, float[][] features)
    {
        _songs = songs;
        _features = features;
        _schema = SchemaDefinition.Create(typeof(Row));
        _schema[nameof(Row.Features)].ColumnName = featureColumn;
        _schema[nameof(Row.Features)].ColumnType = type;
        _schema[nameof(Row.Label)].ColumnName = LabelColumn;
        _schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), songs.Moods.Count);
        _schema[nameof(Row.Label)].AddAnnotation("KeyValues", Text(songs.Moods), new VectorDataViewType(TextDataViewType.Instance, songs.Moods.Count));
        if (slotNames.Count > 0)
            _schema[nameof(Row.Features)].AddAnnotation("SlotNames", Text(slotNames), new VectorDataViewType(TextDataViewType.Instance, slotNames.Count));
    }

    /// <summary>The numeric columns of a label file.</summary>
    public static FeatureTable OfNumbers(LabelledSongs songs) => new(songs, Recipe.FeatureColumn,
        new VectorDataViewType(NumberDataViewType.Single, songs.FeatureColumns.Count), songs.FeatureColumns, [.. songs.Songs.Select(song => song.Features)]);

    /// <summary>What the front end computed of each song.</summary>
    public static FeatureTable OfSongs(LabelledSongs songs, FrontEnd frontEnd, float[][] features) =>
        new(songs, Recipe.FeatureColumn, frontEnd.FeatureType, frontEnd.SlotNames, features);

    public IReadOnlyList<float[]> Features => _features;

    public IDataView View(MLContext context, IReadOnlyList<int> songs) =>
        context.Data.LoadFromEnumerable(songs.Select(song => new Row { Features = _features[song], Label = (uint)_songs.MoodIndices[song] }).ToArray(), _schema);

    private static VBuffer<ReadOnlyMemory<char>> Text(IReadOnlyList<string> values) => new(values.Count, values.Select(value => value.AsMemory()).ToArray());

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        /// <summary>Counted from 0: ML.NET adds the 1 that sets a key apart from a missing one.</summary>
        public uint Label { get; set; }
    }
}
