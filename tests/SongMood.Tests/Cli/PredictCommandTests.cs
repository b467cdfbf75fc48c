using System.Globalization;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
public sealed class PredictCommandTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_is_an_object_a_line_in_the_order_of_arguments_and_names()
    {
        var single = _folder.Write("single.wav", ToneFiles.Wav(250));
        _folder.Write("songs/b.wav", ToneFiles.Wav(5000));
        _folder.Write("songs/A.WAV", ToneFiles.Wav(300));
        _folder.Write("songs/deeper/c.wav", ToneFiles.Wav(4500));
        _folder.Write("songs/cover.jpg", "not a song");
        var run = await Tool.RunAsync("predict", single, _folder.File("songs"), "--model", tones.Model, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("songmood: Passed over: 1 file that is no song by its name (1 .jpg).", run.Error.Trim());
        Assert.Equal([(single, "low"), (_folder.File("songs/A.WAV"), "low"), (_folder.File("songs/b.wav"), "high"),
            (_folder.File("songs/deeper/c.wav"), "high")],
            run.JsonLines.Select(line => ((string)line["path"]!, (string)line["mood"]!)));
        foreach (var line in run.JsonLines)
        {
            Assert.Equal(["version", "path", "mood", "scores", "valence", "arousal", "unsure", "seconds", "remarks"],
                line.Select(pair => pair.Key));
            var scores = line["scores"]!.AsObject();
            Assert.Equal(["high", "low"], scores.Select(pair => pair.Key));
            Assert.Equal(1, scores.Sum(pair => (double)pair.Value!), 5);
            Assert.Equal((string)line["mood"]!, scores.MaxBy(pair => (double)pair.Value!).Key);
        }
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_reported_while_the_others_go_on()
    {
        var good = _folder.Write("good.wav", ToneFiles.Wav(5000));
        var missing = _folder.File("missing.mp3");
        var text = _folder.Write("text.mp3", "This is a letter to a friend, not music.\n");
        var empty = _folder.Write("empty.mp3", "");
        var noSongs = _folder.Write("nothing here/readme.txt", "");
        var run = await Tool.RunAsync("predict", missing, text, empty, Path.GetDirectoryName(noSongs)!, good, "--model", tones.Model,
            "--format", "json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(5, run.JsonLines.Length);
        foreach (var (line, path) in run.JsonLines.Zip([missing, text, empty, Path.GetDirectoryName(noSongs)!]))
        {
            Assert.Equal(["version", "path", "error"], line.Select(pair => pair.Key));
            Assert.Equal(path, (string)line["path"]!);
            Assert.NotEmpty((string)line["error"]!);
            Assert.DoesNotContain("--verbose", (string)line["error"]!); // which only errors that nobody foresaw mention
        }
        Assert.Contains("missing.mp3", (string)run.JsonLines[0]["error"]!);
        Assert.Contains("no songs", (string)run.JsonLines[3]["error"]!);
        Assert.Equal("high", (string)run.JsonLines[4]["mood"]!);
        Assert.Contains("4 of 5 could not be read", run.Error);
    }

    [Fact]
    public async Task Csv_quotes_what_needs_it()
    {
        var song = _folder.Write("one, \"two\".wav", ToneFiles.Wav(250));
        var missing = _folder.File("none.wav");
        var run = await Tool.RunAsync("predict", song, missing, "--model", tones.Model, "--format", "csv");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("path,mood,error,high,low", run.OutLines[0]);
        Assert.StartsWith($"\"{song.Replace("\"", "\"\"")}\",low,,", run.OutLines[1]);
        var scores = run.OutLines[1].Split(',')[^2..].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(1, scores.Sum(), 5);
        Assert.EndsWith(",,", run.OutLines[2]);
        Assert.Contains(missing, run.OutLines[2]);
    }

    [Fact]
    public async Task Table_has_a_row_a_song_and_no_escape_codes_in_a_pipe()
    {
        var song = _folder.Write("[bold] song with a rather long name, longer than a terminal would be wide by default, that is.wav",
            ToneFiles.Wav(5000));
        var run = await Tool.RunAsync("predict", song, "--model", tones.Model);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.OutLines, line => line.Contains(song) && line.Contains("high") && line.Contains('%'));
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task A_bar_moves_only_where_a_person_watches()
    {
        var song = _folder.Write("song.wav", ToneFiles.Wav(5000));
        var watched = await Tool.RunAsync(watched: true, "predict", song, "--model", tones.Model, "--format", "json");
        Assert.Contains("Listening", watched.Error);
        Assert.Equal("high", (string)Assert.Single(watched.JsonLines)["mood"]!);
        Assert.Empty((await Tool.RunAsync("predict", song, "--model", tones.Model, "--format", "json")).Error);
    }

    [Fact]
    public async Task A_song_that_is_cut_off_is_heard_as_far_as_it_goes_and_said_to_be()
    {
        var whole = await File.ReadAllBytesAsync(
            Path.Combine(TestSupport.TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3"), TestContext.Current.CancellationToken);
        var cut = _folder.Write("cut.mp3", whole[..(whole.Length / 2)]);
        var run = await Tool.RunAsync("predict", cut, "--model", tones.Model, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        var line = Assert.Single(run.JsonLines);
        Assert.NotNull(line["mood"]);
        var remark = line["remarks"]!.AsArray()[0]!;
        Assert.Equal("damage", (string)remark["kind"]!);
        Assert.Contains("left out", (string)remark["text"]!);
        run = await Tool.RunAsync("predict", cut, "--model", tones.Model);
        Assert.Contains(run.OutLines, text => text.StartsWith($"remark: {cut}: ") && text.Contains("left out"));
        run = await Tool.RunAsync("predict", cut, "--model", tones.Model, "--format", "csv");
        Assert.Contains($"{cut}: ", run.Error);
        Assert.Contains("left out", run.Error);
    }

    [Fact]
    public async Task The_table_tells_errors_in_full_below_it()
    {
        var text = _folder.Write("text.mp3", "This is a letter.");
        var run = await Tool.RunAsync("predict", text, "--model", tones.Model);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.OutLines, line => line.Contains(text) && line.Contains("(error)"));
        Assert.Contains(run.OutLines, line => line.StartsWith("error: ") && line.Contains(text));
    }

    [Fact]
    public async Task A_thousand_bytes_of_a_song_or_damage_in_its_middle_never_crash()
    {
        var wav = ToneFiles.Wav(250);
        var cut = _folder.Write("cut.wav", wav[..1000]);
        var noise = new byte[20_000];
        new Random(5).NextBytes(noise);
        var random = _folder.Write("random.mp3", noise);
        var run = await Tool.RunAsync("predict", cut, random, "--model", tones.Model, "--format", "json");
        Assert.InRange(run.ExitCode, 0, 1);
        Assert.Equal(2, run.JsonLines.Length);
        Assert.DoesNotContain("--verbose", run.Out);
    }

    [Fact]
    public async Task What_is_no_model_is_refused()
    {
        var song = _folder.Write("a.wav", ToneFiles.Wav(250));
        var text = _folder.Write("text.zip", "no zip at all");
        var empty = _folder.Write("empty.zip", "");
        using (var zip = System.IO.Compression.ZipFile.Open(_folder.File("other.zip"), System.IO.Compression.ZipArchiveMode.Create))
        using (var entry = new StreamWriter(zip.CreateEntry("a.txt").Open()))
            entry.Write("a zip, but no model");
        (await Tool.RunAsync("predict", song, "--model", text)).AssertFailed(text, "no model that can be used");
        (await Tool.RunAsync("predict", song, "--model", empty)).AssertFailed(empty, "no model that can be used");
        (await Tool.RunAsync("predict", song, "--model", _folder.File("other.zip"))).AssertFailed("other.zip", "no model that can be used");
        (await Tool.RunAsync("predict", song, "--model", _folder.File("none.zip"))).AssertFailed("There is no model file", "none.zip");
    }

    [Fact]
    public async Task A_model_that_does_not_listen_is_refused()
    {
        var model = _folder.File("numbers.zip");
        Assert.Equal(0,
            (await Tool.RunAsync("train", "--data", tones.Labels, "--columns", "pitch,other", "--model", model, "--epochs", "2")).ExitCode);
        (await Tool.RunAsync("predict", tones.Folder, "--model", model)).AssertFailed("does not listen to songs", "pitch, other");
    }

    [Fact]
    public async Task Wrong_use_is_explained()
    {
        (await Tool.RunAsync("predict")).AssertFailed("Required argument missing", "songmood predict --help");
        (await Tool.RunAsync("predict", "a.mp3", "--format", "xml")).AssertFailed("--format is xml", "table, json");
        (await Tool.RunAsync("predict", "a.mp3", "--modle", "x")).AssertFailed("--modle");
        (await Tool.RunAsync("sing")).AssertFailed("sing");
        var help = await Tool.RunAsync("predict", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("songmood predict [<PATH>]...", help.Out);
    }
}
