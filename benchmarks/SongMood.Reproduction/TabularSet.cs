using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;

namespace SongMood.Reproduction;

/// <summary>The songs of a web API: its eleven features, as the paper's tabular half.</summary>
internal sealed class TabularSet : SongSet
{
    public const string Features = nameof(Row.Features);

    private static readonly string[] Columns =
    [
        "length", "danceability", "acousticness", "energy", "instrumentalness", "liveness", "valence", "loudness", "speechiness",
        "tempo", "popularity",
    ];

    private readonly SchemaDefinition _schema;

    private TabularSet(LabelledSongs songs) : base("web-API features", songs)
    {
        _schema = SchemaDefinition.Create(typeof(Row));
        _schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns.Length);
        DescribeLabel(_schema, songs.Moods);
    }

    /// <summary>Reads the file. A song that is in it twice counts once.</summary>
    public static TabularSet Read(string csv) =>
        new(LabelledSongs.Read(csv, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = Columns }).WithoutRepeats().Songs);

    public override IDataView View(MLContext context, IReadOnlyList<int> rows) => context.Data.LoadFromEnumerable(
        rows.Select(row => new Row { Features = Songs.Songs[row].Features, Label = (uint)Songs.MoodIndices[row] }).ToArray(), _schema);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
