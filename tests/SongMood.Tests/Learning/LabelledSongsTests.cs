using SongMood.Learning;
using SongMood.TestSupport;

namespace SongMood.Tests.Learning;

public sealed class LabelledSongsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_defaults_are_these()
    {
        var options = new LabelledSongsOptions();
        Assert.True(options.RequireAudio);
        Assert.Empty(options.FeatureColumns);
        Assert.Equal("artist", options.GroupColumn);
        Assert.Equal("id", options.IdColumn);
        Assert.Equal(2, options.MinimumMoods);
    }

    [Fact]
    public void Reads_quoted_cells_with_commas_quotes_and_line_breaks_and_resolves_paths_against_the_file()
    {
        Audio("sub/a.mp3", "b, c.mp3");
        var csv = _folder.Write("labels.csv", "\uFEFFPath, Mood ,title,Artist\r\n"
            + "sub/a.mp3,happy,\"one\r\n\"\"two\"\"\",\"Simon, Garfunkel\"\r\n"
            + "\r\n"
            + "\"b, c.mp3\", sad ,x,\r\n");
        var songs = LabelledSongs.Read(csv);
        Assert.Equal(["happy", "sad"], songs.Moods);
        Assert.Equal([0, 1], songs.MoodIndices);
        Assert.Equal((_folder.File("sub/a.mp3"), "happy", "Simon, Garfunkel", 2),
            (songs.Songs[0].AudioPath, songs.Songs[0].Mood, songs.Songs[0].Group, songs.Songs[0].Line));
        Assert.Equal((_folder.File("b, c.mp3"), "sad", null, 5),
            (songs.Songs[1].AudioPath, songs.Songs[1].Mood, songs.Songs[1].Group, songs.Songs[1].Line));
    }

    [Fact]
    public void Numeric_columns_come_in_the_order_asked_for()
    {
        var csv = _folder.Write("t.csv", "tempo,mood,energy\n120.5,a,1e-3\n-7,b,2\n");
        var songs = LabelledSongs.Read(csv, new() { RequireAudio = false, FeatureColumns = ["energy", "TEMPO"] });
        Assert.Equal([0.001f, 120.5f], songs.Songs[0].Features);
        Assert.Equal([2f, -7f], songs.Songs[1].Features);
        Assert.Null(songs.Songs[0].AudioPath);
    }

    [Fact]
    public void A_song_is_its_id_or_else_its_group_and_numbers()
    {
        var csv =
            _folder.Write("t.csv", "mood,artist,ID,tempo\na,x,1,100\nb,y,2,100\na,x,1,101\na,x,,100\nb,x,,100\nb,x,,99\na,,,7\nb,,,7\n");
        var songs = LabelledSongs.Read(csv, new() { RequireAudio = false, FeatureColumns = ["tempo"] });
        Assert.Equal(["1", "2", "1", null, null, null, null, null], songs.Songs.Select(song => song.Id));
        var (once, repeats) = songs.WithoutRepeats();
        Assert.Equal([(4, 2), (6, 5)], repeats.Select(pair => (pair.Repeat.Line, pair.First.Line)));
        Assert.Equal([2, 3, 5, 7, 8, 9], once.Songs.Select(song => song.Line));
        Assert.Equal([0, 1, 0, 1, 0, 1], once.MoodIndices);
        var byId = LabelledSongs.Read(csv, new() { RequireAudio = false }).WithoutRepeats().Repeats;
        Assert.Equal(4, Assert.Single(byId).Repeat.Line); // without numbers, nothing says that songs of one artist are one song
    }

    [Fact]
    public void An_id_column_that_was_named_must_be_there()
    {
        var csv = _folder.Write("t.csv", "mood,track\na,1\nb,1\n");
        Assert.Single(LabelledSongs.Read(csv, new() { RequireAudio = false, IdColumn = "track" }).WithoutRepeats().Songs.Songs);
        Assert.Contains("Columns found: mood, track",
            Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv, new() { RequireAudio = false, IdColumn = "isrc" })).Message);
    }

    [Theory]
    [InlineData("", null, null, "empty")]
    [InlineData("path,mood\n", null, null, "no row below it")]
    [InlineData("path,tag\na.mp3,happy\n", null, "mood", "Columns found: path, tag")]
    [InlineData("path|mood\na.mp3|happy\n", null, "mood", "separated by commas, semicolons or tabs")]
    [InlineData("mood\nhappy\n", null, "path", "Columns found: mood")]
    [InlineData("path,mood,mood\na.mp3,happy,sad\n", 1, "mood", "2 columns have this name")]
    [InlineData("path,mood\na.mp3,happy\na.mp3,happy,sad\n", 3, null, "3 cells, the header 2")]
    [InlineData("path,mood\na.mp3,happy\na.mp3\n", 3, null, "1 cell, the header 2")]
    [InlineData("path,mood\na.mp3,happy\na.mp3,\n", 3, "mood", "empty")]
    [InlineData("path,mood\na.mp3,happy\n,sad\n", 3, "path", "empty")]
    [InlineData("path,mood\na.mp3,happy\nnone.mp3,sad\n", 3, "path", "there is no file")]
    [InlineData("path,mood\na.mp3,happy\nb.mp3,happy\n", null, "mood", "all 2 songs have the mood 'happy'")]
    [InlineData("path,mood\na.mp3,happy\n\"a.mp3,sad\n", 3, null, "quoting is broken")]
    public void A_file_that_cannot_be_used_is_refused_with_the_place(string text, int? line, string? column, string says)
    {
        Audio("a.mp3", "b.mp3");
        var csv = _folder.Write("labels.csv", text);
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv));
        Assert.Equal((csv, line, column), (error.File, error.Line, error.Column));
        Assert.Contains(says, error.Message);
        Assert.StartsWith(csv, error.Message);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("NaN")]
    [InlineData("1e99")]
    [InlineData("\"1,5\"")]
    public void A_cell_that_is_no_number_is_named(string cell)
    {
        var csv = _folder.Write("t.csv", $"mood,tempo\na,1\nb,{cell}\n");
        var error =
            Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv, new() { RequireAudio = false, FeatureColumns = ["tempo"] }));
        Assert.Equal((3, "tempo"), (error.Line, error.Column));
        Assert.Contains(cell.Trim('"'), error.Message);
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_missing_group_column_are_refused()
    {
        Assert.Contains("none.csv", Assert.Throws<FileNotFoundException>(() => LabelledSongs.Read(_folder.File("none.csv"))).Message);
        Assert.Contains("folder", Assert.Throws<FileNotFoundException>(() => LabelledSongs.Read(_folder.Path)).Message);
        var csv = _folder.Write("t.csv", "mood\na\nb\n");
        var error =
            Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(csv, new() { RequireAudio = false, GroupColumn = "album" }));
        Assert.Equal("album", error.Column);
    }

    private void Audio(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, "only its being there counts");
    }

    [Fact]
    public void The_tabular_set_has_one_song_twice()
    {
        var songs = LabelledSongs.Read(
            Path.Combine(TestData.Require("tabular"), "spotify_moods.csv"), new()
            {
                RequireAudio = false,
                FeatureColumns = ["popularity"],
            });
        var (once, repeats) = songs.WithoutRepeats();
        Assert.Equal(1042, once.Songs.Count);
        Assert.Equal("1ZMiCix7XSAbfAJlEZWMCp", Assert.Single(repeats).Repeat.Id);
    }
}
