using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>The order in which the songs of a folder are told.</summary>
public sealed class FolderNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_come_in_ordinal_order_and_a_folder_where_the_paths_of_its_files_do()
    {
        (string Name, bool IsFolder)[] entries =
        [
            ("b", false), ("a", true), ("a.mp3", false), ("a0", false), ("\U0001F3B5", false), ("\uFB00", true), ("B", false), ("ab", true),
        ];
        var names = new FolderNames();
        foreach (var (name, isFolder) in entries)
            names.Add(name, isFolder);
        names.Sort();
        var taken = new List<(string, bool)>();
        while (names.Take() is { } next)
            taken.Add(next);
        Assert.Equal(entries.OrderBy(entry => entry.Name + (entry.IsFolder ? "/" : ""), StringComparer.Ordinal), taken);
        Assert.Equal(("B", false), taken[0]);
        Assert.Equal([("a.mp3", false), ("a", true), ("a0", false)], taken[1..4]); // '.' < '/' < '0'
        Assert.Null(names.Take());
    }

    [Fact]
    public void The_songs_of_folders_within_folders_are_in_the_order_of_their_paths()
    {
        string[] written = ["b/c/1.mp3", "b/c.mp3", "b/c0/2.mp3", "b.mp3", "a/z.MP3", "c/x.flac", "b/c/0/9.wav"];
        foreach (var path in written.Append("a/cover.jpg").Append("d/.hidden.mp3"))
            _folder.Write(path, [1]);
        var found = AudioFolder.Open(_folder.Path);
        Assert.Equal(written.Order(StringComparer.Ordinal), found.Files.Select(path => Path.GetRelativePath(_folder.Path, path)));
        Assert.Equal(new Dictionary<string, int> { [".jpg"] = 1 }, found.PassedOver);
        Assert.Equal(found.Files, AudioFolder.EnumerateFiles(_folder.Path));
        Assert.Equal(["a/z.MP3", "c/x.flac"], AudioFolder.Open(_folder.Path, [".mp3", ".FLAC"]).Files
            .Select(path => Path.GetRelativePath(_folder.Path, path)).Where(path => path[0] != 'b'));
    }
}
