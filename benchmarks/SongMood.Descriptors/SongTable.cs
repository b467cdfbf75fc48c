using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;

namespace SongMood.Descriptors;

/// <summary>Songs as rows of numbers, for ML.NET.</summary>
internal static class SongTable
{
    public const string Group = nameof(Row.Artist);

    /// <param name="context">ML.NET.</param>
    /// <param name="songs">The songs.</param>
    /// <param name="features">The numbers of each.</param>
    public static IDataView View(MLContext context, LabelledSongs songs, IReadOnlyList<float[]> features)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        var rows = context.Data.LoadFromEnumerable(
            songs.Songs.Select((song, i) => new Row { Mood = song.Mood, Artist = song.Group ?? "", Features = features[i] })
                .ToArray(), schema);
        // All moods, in the songs' order, whichever a fold has.
        var keys = context.Data.LoadFromEnumerable(songs.Moods.Select(mood => new { Mood = mood }));
        return context.Transforms.Conversion.MapValueToKey("Label", "Mood", keyData: keys).Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public string Mood { get; set; } = "";

        public string Artist { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}
