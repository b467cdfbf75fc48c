using Microsoft.ML;
using SongMood.Learning;

namespace SongMood.Reproduction;

/// <summary>Songs with everything that the networks learn from, in memory, from which each split takes its rows.</summary>
internal class SongSet(string name, LabelledSongs songs, FeatureTable table)
{
    public const string Label = FeatureTable.LabelColumn;

    /// <summary>The numbers of a label file.</summary>
    public const string Numbers = LearningRecipe.FeatureColumn;

    private static readonly string[] WebColumns =
    [
        "length", "danceability", "acousticness", "energy", "instrumentalness", "liveness", "valence", "loudness", "speechiness",
        "tempo", "popularity",
    ];

    public string Name => name;

    public LabelledSongs Songs => songs;

    public string?[] Artists { get; } = [.. songs.Songs.Select(song => song.Group)];

    /// <summary>
    /// The eleven features of a web API, as in the paper's tabular half. A song that the file has twice counts once.
    /// </summary>
    public static SongSet ReadNumbers(string csv)
    {
        var songs = LabelledSongs.Read(csv, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = WebColumns })
            .WithoutRepeats().Songs;
        return new SongSet("web-API features", songs, FeatureTable.OfNumbers(songs));
    }

    public virtual IDataView View(MLContext context, IReadOnlyList<int> rows) => table.View(context, rows);
}
