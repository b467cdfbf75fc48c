using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

public sealed class FeatureTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_come_as_asked_with_all_moods_as_keys_and_their_groups()
    {
        var songs = NumberSongs.Read(_folder, count: 12);
        var view = FeatureTable.OfNumbers(songs).View(_ml, [7, 1]);
        Assert.Equal(["mood 1", "mood 1"], new[] { 7, 1 }.Select(song => songs.Songs[song].Mood)); // not all moods are among the rows
        VBuffer<ReadOnlyMemory<char>> moods = default;
        view.Schema[FeatureTable.LabelColumn].GetKeyValues(ref moods);
        Assert.Equal(["mood 0", "mood 1", "mood 2"], moods.DenseValues().Select(mood => mood.ToString()));
        Assert.Equal([2u, 2u], view.GetColumn<uint>(FeatureTable.LabelColumn)); // a key counts from 1
        Assert.Equal(["artist 7", "artist 1"], view.GetColumn<string>(FeatureTable.GroupColumn));
        Assert.Equal([songs.Songs[7].Features, songs.Songs[1].Features], view.GetColumn<float[]>(LearningRecipe.FeatureColumn));
    }

    [Fact]
    public void Some_features_are_chosen_by_name_in_their_order()
    {
        var songs = NumberSongs.Read(_folder, count: 6);
        var chosen = FeatureTable.OfNumbers(songs).Choose(["c", "a"]);
        Assert.Equal(["c", "a"], chosen.SlotNames);
        Assert.Equal(songs.Songs.Select(song => new[] { song.Features[2], song.Features[0] }),
            chosen.View(_ml).GetColumn<float[]>(LearningRecipe.FeatureColumn));
    }
}
