using SongMood.Catalogue;
using SongMood.TestSupport;

namespace SongMood.Tests.Catalogue;

/// <summary>Lists of songs as other programs write them.</summary>
public sealed class SongListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.mp3\nb c.mp3\n")]
    [InlineData("\uFEFFa.mp3\r\n\r\nb c.mp3")]
    [InlineData("a.mp3\0b c.mp3\0")] // find -print0
    public void A_text_names_a_song_a_line_or_ends_each_with_NUL(string text) =>
        Assert.Equal(["a.mp3", "b c.mp3"], SongList.Read(_folder.Write("songs.txt", text)));

    /// <summary>Names with line breaks are what NUL is for: of 372 paths of 370 songs, two were torn in two.</summary>
    [Theory]
    [InlineData("new\nline.mp3\0b.mp3\0cr\r.mp3\0")]
    [InlineData("new\nline.mp3\0b.mp3\0cr\r.mp3\0\n")]
    public void Names_that_end_with_NUL_may_have_line_breaks(string text)
    {
        string[] songs = ["new\nline.mp3", "b.mp3", "cr\r.mp3"];
        Assert.Equal(songs, SongList.Read(_folder.Write("songs.txt", text)));
        using var pipe = new StringReader(text);
        Assert.Equal(songs, SongList.Paths(pipe));
    }

    [Fact]
    public void A_list_is_read_as_it_is_typed_and_however_long_it_is()
    {
        var songs = Enumerable.Range(0, 5000).Select(i => $"music/song {i}.mp3").ToArray();
        Assert.Equal(songs, SongList.Read(_folder.Write("lines.txt", string.Join("\r\n", songs))));
        Assert.Equal(songs, SongList.Read(_folder.Write("nul.txt", string.Join('\0', songs))));
        using var typed = new StringReader(string.Join('\n', songs));
        Assert.Equal(songs[0], SongList.Paths(typed, isTyped: true).First());
        Assert.Equal(songs[1], typed.ReadLine()); // no more was waited for
    }
}
