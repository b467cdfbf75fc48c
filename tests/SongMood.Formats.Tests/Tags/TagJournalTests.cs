using SongMood.Formats.Tags;

namespace SongMood.Formats.Tests.Tags;

public sealed class TagJournalTests : IDisposable
{
    private static readonly byte[] Old = TaggableFiles.Managed["id3v23-id3v1.mp3"];

    private readonly TemporaryFolder _folder = new();

    private string Song => _folder.File("song.mp3");

    private TagJournal Journal => new(_folder.File("tags.jsonl"));

    public TagJournalTests() => _folder.Write("song.mp3", Old);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_changes_are_taken_back_to_the_first()
    {
        for (var tempo = 100; tempo < 105; tempo++)
            SongTagFile.Write(Song, new SongTags { TempoBpm = tempo, Mood = new string('x', 40 * (tempo - 99)) }, Journal);
        Assert.Equal(5, File.ReadAllLines(Journal.Path).Length);
        Assert.Equal([new TagUndo(Song, true, null)], Journal.Undo());
        Assert.Equal(Old, File.ReadAllBytes(Song));
    }

    [Fact]
    public void Only_songs_that_are_wanted_are_taken_back()
    {
        var other = _folder.Write("other.mp3", Old);
        foreach (var path in new[] { Song, other })
            SongTagFile.Write(path, new SongTags { Key = "Am" }, Journal);
        Assert.Equal([new TagUndo(other, true, null)], Journal.Undo(path => path == other));
        Assert.Equal(Old, File.ReadAllBytes(other));
        Assert.NotEqual(Old, File.ReadAllBytes(Song));
    }

    [Fact]
    public void A_song_that_has_changed_since_is_left_as_it_is()
    {
        SongTagFile.Write(Song, new SongTags { TempoBpm = 100 }, Journal);
        byte[] changed = [.. File.ReadAllBytes(Song), 1];
        File.WriteAllBytes(Song, changed);
        Assert.Contains("changed since", AssertFailed());
        Assert.Equal(changed, File.ReadAllBytes(Song));

        SongTagFile.Write(Song, new SongTags { TempoBpm = 200 }, Journal); // which can be taken back, and no more than that
        var undo = Assert.Single(Journal.Undo());
        Assert.True(undo.IsRestored);
        Assert.Contains("as of that change", undo.Error);
        Assert.Equal(changed, File.ReadAllBytes(Song));

        File.Delete(Song);
        Assert.Contains("no such file", AssertFailed());
    }

    /// <summary>
    /// The line is there before the change: a process that ends between them leaves the old song, and a journal that knows it.
    /// </summary>
    [Fact]
    public void A_change_that_did_not_come_to_be_needs_no_taking_back()
    {
        SongTagFile.Write(Song, new SongTags { TempoBpm = 100 }, Journal);
        var changed = File.ReadAllBytes(Song);
        SongTagFile.Write(Song, new SongTags { TempoBpm = 200 }, Journal);
        File.WriteAllBytes(Song, changed); // as if the second had ended before the file was replaced
        Assert.Equal([new TagUndo(Song, true, null)], Journal.Undo());
        Assert.Equal(Old, File.ReadAllBytes(Song));
        Assert.Equal([new TagUndo(Song, false, null)], Journal.Undo());
    }

    [Fact]
    public void A_line_that_was_cut_off_is_passed_over_and_then_replaced()
    {
        SongTagFile.Write(Song, new SongTags { TempoBpm = 100 }, Journal);
        var whole = File.ReadAllText(Journal.Path);
        File.AppendAllText(Journal.Path, whole[..^20]);
        Assert.Equal([new TagUndo(Song, true, null)], Journal.Undo());
        SongTagFile.Write(Song, new SongTags { TempoBpm = 100 }, Journal);
        Assert.Equal(2, File.ReadAllLines(Journal.Path).Length);
        Assert.Equal([new TagUndo(Song, true, null)], Journal.Undo());
        Assert.Equal(Old, File.ReadAllBytes(Song));
    }

    [Fact]
    public void What_is_no_journal_is_refused_with_its_line()
    {
        Assert.Contains("no journal", Assert.Throws<FileNotFoundException>(() => Journal.Undo()).Message);
        SongTagFile.Write(Song, new SongTags { TempoBpm = 100 }, Journal);
        var line = File.ReadAllText(Journal.Path);
        foreach (var (text, says) in new[]
        {
            (line + "rubbish\n" + line, "line 2"), (line.Replace("\"version\":1", "\"version\":2"), "a later SongMood"),
            (line.Replace("oldSha256", "oldSha"), "line 1"), ("rubbish", "is no journal"),
        })
        {
            File.WriteAllText(Journal.Path, text);
            Assert.Contains(says, Assert.Throws<InvalidDataException>(() => Journal.Undo()).Message);
        }
        File.WriteAllBytes(Journal.Path, Old);
        Assert.Throws<InvalidDataException>(() => Journal.Undo());
    }

    /// <summary>Whatever a journal says, a song gets its old bytes or keeps those that it has.</summary>
    [Fact]
    public void A_damaged_entry_never_damages_a_song()
    {
        SongTagFile.Write(Song, new SongTags { TempoBpm = 100, Mood = "calm" }, Journal);
        var (changed, line) = (File.ReadAllBytes(Song), File.ReadAllBytes(Journal.Path));
        var random = new Random(1);
        int restored = 0, refused = 0;
        for (var i = 0; i < 400; i++)
        {
            byte[] mutant = [.. line];
            mutant[random.Next(mutant.Length - 1)] = (byte)" 0123456789ABCabc[]{},\"-"[random.Next(23)];
            File.WriteAllBytes(Song, changed);
            File.WriteAllBytes(Journal.Path, mutant);
            try
            {
                var undo = Assert.Single(Journal.Undo());
                restored += undo.IsRestored ? 1 : 0;
                refused += undo.Error is null ? 0 : 1;
                Assert.True(undo.Error is not null || undo.IsRestored);
                Assert.Equal(undo.IsRestored ? Old : changed, File.ReadAllBytes(Song));
            }
            catch (InvalidDataException)
            {
                refused++;
                Assert.Equal(changed, File.ReadAllBytes(Song));
            }
        }
        Assert.True(restored > 5 && refused > 100, $"{restored} restored, {refused} refused");
    }

    private string AssertFailed()
    {
        var undo = Assert.Single(Journal.Undo());
        Assert.False(undo.IsRestored);
        Assert.Contains(Song, undo.Error);
        return undo.Error!;
    }
}
