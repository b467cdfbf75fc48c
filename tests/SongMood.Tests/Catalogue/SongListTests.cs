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
}
