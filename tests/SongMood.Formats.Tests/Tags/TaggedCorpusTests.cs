using SongMood.Audio;
using SongMood.Formats.Tags;

namespace SongMood.Formats.Tests.Tags;

/// <summary>On MP3s with the damaged and rare tags that other projects test with: they are tagged and taken back, or left alone.</summary>
public sealed class TaggedCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Songs_are_tagged_and_get_their_bytes_back_or_are_left_alone()
    {
        var corpus = TestData.Require("mp3-tagged");
        var journal = new TagJournal(_folder.File("tags.jsonl"));
        var wanted = new SongTags { Mood = "calm", TempoBpm = 120, Key = "Am" };
        int tagged = 0, left = 0;
        foreach (var song in Directory.GetFiles(corpus, "*.mp3", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var old = File.ReadAllBytes(song);
            if (!IsReadable(old))
                continue;
            var path = _folder.Write($"{tagged + left}.mp3", old);
            try
            {
                Assert.True(SongTagFile.Write(path, wanted, journal).IsNeeded);
                Assert.Equal(wanted, SongTagFile.Preview(path, wanted).Before);
                Assert.False(SongTagFile.Preview(path, wanted).IsNeeded);
                Assert.Equal(AudioFile.Read(old).Channel(0), AudioFile.Read(path).Channel(0));
                Assert.Equal([new TagUndo(path, true, null)], journal.Undo(one => one == path));
                tagged++;
            }
            catch (AudioFormatException error)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(song)}: {error.Problem}");
                left++;
            }
            Assert.Equal(old, File.ReadAllBytes(path));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{tagged} tagged, {left} left alone");
        Assert.True(tagged >= 80 && tagged > 10 * left, $"{tagged} tagged, {left} left alone");
    }

    private static bool IsReadable(byte[] song)
    {
        try
        {
            return AudioFile.Read(song).SampleCount > 0;
        }
        catch (AudioFormatException)
        {
            return false;
        }
    }
}
