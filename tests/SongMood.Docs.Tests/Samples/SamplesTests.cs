using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Docs.Tests.Samples;

/// <summary>The samples end well, and print what their comments promise.</summary>
public sealed partial class SamplesTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PredictFolder_has_a_line_for_each_song()
    {
        var lines = await LinesOfAsync("PredictFolder", "music");
        Assert.Equal("path,mood,error,calm,energetic,happy,sad", lines[0]);
        Assert.Equal(8, lines.Length - 1);
        Assert.All(lines[1..], line => Assert.Equal(7, line.Split(',').Length));
    }

    [Fact]
    public async Task TrainOnFolders_learns_the_folders_moods()
    {
        var lines = await LinesOfAsync("TrainOnFolders", "music", "mine.zip");
        Assert.Equal("8 songs of the moods calm, energetic, happy, sad", lines[0]);
        Assert.StartsWith("2-fold cross-validation on 8 songs", lines[1]);
        Assert.EndsWith("is calm (people say calm)", lines[2]);
        Assert.True(File.Exists("mine.zip"));
    }

    [Fact]
    public async Task Tabular_learns_from_numbers_and_predicts_rows()
    {
        var lines = await LinesOfAsync("Tabular", "tracks.csv", "numbers.zip");
        Assert.Equal("80 songs of the moods calm, energetic, happy, sad", lines[0]);
        Assert.True(Percent(lines[1]) > 80, lines[1]);
        Assert.Contains("no artist on both sides", lines[2]);
        string[] starts = ["line 2: happy ", "line 3: energetic ", "line 4: sad "];
        Assert.Equal(starts.Length, lines.Length - 3);
        Assert.All(starts, (start, row) => Assert.StartsWith(start, lines[3 + row]));
    }

    [Fact]
    public async Task LyricsEnsemble_is_better_than_its_members()
    {
        var lines = await LinesOfAsync("LyricsEnsemble", "out");
        var (sound, words, together) = (Percent(lines[0]), Percent(lines[1]), Percent(lines[2]));
        Assert.InRange(sound, 40, 75); // the songs are made so: neither can know the mood alone
        Assert.InRange(words, 40, 75);
        Assert.True(together > Math.Max(sound, words) + 10, $"{sound}, {words}, {together} %");
        Assert.EndsWith("happy (it was made happy)", lines[4]);
    }

    [Fact]
    public async Task Similar_answers_from_its_file_as_it_did_at_first()
    {
        var first = await LinesOfAsync("Similar", "music", "song.mp3", "music.index");
        var written = File.GetLastWriteTimeUtc("music.index");
        Assert.Equal(first, await LinesOfAsync("Similar", "nowhere", "song.mp3", "music.index"));
        Assert.Equal(written, File.GetLastWriteTimeUtc("music.index"));
        Assert.StartsWith("8 songs", first[0]);
        Assert.StartsWith("1.000 happy-1.mp3", first[1]);
    }

    [Fact]
    public async Task MoodWorker_hears_what_waits_in_its_queue()
    {
        await LinesOfAsync("MoodWorker", "music", "moods.jsonl", "8");
        var lines = await File.ReadAllLinesAsync("moods.jsonl", TestContext.Current.CancellationToken);
        var heard = lines.Select(line => Path.GetFileName(JsonDocument.Parse(line).RootElement.GetProperty("path").GetString()));
        Assert.Equal(Directory.GetFiles("music", "*.mp3", SearchOption.AllDirectories).Select(Path.GetFileName).Order(), heard.Order());
        Assert.All(lines, line => Assert.Contains("\"mood\":", line));
    }

    [Theory]
    [InlineData("PredictFolder")]
    [InlineData("MoodWorker")]
    [InlineData("TrainOnFolders")]
    [InlineData("Tabular")]
    [InlineData("LyricsEnsemble")]
    [InlineData("Similar")]
    public async Task Without_arguments_a_sample_says_how_it_is_used(string sample) => Assert.Equal(2, await RunAsync(sample, []));

    /// <summary>.ci/run names those that the tests do not.</summary>
    [Fact]
    public void Every_sample_is_run()
    {
        var samples = Path.Combine(TestData.RepositoryRoot, "samples");
        var names = Directory.GetDirectories(samples).Select(folder => Path.GetFileName(folder)!).Except(["audio"]).ToArray();
        Assert.Contains("PredictMood", names);
        var gate = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, ".ci", "run"));
        var folder = Path.Combine(TestData.RepositoryRoot, "tests");
        var tests = string.Concat(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Equal([], names.Where(name =>
            !gate.Contains($"samples/{name}/") && !gate.Contains($"samples/{name} ") && !gate.Contains($"samples/{name}\n")
            && !tests.Contains($"LinesOfAsync(\"{name}\"") && !tests.Contains($"Assembly.Load(\"{name}\")")
            && !tests.Contains($"using {name};") && !tests.Contains($"\"samples\", \"{name}\"")));
    }

    private static async Task<string[]> LinesOfAsync(string sample, params string[] arguments)
    {
        var exitCode = -1;
        var printed = await PrintedText.OfAsync(async () => exitCode = await RunAsync(sample, arguments));
        Assert.Equal(0, exitCode);
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static async Task<int> RunAsync(string sample, string[] arguments)
    {
        var result = Assembly.Load(sample).EntryPoint!.Invoke(null, [arguments]);
        return result is Task<int> running ? await running : (int)result!;
    }

    private static int Percent(string line) => int.Parse(Percents().Match(line).Groups[1].Value);

    [GeneratedRegex(@"(\d+) ?%")]
    private static partial Regex Percents();
}
