using System.Text;
using SongMood.Learning;
using SongMood.Playlists;

namespace SongMood.Tests.Learning;

/// <summary>A list (m3u, m3u8) for each mood in a folder.</summary>
public sealed class MoodListsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_is_a_mood_and_its_comments_tell_artists_and_titles()
    {
        Audio("music/a.mp3", "music/b b.mp3", "music/c#.mp3", "moods/d.mp3", "music/e.mp3", "music/f.mp3");
        _folder.Write("moods/happy.m3u8", "\uFEFF#EXTM3U\r\n#EXTINF:215,The Ones - First - Song\r\n../music/a.mp3\r\n\r\n"
            + $"#EXTINF:10,no artist\r\n{new Uri(_folder.File("music/b b.mp3"))}\r\n# a comment\r\n{_folder.File("music/c#.mp3")}\r\n");
        _folder.Write("moods/Very Sad.m3u", "d.mp3\n#EXTART: Björk \n#EXTINF:1,Someone - Else\n..\\music\\e.mp3\n./../music/f.mp3");
        _folder.Write("moods/notes.txt", "no list");
        var songs = LabelledSongs.FromFolders(_folder.File("moods"));
        Assert.Equal(
            [
                ("d.mp3", "Very Sad", null, null), ("../music/e.mp3", "Very Sad", "Björk", "Else"),
                ("../music/f.mp3", "Very Sad", null, null), ("../music/a.mp3", "happy", "The Ones", "First - Song"),
                ("../music/b b.mp3", "happy", null, "no artist"), ("../music/c#.mp3", "happy", null, null),
            ],
            songs.Songs.Select(song => (Path.GetRelativePath(songs.Folder, song.AudioPath!).Replace('\\', '/'), song.Mood, song.Artist,
                song.Title)));
        Assert.All(songs.Songs, song => Assert.Equal((song.Artist, null), (song.Group, song.Line)));
        Assert.Equal((_folder.File("moods"), _folder.File("moods")), (songs.File, songs.Folder));
        Assert.Empty(songs.Remarks);
    }

    [Fact]
    public void Lists_that_the_library_wrote_are_read_also_behind_a_link()
    {
        Audio("disk/music/a.mp3", "disk/music/b #.mp3");
        Directory.CreateDirectory(_folder.File("disk/lists"));
        Directory.CreateDirectory(_folder.File("home/me"));
        Directory.CreateSymbolicLink(_folder.File("home/me/lists"), _folder.File("disk/lists"));
        var lists = _folder.File("home/me/lists");
        Playlist.Save(Path.Combine(lists, "happy.m3u8"), [new(_folder.File("disk/music/a.mp3")) { Title = "The Ones - One" }]);
        Playlist.Save(Path.Combine(lists, "sad.m3u8"), [new(_folder.File("disk/music/b #.mp3"))]);
        Assert.Contains("\n../music/a.mp3\n", File.ReadAllText(_folder.File("disk/lists/happy.m3u8"))); // from where it really is
        var songs = LabelledSongs.FromFolders(lists).Songs;
        Assert.Equal([(_folder.File("disk/music/a.mp3"), "happy", "The Ones"), (_folder.File("disk/music/b #.mp3"), "sad", null)],
            songs.Select(song => (song.AudioPath, song.Mood, song.Group)));
    }

    [Fact]
    public void An_old_list_in_Latin_1_is_read_and_a_new_one_must_be_UTF_8()
    {
        Audio("moods/Mädchen.mp3", "moods/b.mp3");
        _folder.Write("moods/happy.m3u", Encoding.Latin1.GetBytes("Mädchen.mp3\n"));
        _folder.Write("moods/sad.m3u8", "b.mp3\n");
        Assert.Equal(_folder.File("moods/Mädchen.mp3"), LabelledSongs.FromFolders(_folder.File("moods")).Songs[0].AudioPath);
        File.Move(_folder.File("moods/happy.m3u"), _folder.File("moods/happy.m3u8"));
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.FromFolders(_folder.File("moods")));
        Assert.Equal(1, error.Line);
        Assert.Contains("happy.m3u8, line 1: the line is not UTF-8", error.Message);
    }

    [Fact]
    public void All_that_is_wrong_is_told_with_list_and_line()
    {
        Audio("moods/a.mp3", "moods/b.mp3");
        _folder.Write("moods/happy.m3u8", "#EXTM3U\na.mp3\nhttps://example.org/stream.mp3\ngone.mp3\nlost\\x.mp3\n");
        _folder.Write("moods/sad.m3u8", "b.mp3\n\na.mp3\n");
        _folder.Write("moods/empty.m3u8", "#EXTM3U\n");
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.FromFolders(_folder.File("moods")));
        Assert.Equal(
            [
                ("empty.m3u8", null, "no song is in the list"),
                ("happy.m3u8", 3, "https://example.org/stream.mp3 is an address"),
                ("happy.m3u8", 4, $"there is no file {_folder.File("moods/gone.mp3")}"),
                ("happy.m3u8", 5, OperatingSystem.IsWindows() ? $"there is no file {_folder.File(@"moods\lost\x.mp3")}"
                    : $@"there is no file {_folder.File("moods/lost/x.mp3")} (written as lost\x.mp3)"),
                ("sad.m3u8", 3, "a.mp3 is 'sad' here and 'happy' in happy.m3u8, line 2"),
            ],
            error.Faults.Select(fault => (fault.List, fault.Line, fault.Problem)));
        Assert.Contains("\n  happy.m3u8, line 4: there is no file", error.Message);
    }

    /// <summary>As `predict --playlists` leaves them: who forgot to sort the unsure ones would teach a mood that is none.</summary>
    [Fact]
    public void The_list_of_unsure_songs_is_a_mood_and_that_is_told()
    {
        Audio("moods/a.mp3", "moods/b.mp3", "moods/c.mp3");
        string[] lists = [.. new MoodPlaylists(["happy", "sad"]).Lists.Keys];
        foreach (var (list, song) in lists.Zip(["a", "b", "c"]))
            _folder.Write($"moods/{list}.m3u8", $"{song}.mp3\n");
        var songs = LabelledSongs.FromFolders(_folder.File("moods"));
        Assert.Equal(lists, songs.Songs.Select(song => song.Mood));
        Assert.StartsWith($"'{lists[^1]}' is taken for a mood, of 1 song. If 'songmood predict --playlists' wrote that list, move ",
            Assert.Single(songs.Remarks));
    }

    [Fact]
    public void A_song_that_is_named_again_counts_once_and_one_mood_in_two_spellings_is_one()
    {
        Audio("moods/a.mp3", "moods/b.mp3", "moods/c.mp3");
        _folder.Write("moods/happy.m3u8", "a.mp3\nb.mp3\n./a.mp3\n");
        _folder.Write("moods/Happy.m3u", "b.mp3\n");
        _folder.Write("moods/sad.m3u", "c.mp3\n");
        var songs = LabelledSongs.FromFolders(_folder.File("moods"));
        Assert.Equal([("b.mp3", "happy"), ("a.mp3", "happy"), ("c.mp3", "sad")],
            songs.Songs.Select(song => (Path.GetFileName(song.AudioPath), song.Mood)));
        Assert.Equal(2, songs.Remarks.Count);
        Assert.Contains("'Happy' is read as 'happy'", songs.Remarks[0]);
        Assert.Equal("Songs that are named again are left out: 2 of 5 (happy.m3u8, line 2 names the song of Happy.m3u, line 1; "
            + "happy.m3u8, line 3 names the song of happy.m3u8, line 1).", songs.Remarks[1]);
    }

    [Fact]
    public void Folders_of_moods_come_before_lists_and_one_list_alone_is_no_data()
    {
        Audio("music/happy/a.mp3", "music/sad/b.mp3");
        var list = _folder.Write("music/best.m3u8", "happy/a.mp3\n");
        var songs = LabelledSongs.FromFolders(_folder.File("music"));
        Assert.Equal(["happy", "sad"], songs.Moods);
        Assert.Contains("Left out: 1 list that lies beside the moods' folders, such as best.m3u8.", songs.Remarks[0]);
        var error = Assert.Throws<LabelledDataException>(() => LabelledSongs.Read(list));
        Assert.Contains("a list has songs of one mood. Put a list for each mood into a folder", error.Message);
        Directory.CreateDirectory(_folder.File("nothing"));
        Assert.Contains("no sub-folders and no lists",
            Assert.Throws<LabelledDataException>(() => LabelledSongs.FromFolders(_folder.File("nothing"))).Message);
    }

    private void Audio(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, "only its being there counts");
    }
}
