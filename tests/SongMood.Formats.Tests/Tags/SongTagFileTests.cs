using System.Text;
using SongMood.Audio;
using SongMood.Audio.Tags;
using SongMood.Formats.Tags;

namespace SongMood.Formats.Tests.Tags;

public sealed class SongTagFileTests : IDisposable
{
    private static readonly SongTags Wanted = new() { Mood = "très calme", TempoBpm = 128, Key = "C#m" };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. TaggableFiles.Managed.Keys.Concat(TaggableFiles.ByFfmpeg.Keys)];

    private TagJournal Journal => new(_folder.File("tags.jsonl"));

    public void Dispose() => _folder.Dispose();

    /// <summary>In a journey through every format: the tags are there, all else is as it was, and the old bytes come back.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Tags_are_written_and_nothing_else_changes(string name)
    {
        var (old, options) = Old(name);
        var path = _folder.Write(name, old);
        var time = new DateTime(2020, 2, 29, 12, 0, 1, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var (samples, info) = (AudioFile.Read(old, options), AudioFile.Probe(old, options));
        Assert.True(samples.SampleCount > 20_000);

        Assert.True(SongTagFile.Preview(path, Wanted, options).IsNeeded);
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        Assert.False(File.Exists(Journal.Path));
        Assert.True(SongTagFile.Write(path, Wanted, Journal, options).IsNeeded);
        var changed = File.ReadAllBytes(path);
        Assert.NotEqual(old, changed);
        Assert.Equal([_folder.File(name), Journal.Path], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal(new SongTagChange(Wanted, IsNeeded: false), SongTagFile.Write(path, Wanted, Journal, options));
        Assert.Equal(changed, File.ReadAllBytes(path));

        var after = AudioFile.Read(changed, options);
        Assert.Equal((samples.SampleRate, samples.ChannelCount), (after.SampleRate, after.ChannelCount));
        for (var channel = 0; channel < samples.ChannelCount; channel++)
            Assert.Equal(samples.Channel(channel), after.Channel(channel));
        Assert.Equal(info with { BitRate = 0 }, AudioFile.Probe(changed, options) with { BitRate = 0 });
        Assert.All(Marks(name), mark => Assert.Equal(1, Count(changed, mark)));
        AssertMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.InRange(new FileInfo(Journal.Path).Length, 200, 3000); // and not the whole song

        Assert.Equal([new TagUndo(path, true, null)], Journal.Undo());
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        AssertMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Equal([new TagUndo(path, false, null)], Journal.Undo());
    }

    [Theory]
    [InlineData("id3v22.mp3", null, 99, null)]
    [InlineData("id3v24.mp3", "dreary", null, null)]
    [InlineData("ape.mp3", null, 100, null)] // 99.5, to the nearest even
    [InlineData("song.flac", null, null, null)]
    public void What_was_there_is_told(string name, string? mood, int? tempo, string? key) =>
        Assert.Equal(new SongTags { Mood = mood, TempoBpm = tempo, Key = key },
            SongTagFile.Preview(_folder.Write(name, TaggableFiles.Managed[name]), new SongTags()).Before);

    /// <summary>TagLibSharp would write all frames anew, and lose of some.</summary>
    [Fact]
    public void Other_frames_of_ID3v2_stay_to_the_byte()
    {
        foreach (var (name, version) in new[] { ("id3v22.mp3", 2), ("id3v23.mp3", 3), ("id3v23-id3v1.mp3", 3), ("id3v24.mp3", 4) })
        {
            var old = TaggableFiles.Managed[name];
            var path = _folder.Write(name, old);
            SongTagFile.Write(path, Wanted, Journal);
            var changed = File.ReadAllBytes(path);
            Assert.Equal(version, changed[3]);
            var (before, after) = (Frames(old), Frames(changed));
            string[] ours = ["TMOO", "TBPM", "TKEY", "TXXX", "TBP", "TKE", "TXX"];
            Assert.True(before.Count(frame => !ours.Contains(frame.Name)) >= 2);
            Assert.Equal(before.Where(frame => !ours.Contains(frame.Name)), after.Where(frame => !ours.Contains(frame.Name)));
            string[] expected = version == 2 ? ["TBP", "TKE", "TXX"] : ["TBPM", "TKEY", "TMOO", "TXXX"];
            Assert.Equal(expected, after.Select(frame => frame.Name).Where(ours.Contains).Order(StringComparer.Ordinal));
            if (name.Contains("id3v1"))
                Assert.Equal(old[^128..], changed[^128..]);
        }
    }

    /// <summary>A small change fits into the padding, and then the audio does not even move.</summary>
    [Fact]
    public void Padding_is_used()
    {
        byte[] old = [.. TaggableFiles.Id3V2(3, ("TIT2", TaggableFiles.Latin("T"))), .. TaggableFiles.Managed["none.mp3"]];
        var path = _folder.Write("a.mp3", old);
        SongTagFile.Write(path, new SongTags { Key = "Am" }, Journal);
        Assert.Equal(old.Length, new FileInfo(path).Length);
        Assert.Equal(old[60..], File.ReadAllBytes(path)[60..]);
    }

    /// <summary>In a tag of a form that only TagLibSharp edits, what it would lose is seen.</summary>
    [Fact]
    public void What_the_library_would_lose_is_refused()
    {
        var tag = TaggableFiles.Id3V23;
        // The flag of an extended header, and one (ID3v2.3.0, 3.2) of ten bytes.
        byte[] extended = [.. tag[..5], 0x40, .. tag[6..8], (byte)(tag[8] + (tag[9] + 10) / 128), (byte)((tag[9] + 10) % 128),
            0, 0, 0, 6, 0, 0, 0, 0, 0, 0, .. tag[10..]];
        byte[] old = [.. extended, .. TaggableFiles.Managed["none.mp3"]];
        Assert.Contains(Frames(old), frame => frame.Name == "IPLS");
        var path = _folder.Write("a.mp3", old);
        var error = Assert.Throws<AudioFormatException>(() => SongTagFile.Write(path, Wanted, Journal));
        Assert.Contains(path, error.Message);
        Assert.Contains("IPLS", error.Message);
        Assert.Contains("left as it is", error.Message);
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.False(File.Exists(Journal.Path));
    }

    [Fact]
    public void What_cannot_be_tagged_is_an_error_that_names_the_file()
    {
        var text = _folder.Write("text.mp3", "no song");
        Assert.Contains(text, Assert.Throws<AudioFormatException>(() => SongTagFile.Write(text, Wanted, Journal)).Message);
        Assert.Throws<AudioFormatException>(() => SongTagFile.Preview(_folder.File("none.mp3"), Wanted));
        Assert.Throws<AudioFormatException>(() => SongTagFile.Preview(_folder.Path, Wanted));
        var locked = _folder.Write("locked.mp3", TaggableFiles.Managed["none.mp3"]);
        File.SetAttributes(locked, FileAttributes.ReadOnly);
        Assert.Contains("read-only", Assert.Throws<UnauthorizedAccessException>(() => SongTagFile.Write(locked, Wanted, Journal)).Message);
        File.SetAttributes(locked, FileAttributes.Normal);
        Assert.False(File.Exists(Journal.Path));
    }

    [Fact]
    public void A_link_stays_one()
    {
        var path = _folder.Write("real/song.mp3", TaggableFiles.Managed["none.mp3"]);
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var link = _folder.File("link.mp3");
        File.CreateSymbolicLink(link, path);
        SongTagFile.Write(link, Wanted, Journal);
        Assert.Equal(path, new FileInfo(link).LinkTarget);
        Assert.Equal(Wanted, SongTagFile.Preview(path, Wanted).Before);
        AssertMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal([new TagUndo(link, true, null)], Journal.Undo());
        Assert.Equal(TaggableFiles.Managed["none.mp3"], File.ReadAllBytes(path));
    }

    [Fact]
    public void Tags_have_ranges()
    {
        Assert.Equal((null, null, null), (new SongTags().Mood, new SongTags().TempoBpm, new SongTags().Key));
        var path = _folder.Write("a.mp3", TaggableFiles.Managed["none.mp3"]);
        Assert.False(SongTagFile.Preview(path, new SongTags()).IsNeeded);
        var error = Assert.Throws<ArgumentException>(
            () => SongTagFile.Preview(path, new SongTags { Mood = "a\nb", TempoBpm = 1000, Key = "H" })).Message;
        foreach (var fault in new[] { "Mood is", "TempoBpm is 1000, expected 1 to 999", "Key is 'H', expected a key such as" })
            Assert.Contains(fault, error);
    }

    private static (byte[] Old, AudioReadOptions Options) Old(string name)
    {
        var isManaged = TaggableFiles.Managed.TryGetValue(name, out var old);
        Assert.SkipWhen(!isManaged && AudioFormats.FindFfmpeg() is null, "ffmpeg is not installed");
        return (old ?? TaggableFiles.ByFfmpeg[name],
            new AudioReadOptions { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = !isManaged }) });
    }

    /// <summary>What the format's own rules say that stands in the file, once.</summary>
    private static byte[][] Marks(string name) => name switch
    {
        "id3v22.mp3" => [.. Ascii("TBP", "TKE", "TXX"), .. Ascii("128", "C#m")],
        _ when name.StartsWith("ape") => Ascii("TMOO", "TXXX", "TBPM", "TKEY", "BPM\0" + "128", "INITIALKEY\0C#m"),
        _ when Path.GetExtension(name) is ".mp3" or ".mp2" or ".wav" or ".aiff" => Ascii("TMOO", "TXXX", "TBPM", "TKEY", "C#m"),
        _ when Path.GetExtension(name) is ".flac" or ".ogg" or ".opus" =>
            [Encoding.UTF8.GetBytes("MOOD=très calme"), .. Ascii("BPM=128", "INITIALKEY=C#m")],
        _ when Path.GetExtension(name) is ".m4a" => [.. Ascii("MOOD", "initialkey", "C#m", "tmpo"), Encoding.UTF8.GetBytes("très calme")],
        _ when Path.GetExtension(name) is ".wma" => [Encoding.Unicode.GetBytes("WM/Mood"), Encoding.Unicode.GetBytes("WM/BeatsPerMinute"),
            Encoding.Unicode.GetBytes("très calme"), Encoding.Unicode.GetBytes("C#m")],
        _ => Ascii("MOOD\0", "BPM\0" + "128", "INITIALKEY\0C#m"),
    };

    private static byte[][] Ascii(params string[] texts) => [.. texts.Select(Encoding.ASCII.GetBytes)];

    private static int Count(ReadOnlySpan<byte> bytes, byte[] mark) => bytes.Count(mark);

    private static List<(string Name, string Content)> Frames(byte[] file)
    {
        var frames = new List<(string, string)>();
        var tag = file.AsSpan(0, (int)TagSkipper.LengthAt(ByteSource.Of(file), 0));
        Id3V2.ReadFrames(tag, (name, content) => frames.Add((name, Convert.ToHexString(content))));
        return frames;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static void AssertMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(mode, File.GetUnixFileMode(path));
    }
}
