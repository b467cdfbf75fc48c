using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;

namespace SongMood.Learning;

/// <summary>The features of all songs in memory, computed once, from which each fold takes its rows.</summary>
internal sealed class FeatureTable
{
    public const string LabelColumn = "Label";

    private readonly LabelledSongs _songs;
    private readonly SongFeatures[] _features;
    private readonly SchemaDefinition _schema;

    private FeatureTable(LabelledSongs songs, VectorDataViewType type, VectorDataViewType? melType, IReadOnlyList<string> slotNames,
        SongFeatures[] features)
    {
        _songs = songs;
        _features = features;
        _schema = SchemaDefinition.Create(typeof(Row));
        _schema[nameof(Row.Features)].ColumnName = LearningRecipe.FeatureColumn;
        _schema[nameof(Row.Features)].ColumnType = type;
        _schema[nameof(Row.Label)].ColumnName = LabelColumn;
        _schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), songs.Moods.Count);
        _schema[nameof(Row.Label)]
            .AddAnnotation("KeyValues", Text(songs.Moods), new VectorDataViewType(TextDataViewType.Instance, songs.Moods.Count));
        if (slotNames.Count > 0)
            _schema[nameof(Row.Features)]
                .AddAnnotation("SlotNames", Text(slotNames), new VectorDataViewType(TextDataViewType.Instance, slotNames.Count));
        if (melType is null)
            _schema.Remove(_schema[nameof(Row.Mel)]);
        else
            (_schema[nameof(Row.Mel)].ColumnName, _schema[nameof(Row.Mel)].ColumnType) = (LearningRecipe.MelColumn, melType);
    }

    /// <summary>The numeric columns of a label file.</summary>
    public static FeatureTable OfNumbers(LabelledSongs songs) =>
        new(songs, new VectorDataViewType(NumberDataViewType.Single, songs.FeatureColumns.Count),
        null, songs.FeatureColumns, [.. songs.Songs.Select(song => new SongFeatures { Features = song.Features })]);

    /// <summary>What a pipeline computed of the songs.</summary>
    public static FeatureTable OfSongs(LabelledSongs songs, FeaturePipeline pipeline, SongFeatures[] features) =>
        new(songs, pipeline.FeatureType, pipeline.MelType, pipeline.SlotNames, features);

    /// <summary>The features of the songs, which tell whether one is the same as another.</summary>
    public IReadOnlyList<float[]> Features => [.. _features.Select(song => song.Features)];

    public IDataView View(MLContext context, IReadOnlyList<int> songs) =>
        context.Data.LoadFromEnumerable(songs.Select(song => new Row
        {
            Features = _features[song].Features,
            Mel = _features[song].Mel ?? [],
            Label = (uint)_songs.MoodIndices[song],
        }).ToArray(), _schema);

    private static VBuffer<ReadOnlyMemory<char>> Text(IReadOnlyList<string> values) =>
        new(values.Count, values.Select(value => value.AsMemory()).ToArray());

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float[] Mel { get; set; } = [];

        /// <summary>Counted from 0: ML.NET adds the 1 that sets a key apart from a missing one.</summary>
        public uint Label { get; set; }
    }
}
