using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using SongMood.Cli;
using SongMood.Cli.Predict;
using SongMood.Prediction;
using SongMood.Reports;
using SongMood.TestSupport;
using Spectre.Console;

namespace SongMood.Tests.Cli;

/// <summary>What <c>songmood predict</c> tells besides moods, and where it writes it.</summary>
public sealed class PredictDetailsTests(TrainedTones tones) : IDisposable
{
    private static readonly JsonSchema Schema = JsonPage.SchemaOf("predict");

    private readonly TemporaryFolder _folder = new();

    private static string Song => Path.Combine(TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_has_all_that_is_asked_for_and_keeps_to_its_schema()
    {
        var all = await Tool.RunAsync("predict", Song, _folder.File("none.mp3"), _folder.Write("tone.wav", ToneFiles.Wav(300)),
            "--format", "json", "--timeline", "--features", "--embedding", "--why", "--unsure-below", "0.99");
        Assert.Equal((1, 3), (all.ExitCode, all.JsonLines.Length));
        var plain = await Tool.RunAsync("predict", tones.Folder, "--model", tones.Model, "--format", "json");
        Assert.True(plain.JsonLines.Length > 10);
        Assert.All(all.OutLines.Concat(plain.OutLines), line => AssertKeepsTo(line));

        using var predictor = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true, UnsureBelow = 0.99 });
        var (prediction, timeline, explanation) = (predictor.Predict(Song), predictor.PredictTimeline(Song), predictor.Explain(Song));
        var line = all.JsonLines[0];
        Assert.Equal((prediction.Valence, prediction.Arousal, prediction.IsUnsure),
            ((float?)line["valence"], (float?)line["arousal"], (bool?)line["unsure"]));
        Assert.Equal(prediction.Features!.TempoBpm, (double)line["features"]!["tempoBpm"]!);
        Assert.Equal(prediction.Embedding, line["embedding"]!.AsArray().Select(value => (float)value!));
        Assert.Equal(timeline.Windows.Select(window => window.Scores["calm"]),
            line["timeline"]!["windows"]!.AsArray().Select(window => (float)window!["scores"]!["calm"]!));
        Assert.Equal(timeline.Sections.Select(section => section.Mood),
            line["timeline"]!["sections"]!.AsArray().Select(section => (string)section!["mood"]!));
        Assert.Equal(explanation.Parts.Select(part => (part.Group, part.Change)),
            line["why"]!["changes"]!.AsObject().Select(change => (change.Key, (float)change.Value!)));
        Assert.Null(plain.JsonLines[0]["unsure"]);
        Assert.Null(plain.JsonLines[0]["valence"]);
    }

    /// <summary>Else the schema would take anything.</summary>
    [Theory]
    [InlineData("""{"version":1,"path":"a"}""")]
    [InlineData("""{"version":2,"path":"a","error":"b"}""")]
    [InlineData("""{"version":1,"path":"a","error":"b","mood":"c","scores":{"c":1},"valence":null,"arousal":null}""")]
    [InlineData("""{"version":1,"path":"a","mood":"c","scores":{"c":2},"valence":null,"arousal":null}""")]
    [InlineData("""{"version":1,"path":"a","mood":"c","scores":{"c":1},"valence":null,"arousal":null,"more":1}""")]
    public void The_schema_refuses_what_is_wrong(string line) => Assert.False(IsValid(line));

    /// <summary>Spectre gives a column no width at all, or one letter, where others do not give way.</summary>
    [Theory]
    [InlineData("calm", "悲しくて静かな夜の音楽", "🔥 energetic and aggressive music for the gym 🔥", false)]
    [InlineData("melancholic and slow", "energetic and quick", "happy and in the middle of it", false)]
    [InlineData("calm", "悲しい", "🔥", true)]
    public void A_table_of_long_moods_loses_no_column(string one, string two, string three, bool isTable)
    {
        using var output = new StringWriter();
        const string song = "music/02 A song of some name.flac";
        string[] moods = [one, two, three];
        var writer = new TablePredictionWriter(new ToolConsole(output, TextWriter.Null, outIsTerminal: true) { TerminalWidth = 80 }, moods);
        var scores = new OrderedDictionary<string, float> { [one] = 0.25f, [two] = 0.05f, [three] = 0.7f };
        var span = new MoodSpan(TimeSpan.Zero, TimeSpan.FromSeconds(70), three, scores);
        var prediction = new MoodPrediction(three, scores);
        writer.Write(new PredictedSong(song) { Prediction = prediction, Timeline = new MoodTimeline(prediction, [span], [span]) });
        writer.Dispose();
        var shown = System.Text.RegularExpressions.Regex.Replace(output.ToString(), @"\x1b\[[0-9;]*m", "");
        string[] texts = ["song", "mood", song, one, two, "25 %", "5 %", "70 %", "timeline"];
        Assert.All(texts, text => Assert.Contains(text, shown));
        Assert.Equal(isTable, !shown.Contains($"{one}: 25 %")); // else a line a cell
        Assert.All(shown.Split('\n').Where(line => !line.Contains(song)), line => Assert.InRange(line.TrimEnd().GetCellWidth(), 0, 80));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public async Task The_table_tells_more_in_lines_of_as_many_columns_as_there_are(int width)
    {
        using var output = new StringWriter();
        var song = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.Write("song.wav", ToneFiles.Wav(300, 4)));
        var code = await SongMoodTool.RunAsync(["predict", song, "--timeline", "--features", "--why", "--unsure-below", "1"],
            new ToolConsole(output, TextWriter.Null, outIsTerminal: true) { TerminalWidth = width }, Cancellation);
        Assert.Equal(0, code);
        var lines = System.Text.RegularExpressions.Regex.Replace(output.ToString(), @"\x1b\[[0-9;]*m", "").Split('\n');
        Assert.Contains(lines, line => line.Contains("sad?")); // unsure
        foreach (var (head, says) in new[] { ("features: ", "LUFS"), ("why: ", "%"), ("timeline: ", "0:00 to 0:04") })
        {
            var at = Array.FindIndex(lines, line => line.StartsWith(head, StringComparison.Ordinal));
            Assert.True(at > 0, head);
            Assert.Contains(says, string.Join(' ', lines[(at + 1)..].TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))));
        }
        Assert.All(lines.Where(line => !line.Contains(song)), line => Assert.InRange(line.TrimEnd().Length, 0, width));
    }

    [Fact]
    public async Task Results_go_into_a_file_that_is_whole_or_not_there()
    {
        var song = _folder.Write("song.wav", ToneFiles.Wav(300));
        var expected = await Tool.RunAsync("predict", song, "--model", tones.Model, "--format", "csv");
        var path = _folder.File("moods.csv");
        var run = await Tool.RunAsync("predict", song, "--model", tones.Model, "--format", "csv", "-o", path);
        Assert.Equal((0, ""), (run.ExitCode, run.Out));
        Assert.Equal(expected.Out, File.ReadAllText(path));
        (await Tool.RunAsync("predict", song, "--model", tones.Model, "-o", song)).AssertFailed("is what is read here");
        (await Tool.RunAsync("predict", song, "--model", tones.Model, "-o", _folder.File("nowhere/moods.csv"))).AssertFailed("no folder");
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task A_list_comes_on_the_standard_input()
    {
        var (first, second) = (_folder.Write("b.wav", ToneFiles.Wav(300)), _folder.Write("a.wav", ToneFiles.Wav(5000)));
        using var output = new StringWriter();
        var code = await SongMoodTool.RunAsync(["predict", "-", second, "--model", tones.Model, "--format", "json"],
            new ToolConsole(output, TextWriter.Null)
            {
                In = new StringReader($"\uFEFF{first}\r\n\r\n \t\r\n{_folder.File("none.wav")}\n"), // as Windows writes it
            }, Cancellation);
        Assert.Equal(1, code);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([first, _folder.File("none.wav"), second], lines.Select(line => (string)line["path"]!));
        Assert.Equal(["low", null, "high"], lines.Select(line => (string?)line["mood"]));
    }

    [Fact]
    public async Task What_a_format_has_no_place_for_is_refused()
    {
        (await Tool.RunAsync("predict", Song, "--format", "csv", "--timeline", "--why")).AssertFailed("--timeline, --why", "--format json");
        (await Tool.RunAsync("predict", Song, "--embedding")).AssertFailed("--embedding", "--format json");
        (await Tool.RunAsync("predict", Song, "--unsure-below", "2")).AssertFailed("--unsure-below is 2; expected a number from 0 to 1");
    }

    [Fact]
    public async Task An_index_finds_songs_that_sound_alike()
    {
        _folder.Write("songs/low.wav", ToneFiles.Wav(300));
        _folder.Write("songs/lower.wav", ToneFiles.Wav(290));
        _folder.Write("songs/high.wav", ToneFiles.Wav(5000));
        _folder.Write("songs/text.mp3", "no song");
        var index = _folder.File("songs.index");
        var run = await Tool.RunAsync("index", _folder.File("songs"), "--out", index, "--model", tones.Model);
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("text.mp3", run.Error);
        Assert.Contains($"Wrote {index} (3 songs).", run.Error);
        var found =
            await Tool.RunAsync("similar", _folder.File("songs/low.wav"), "--in", index, "--model", tones.Model, "--format", "json");
        Assert.True(found.ExitCode == 0, found.Error);
        Assert.Equal([_folder.File("songs/lower.wav"), _folder.File("songs/high.wav")],
            found.JsonLines.Select(line => (string)line["path"]!));
        Assert.True((double)found.JsonLines[0]["similarity"]! > (double)found.JsonLines[1]["similarity"]!);
        var filtered = await Tool.RunAsync("similar", _folder.Write("new.wav", ToneFiles.Wav(310)), "--in", index, "--model", tones.Model,
            "--mood", "high", "-k", "1");
        Assert.Contains("high.wav", filtered.Out);
        Assert.DoesNotContain("low", filtered.Out);
        (await Tool.RunAsync("similar", Song, "--in", index)).AssertFailed("was made by another model");
        (await Tool.RunAsync("similar", Song, "--in", Song)).AssertFailed("is no index of songs");
        (await Tool.RunAsync("index", _folder.File("songs/text.mp3"), "--out", index, "--model", tones.Model)).AssertFailed("text.mp3");
    }

    private static void AssertKeepsTo(string line) => Assert.True(IsValid(line), line);

    private static bool IsValid(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Schema.Evaluate(json.RootElement).IsValid;
    }
}
