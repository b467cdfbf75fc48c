using System.Text.Json.Nodes;

namespace SongMood.Tests.Cli;

public sealed class EvaluateCommandTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_measured_on_songs()
    {
        var json = _folder.File("out.json");
        var run = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", tones.Model, "--json", json);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("accuracy 100.0 %", run.Out);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        Assert.Equal(20, (int)figures["songs"]!);
        Assert.Equal(1.0, (double)figures["accuracy"]!);
        Assert.Equal("[[10,0],[0,10]]", figures["confusion"]!.ToJsonString());
        Assert.Equal(["high", "low"], figures["perMood"]!.AsArray().Select(mood => (string)mood!["mood"]!));
    }

    [Fact]
    public async Task A_model_of_numbers_finds_its_columns_by_name()
    {
        var model = _folder.File("numbers.zip");
        Assert.Equal(0, (await Tool.RunAsync("train", "--data", tones.Labels, "--columns", "other,pitch", "--model", model,
            "--epochs", "20", "--batch", "8", "--learning-rate", "0.01")).ExitCode);
        var run = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", model);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("accuracy 100.0 %", run.Out);
        var csv = _folder.Write("short.csv", "mood,other\nlow,1\n");
        (await Tool.RunAsync("evaluate", "--data", csv, "--model", model)).AssertFailed("column 'pitch'", "Columns found: mood, other");
    }

    [Fact]
    public async Task Folds_share_no_artist_and_the_report_says_how_it_was_made()
    {
        var json = _folder.File("out.json");
        var run = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch,other", "--cross-validate", "5", "--epochs", "25", "--batch", "8",
            "--learning-rate", "0.01", "--seed", "4", "--json", json);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("5-fold cross-validation on 20 songs", run.Out);
        Assert.Contains("no artist on both sides", run.Out);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        Assert.Equal(5, figures["foldAccuracies"]!.AsArray().Count);
        Assert.True((double)figures["accuracy"]! >= 0.9, run.Out); // high and low pitches are easy to tell apart
        Assert.Equal(("4", "5", "artist", "mlp"), ((string)figures["settings"]!["seed"]!, (string)figures["settings"]!["folds"]!,
            (string)figures["settings"]!["group"]!, (string)figures["settings"]!["network"]!));
    }

    [Fact]
    public async Task Chance_is_what_comes_out_where_there_is_nothing_to_learn()
    {
        var random = new Random(8);
        var csv = _folder.Write("noise.csv", "mood,x\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{(i % 2 == 0 ? "a" : "b")},{random.NextDouble()}\n")));
        var run = await Tool.RunAsync("evaluate", "--data", csv, "--columns", "x", "--cross-validate", "2", "--epochs", "3");
        Assert.True(run.ExitCode == 0, run.Error);
        var accuracy = double.Parse(run.Out.Split("accuracy ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(accuracy, 40, 60); // of 400 songs: four standard deviations
        Assert.Contains("no song names its artist", run.Out);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_refused()
    {
        (await Tool.RunAsync("evaluate", "--data", tones.Labels)).AssertFailed("--model", "--cross-validate");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--cross-validate", "1")).AssertFailed("expected 2 folds or more");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch", "--cross-validate", "6")).AssertFailed("20 songs of 5 groups");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch", "--cross-validate", "2", "--group", "album")).AssertFailed("column 'album'");
        var csv = _folder.Write("labels.csv", $"path,mood\n{tones.Folder}/songs/low00.wav,sombre\n");
        (await Tool.RunAsync("evaluate", "--data", csv, "--model", tones.Model)).AssertFailed("line 2", "'sombre' is no mood", "high, low");
    }
}
