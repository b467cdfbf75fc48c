using System.Security.Cryptography;
using System.Text.Json;
using Json.Schema;
using SongMood.Audio;
using SongMood.Formats;
using SongMood.Formats.Tags;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary><c>songmood tag</c>, as a process of its own, so that it has all decoders and can be killed.</summary>
[Collection(nameof(Torch))]
public sealed class TagCommandTests(TrainedTones tones) : IDisposable
{
    private const int CopyCount = 100;

    private static readonly Dictionary<string, byte[]> NoFiles = [];

    private static readonly JsonSchema Schema = JsonPage.SchemaOf("tag");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Music => _folder.File("music");

    private string Journal => _folder.File("tags.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_hundred_files_of_every_format_keep_their_sound_and_get_their_bytes_back()
    {
        var old = WriteCopies(AudioFormats.FindFfmpeg() is null ? NoFiles : TaggableFiles.ByFfmpeg);
        var options = new AudioReadOptions
        {
            Decoders = AudioFormats.Decoders(new() { UseFfmpeg = AudioFormats.FindFfmpeg() is not null }),
        };
        var dry = await Tag("--format", "json");
        Assert.True(dry.ExitCode == 0, dry.Error);
        Assert.Contains($"A dry run: tags of {CopyCount} of {CopyCount} songs would change", dry.Error);
        AssertAre(old);
        Assert.Equal([Music], Directory.GetFileSystemEntries(_folder.Path));

        var run = await Tag("--write", "--journal", Journal, "--format", "json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"tag --undo {Journal}", run.Error);
        Assert.Equal(CopyCount, run.JsonLines.Length);
        Assert.All(run.OutLines.Concat(dry.OutLines), AssertKeepsToSchema);
        Assert.All(run.JsonLines, line => Assert.True((bool)line["changes"]! && (bool)line["written"]!));
        Assert.All(dry.JsonLines, line => Assert.True((bool)line["changes"]! && !(bool)line["written"]!));
        foreach (var (path, bytes) in old)
        {
            var changed = File.ReadAllBytes(path);
            Assert.NotEqual(bytes, changed);
            if (path.Contains('-') && !path.Contains("-1.")) // one of each is enough
                continue;
            var (before, after) = (AudioFile.Read(bytes, options), AudioFile.Read(changed, options));
            Assert.True(before.SampleCount > 20_000);
            Assert.Equal(before.Channel(0), after.Channel(0));
            var line = run.JsonLines.Single(line => (string)line["path"]! == path);
            Assert.Equal((string?)line["mood"]!["new"], SongTagFile.Preview(path, new SongTags(), options).Before.Mood);
        }
        Assert.Contains($"tags of 0 of {CopyCount} songs would change", (await Tag()).Error);

        var undo = await Tool("tag", "--undo", Journal);
        Assert.True(undo.ExitCode == 0, undo.Error);
        Assert.Equal(old.Keys.Order(StringComparer.Ordinal), undo.OutLines.Order(StringComparer.Ordinal));
        Assert.Contains($"{CopyCount} songs have their old bytes back, 0 had them, 0 could not", undo.Error);
        AssertAre(old);
        Assert.Equal(CopyCount, Directory.GetFiles(Music).Length);
    }

    /// <summary>With -9, again and again: each file is the old one or the new one, and the journal knows which.</summary>
    [Fact]
    public async Task Killed_at_any_moment_every_file_is_old_or_new_and_the_journal_takes_it_back()
    {
        var old = WriteCopies(NoFiles);
        Assert.Equal(0, (await Tag("--write", "--journal", _folder.File("whole.jsonl"))).ExitCode);
        var @new = old.Keys.ToDictionary(path => path, path => Hash(File.ReadAllBytes(path)));
        Assert.Equal(0, (await Tool("tag", "--undo", _folder.File("whole.jsonl"))).ExitCode);
        AssertAre(old);

        var halves = 0;
        foreach (var lines in new[] { 1, 30, 60 })
        {
            using (var process = ToolProcess.Start(ToolProcess.Assembly,
                ["tag", Music, "--write", "--journal", Journal, "--model", tones.Model]))
            {
                while (!process.HasExited && LineCount() < lines)
                    await Task.Delay(1, Cancellation);
                process.Kill(); // SIGKILL
                await process.WaitForExitAsync(Cancellation);
            }
            var changed = 0;
            foreach (var (path, bytes) in old)
            {
                var hash = Hash(File.ReadAllBytes(path));
                Assert.True(hash == Hash(bytes) || hash == @new[path], path);
                changed += hash == @new[path] ? 1 : 0;
            }
            halves += changed is > 0 and < CopyCount ? 1 : 0;
            if (lines == 30)
                continue; // the next run goes on from here
            var undo = await Tool("tag", "--undo", Journal);
            Assert.True(undo.ExitCode == 0, undo.Error);
            Assert.Equal(changed, undo.OutLines.Length);
            AssertAre(old);
        }
        Assert.True(halves >= 1, "no run was killed half way"); // each would be, but that a busy machine may wake this one late

        int LineCount()
        {
            if (!File.Exists(Journal))
                return 0;
            using var file = new FileStream(Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Count(letter => letter == '\n');
        }
    }

    [Fact]
    public async Task Some_tags_of_some_songs_are_written_where_that_is_asked()
    {
        var low = _folder.Write("music/low.wav", ToneFiles.Wav(300));
        var high = _folder.Write("music/high.wav", ToneFiles.Wav(5000));
        var kept = _folder.Write("music/kept.mp3", TaggableFiles.Managed["id3v24.mp3"]); // has the mood "dreary"
        var run = await Tag("--where", "low > 0.5", "--fields", "mood, key", "--keep-existing", "--write", "--journal", Journal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("that are as --where asks (low > 0.5)", run.Error);
        Assert.Equal(("low", null), TagsOf(low) is var tags ? (tags.Mood, tags.TempoBpm) : default);
        Assert.Equal(new SongTags(), TagsOf(high));
        Assert.Equal("dreary", TagsOf(kept).Mood);
        Assert.DoesNotContain("high.wav", run.Out);

        run = await Tag("--unsure-below", "1", "--format", "json"); // no mood of which it is unsure
        var heard = await Tool("predict", Music, "--model", tones.Model, "--unsure-below", "1", "--format", "json");
        Assert.Contains(heard.JsonLines, line => (bool)line["unsure"]!);
        Assert.Equal(heard.JsonLines.Length, run.JsonLines.Length);
        Assert.All(heard.JsonLines.Zip(run.JsonLines), pair => Assert.Equal(
            (string?)((bool)pair.First["unsure"]! ? pair.Second["mood"]!["old"] : pair.First["mood"]),
            (string?)pair.Second["mood"]!["new"]));
        Assert.Contains("low.wav", (await Tag()).Out);

        Assert.Equal(0, (await Tool("tag", low, "--undo", Journal)).ExitCode);
        Assert.Equal(new SongTags(), TagsOf(low));

        static SongTags TagsOf(string path) => SongTagFile.Preview(path, new SongTags()).Before;
    }

    /// <summary>By two threads at once, one would find that "another program" has changed it.</summary>
    [Fact]
    public async Task A_file_to_which_several_paths_lead_is_tagged_once()
    {
        var song = _folder.Write("music/song.wav", ToneFiles.Wav(300));
        List<string> paths = [song, song, Path.Combine(Music, "..", "music", "song.wav")];
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(_folder.File("link.wav"), song);
            Directory.CreateSymbolicLink(_folder.File("folder"), Music);
            paths.AddRange([_folder.File("link.wav"), _folder.File("folder/song.wav")]);
        }
        var run = await Tool(["tag", .. paths, "--write", "--journal", Journal, "--model", tones.Model, "--format", "json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal([song], run.JsonLines.Select(line => (string)line["path"]!));
        Assert.Contains($"{paths.Count - 1} paths lead to a song that another one has led to.", run.Error);
        Assert.Contains("Tags of 1 of 1 song were changed", run.Error);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told()
    {
        var song = _folder.Write("music/song.wav", ToneFiles.Wav(300));
        var text = _folder.Write("music/text.mp3", "no song");
        var run = await Tag("--format", "json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 of 2 could not be tagged", run.Error);
        Assert.All(run.OutLines, AssertKeepsToSchema);
        Assert.Contains(text, (string)run.JsonLines.Single(line => line.ContainsKey("error"))["error"]!);
        (await Tool("tag")).AssertFailed("no songs to tag");
        (await Tool("tag", song, "--fields", "mood,colour")).AssertFailed("'colour'", "mood, tempo, key");
        (await Tool("tag", song, "--journal", Journal)).AssertFailed("--write");
        (await Tool("tag", song, "--write", "--journal", _folder.File("none/x"))).AssertFailed("no folder");
        (await Tool("tag", song, "--write", "--journal", song)).AssertFailed("would be lost");
        (await Tool("tag", "--undo", Journal)).AssertFailed("no journal");
        (await Tool("tag", "--undo", song)).AssertFailed(song, "line");
        Assert.Equal(ToneFiles.Wav(300), File.ReadAllBytes(song));
    }

    [Theory]
    [InlineData("""{"version":1,"path":"a"}""")]
    [InlineData("""{"version":1,"path":"a","changes":true}""")]
    [InlineData("""{"version":1,"path":"a","error":"b","changes":true,"written":true,"mood":{"old":null,"new":1}}""")]
    public void The_schema_refuses_what_is_wrong(string line) => Assert.False(IsValid(line));

    private static void AssertKeepsToSchema(string line) => Assert.True(IsValid(line), line);

    private static bool IsValid(string line) => Schema.Evaluate(JsonDocument.Parse(line).RootElement).IsValid;

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private static Task<Tool> Tool(params string[] args) => ToolProcess.RunAsync(ToolProcess.Assembly, args);

    private Task<Tool> Tag(params string[] options) => Tool(["tag", Music, "--model", tones.Model, .. options]);

    /// <summary>A copy of each of some files, and then as many as it takes of each that SongMood reads by itself.</summary>
    private Dictionary<string, byte[]> WriteCopies(IReadOnlyDictionary<string, byte[]> once)
    {
        var kinds = TaggableFiles.Managed.ToArray();
        Assert.True(kinds.Length >= 14);
        var copies = once.ToDictionary(file => _folder.Write($"music/{file.Key}", file.Value), file => file.Value);
        for (var copy = 0; copies.Count < CopyCount; copy++)
        {
            var (name, bytes) = kinds[copy % kinds.Length];
            var path = $"music/{Path.GetFileNameWithoutExtension(name)}-{copy / kinds.Length}{Path.GetExtension(name)}";
            copies[_folder.Write(path, bytes)] = bytes;
        }
        return copies;
    }

    private static void AssertAre(Dictionary<string, byte[]> files) =>
        Assert.All(files, file => Assert.Equal(Hash(file.Value), Hash(File.ReadAllBytes(file.Key))));
}
