using SongMood.Audio;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

public sealed class MoodFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_defaults_are_these()
    {
        var options = new MoodFoldersOptions();
        Assert.Null(options.FileNameSuffixes);
        Assert.Equal(2, options.MinimumMoods);
        Assert.Equal([".aif", ".aifc", ".aiff", ".flac", ".mp3", ".mpga", ".oga", ".wav", ".wave"], AudioFile.FileNameSuffixes);
    }

    [Fact]
    public void All_that_is_wrong_with_options_of_reading_is_told_at_once()
    {
        Assert.Equal("MoodFoldersOptions: FileNameSuffixes is [mp3, .], expected ends of names with their point, such as .mp3; "
            + "MinimumMoods is 0, expected at least 1.",
            Assert.Throws<ArgumentException>(() => LabelledSongs.FromFolders(_folder.Path,
                new() { FileNameSuffixes = ["mp3", "."], MinimumMoods = 0 })).Message);
        Assert.Equal("LabelledSongsOptions: FeatureColumns is a list with an empty name, expected columns' names; GroupColumn is \"\", "
            + "expected a column's name; IdColumn is null, expected a column's name; MinimumMoods is 0, expected at least 1.",
            Assert.Throws<ArgumentException>(() => LabelledSongs.Read(_folder.Write("labels.csv", "path,mood\n"),
                new() { FeatureColumns = ["a", ""], GroupColumn = "", IdColumn = null!, MinimumMoods = 0 })).Message);
    }

    [Fact]
    public void A_folder_is_a_mood_and_the_folder_in_it_a_group()
    {
        Files("music/sad/z.mp3", "music/sad/The Ones/first/a.WAV", "music/sad/The Ones/b.mp3", "music/happy/c.mp3", "music/happy/cover.jpg",
            "music/happy/d.WMA", "music/happy/Two/e.wma", "music/.hidden/f.mp3", "music/sad/.g.mp3", "music/loose.mp3", "music/notes");
        var songs = LabelledSongs.FromFolders(_folder.File("music"));
        Assert.Equal(
            [
                ("happy/c.mp3", "happy", null), ("sad/The Ones/b.mp3", "sad", "The Ones"),
                ("sad/The Ones/first/a.WAV", "sad", "The Ones"), ("sad/z.mp3", "sad", null),
            ],
            songs.Songs.Select(song => (Path.GetRelativePath(songs.Folder, song.AudioPath!).Replace('\\', '/'), song.Mood, song.Group)));
        Assert.All(songs.Songs, song => Assert.Null(song.Line));
        Assert.Equal(["happy", "sad"], songs.Moods);
        Assert.Equal([0, 1, 1, 1], songs.MoodIndices);
        Assert.Equal((_folder.File("music"), _folder.File("music")), (songs.File, songs.Folder));
        Assert.Equal([("", 1), (".jpg", 1), (".wma", 2)], songs.PassedOver.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(2, songs.Remarks.Count);
        Assert.Contains("1 song that lies in no mood's folder, such as loose.mp3", songs.Remarks[0]);
        Assert.Contains("4 files that are no songs by their names (1 without a suffix, 1 .jpg, 2 .wma)", songs.Remarks[1]);
        Assert.Contains("'ffmpeg -i song.wma song.flac'", songs.Remarks[1]);
        Assert.Equal(4, songs.WithoutRepeats().Songs.Songs.Count);
    }

    [Fact]
    public void Suffixes_can_be_named()
    {
        Files("a/x.ogg", "a/x.mp3", "b/y.OGG");
        var songs = LabelledSongs.FromFolders(_folder.Path, new() { FileNameSuffixes = [".ogg"] });
        Assert.Equal(["x.ogg", "y.OGG"], songs.Songs.Select(song => Path.GetFileName(song.AudioPath)));
        Assert.Equal(1, songs.PassedOver[".mp3"]);
    }

    [Fact]
    public void Folders_that_differ_only_in_case_or_blanks_are_one_mood()
    {
        Files("happy /a.mp3", "happy /b.mp3", "sad/d.mp3", "very happy/c.mp3", "very  happy/c.mp3");
        var songs = LabelledSongs.FromFolders(_folder.Path);
        Assert.Equal(["happy", "sad", "very  happy"], songs.Moods);
        Assert.Contains("'very happy' is read as 'very  happy'", Assert.Single(songs.Remarks));
    }

    [Fact]
    public void Folders_that_cannot_be_used_are_refused()
    {
        var file = _folder.Write("root/loose.mp3", "x");
        var root = _folder.File("root");
        Assert.Contains("is a file", Assert.Throws<DirectoryNotFoundException>(() => LabelledSongs.FromFolders(file)).Message);
        var none = _folder.File("none");
        Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(() => LabelledSongs.FromFolders(none)).Message);
        Refused("no sub-folders");
        Files("root/happy/a.mp3");
        Refused("the only song has the mood 'happy'");
        Assert.Single(LabelledSongs.FromFolders(root, new() { MinimumMoods = 1 }).Songs);
        Directory.CreateDirectory(Path.Combine(root, "calm"));
        Files("root/sad/b.wma", "root/sad/c.wma");
        Refused("no songs (.aif, .aifc, .aiff, .flac, .mp3, .mpga, .oga, .wav, .wave) are in calm; sad (which has other files: 2 .wma).");

        void Refused(string says)
        {
            var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.FromFolders(root));
            Assert.Equal((root, null, null), (error.File, error.Line, error.Column));
            Assert.StartsWith(root + ": ", error.Message);
            Assert.Contains(says, error.Message);
        }
    }

    [Fact]
    public void A_link_to_a_moods_folder_is_followed_and_one_that_leads_in_a_circle_is_not()
    {
        Files("music/sad/a.mp3", "elsewhere/b.mp3");
        Directory.CreateSymbolicLink(_folder.File("music/happy"), _folder.File("elsewhere"));
        Directory.CreateSymbolicLink(_folder.File("elsewhere/again"), _folder.File("elsewhere"));
        Assert.Equal([_folder.File("music/happy/b.mp3"), _folder.File("music/sad/a.mp3")],
            LabelledSongs.FromFolders(_folder.File("music")).Songs.Select(song => song.AudioPath));
    }

    private void Files(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, "x");
    }
}
