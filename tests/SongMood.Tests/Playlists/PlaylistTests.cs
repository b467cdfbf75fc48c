using SongMood.Audio;
using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Tests.Playlists;

public sealed class PlaylistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_playlist_names_songs_from_its_folder_on()
    {
        var list = _folder.File("lists/some.m3u8");
        Playlist.Save(list, [
            new PlaylistEntry(_folder.File("music/Ünï/a b.mp3")) { Title = "Who\nWhat", Duration = TimeSpan.FromSeconds(61.6) },
            new PlaylistEntry(_folder.File("lists/#1.mp3")),
            new PlaylistEntry(_folder.File("lists/ 2.mp3")) { Duration = TimeSpan.FromSeconds(3) }]);
        Assert.Equal("#EXTM3U\n#EXTINF:62,Who What\n../music/Ünï/a b.mp3\n#EXTINF:-1,#1\n./#1.mp3\n#EXTINF:3, 2\n./ 2.mp3\n",
            File.ReadAllText(list));
        Assert.NotEqual(0xEF, File.ReadAllBytes(list)[0]); // no byte order mark
        Playlist.Save(list, [new PlaylistEntry(_folder.File("music/a.mp3"))], PlaylistPaths.Absolute);
        Assert.Equal($"#EXTM3U\n#EXTINF:-1,a\n{_folder.File("music/a.mp3")}\n", File.ReadAllText(list));
        Playlist.Save(list, []);
        Assert.Equal("#EXTM3U\n", File.ReadAllText(list));
        Assert.Single(Directory.GetFiles(_folder.File("lists")));
    }

    /// <summary>".." of a folder that is reached by a link leads to where the folder is, and not to where the link is.</summary>
    [Fact]
    public void Paths_hold_where_the_folder_is_a_link()
    {
        var song = _folder.Write("music/a.mp3", "song");
        Directory.CreateDirectory(_folder.File("elsewhere/deep/real"));
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("elsewhere/deep"));
        Playlist.Save(_folder.File("link/real/x.m3u8"), [new PlaylistEntry(song)]);
        var entry = File.ReadAllLines(_folder.File("elsewhere/deep/real/x.m3u8"))[^1];
        Assert.StartsWith("../", entry);
        // As the system opens it; .NET would take ".." away before it follows the link.
        Assert.Equal(song, Path.GetFullPath(Path.Combine(_folder.File("elsewhere/deep/real"), entry)));
        Assert.NotEqual(song, Path.GetFullPath(Path.Combine(_folder.File("link/real"), entry)));
    }

    [Fact]
    public void What_no_list_can_name_is_refused_before_anything_is_written()
    {
        var list = _folder.File("x.m3u8");
        foreach (var (path, says) in new[] { ("a\nb.mp3", "line break"), ("a\rb.mp3", "line break"), ("a\uFFFDb.mp3", "UTF-8") })
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => Playlist.Save(list, [new(_folder.File(path))])).Message);
        Assert.Contains("Relative or Absolute",
            Assert.Throws<ArgumentException>(() => Playlist.Save(list, [], (PlaylistPaths)7)).Message);
        Assert.False(File.Exists(list));
        Assert.Equal(default, PlaylistPaths.Relative);
        var entry = new PlaylistEntry("a");
        Assert.Equal((null, null), (entry.Title, entry.Duration));
    }

    [Fact]
    public void An_entry_has_what_the_file_says_of_itself()
    {
        var path = Path.Combine(TestSupport.TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3");
        var info = AudioFile.Probe(path);
        Assert.True(info.Duration > TimeSpan.Zero);
        var entry = PlaylistEntry.Read(path);
        Assert.Equal(info.Duration, entry.Duration);
        Assert.Equal(info.Title is null ? null : info.Artist is null ? info.Title : $"{info.Artist} - {info.Title}", entry.Title);
        Assert.Equal("Who - What",
            PlaylistEntry.Read(_folder.Write("x.mp3", [.. Id3("TPE1", "Who"), .. Id3("TIT2", "What"), .. File.ReadAllBytes(path)])).Title);
    }

    [Fact]
    public void Songs_are_sorted_by_mood_and_unsure_ones_are_apart()
    {
        var lists = new MoodPlaylists(["low", "high", "a/b", "Unsure"]);
        lists.Add(new("1.mp3"), Of("low"));
        lists.Add(new("2.mp3"), Of("high") with { IsUnsure = true });
        lists.Add(new("3.mp3"), Of("high") with { IsUnsure = false });
        lists.Add(new("4.mp3"), Of("low"));
        lists.Add(new("5.mp3"), Of("Unsure"));
        Assert.Equal(["low", "high", "a_b", "Unsure", "unsure-2"], lists.Lists.Keys);
        Assert.Equal(["low: 1.mp3 4.mp3", "high: 3.mp3", "a_b: ", "Unsure: 5.mp3", "unsure-2: 2.mp3"], Told());

        lists.Add(new("1.mp3") { Title = "new" }, Of("high"));
        Assert.True(lists.Remove("4.mp3"));
        Assert.False(lists.Remove("4.mp3"));
        Assert.Equal(["low: ", "high: 3.mp3 1.mp3", "a_b: ", "Unsure: 5.mp3", "unsure-2: 2.mp3"], Told());
        Assert.Contains("low, high", Assert.Throws<ArgumentException>(() => lists.Add(new("6.mp3"), Of("other"))).Message);

        var stale = _folder.Write("low.m3u8", "#EXTM3U\nold.mp3\n");
        lists.Save(_folder.Path);
        Assert.Equal("#EXTM3U\n", File.ReadAllText(stale));
        Assert.Equal(["Unsure.m3u8", "a_b.m3u8", "high.m3u8", "low.m3u8", "unsure-2.m3u8"],
            Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Contains("#EXTINF:-1,new\n", File.ReadAllText(_folder.File("high.m3u8")));

        IEnumerable<string> Told() => lists.Lists.Select(list => $"{list.Key}: {string.Join(' ', list.Value.Select(song => song.Path))}");
        static MoodPrediction Of(string mood) => new(mood, new Dictionary<string, float> { [mood] = 1 });
    }

    /// <summary>An ID3v2.3 tag of one text.</summary>
    private static byte[] Id3(string frame, string text) =>
        [.. "ID3\u0003\0\0\0\0\0"u8, (byte)(11 + text.Length), .. System.Text.Encoding.ASCII.GetBytes(frame),
            0, 0, 0, (byte)(1 + text.Length), 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(text)];
}
