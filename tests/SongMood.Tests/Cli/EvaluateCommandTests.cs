using System.Text.Json.Nodes;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
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
            "--epochs", "60", "--batch", "8", "--learning-rate", "0.01")).ExitCode);
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
        var run = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch,other", "--cross-validate", "5", "--epochs",
            "25", "--batch", "8",
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
        var csv = _folder.Write("noise.csv",
            "mood,x\n" + string.Concat(Enumerable.Range(0, 400).Select(i =>
                FormattableString.Invariant($"{(i % 2 == 0 ? "a" : "b")},{random.NextDouble()}\n"))));
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
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--cross-validate", "1"))
            .AssertFailed("expected a whole number, 2 or more");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch", "--cross-validate", "6"))
            .AssertFailed("20 songs of 5 groups");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch", "--cross-validate", "2", "--group", "album"))
            .AssertFailed("column 'album'");
        var csv = _folder.Write("labels.csv", $"path,mood\n{tones.Folder}/songs/low00.wav,sombre\n");
        (await Tool.RunAsync("evaluate", "--data", csv, "--model", tones.Model)).AssertFailed("line 2", "'sombre' is no mood", "high, low");
    }

    [Fact]
    public async Task Songs_are_held_out_with_their_artists_and_the_page_and_the_figures_are_written()
    {
        var (json, html) = (_folder.File("out.json"), _folder.File("out.html"));
        var run = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--columns", "pitch,other", "--hold-out", "0.4", "--epochs", "25",
            "--batch", "8",
            "--learning-rate", "0.01", "--json", json, "--report", html);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Trained on 12 songs, measured on 8 songs", run.Out);
        Assert.Contains("no artist on both sides (checked: 5 artists, 2 parts)", run.Out);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        Assert.Equal((8, 0, 25), ((int)figures["songs"]!, figures["foldAccuracies"]!.AsArray().Count,
            figures["learningCurves"]!.AsArray().Single()!.AsArray().Count));
        Assert.Equal(2, figures["predictions"]!.AsArray().Select(song => (string)song!["group"]!).Distinct().Count());
        Assert.True((bool)figures["splitCheck"]!["groupsAreApart"]!);
        Assert.Contains("--hold-out 0.4", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public async Task A_mood_that_one_artist_has_alone_is_measured_and_said_to_be_unlearnt()
    {
        var random = new Random(2);
        var csv = _folder.Write("rare.csv", "mood,artist,x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            FormattableString.Invariant(
                $"{(i % 2 == 0 ? "a" : "b")},artist {i / 4},{i % 2 + 0.1 * random.NextDouble()},{random.NextDouble()}\n")))
            + "rare,loner,5,5\nrare,Loner ,5,6\n");
        var html = _folder.File("out.html");
        var run = await Tool.RunAsync("evaluate", "--data", csv, "--columns", "x,y", "--cross-validate", "3", "--epochs", "10",
            "--learning-rate", "0.01", "--report", html);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("all songs of the mood 'rare' were held out with fold", run.Out);
        Assert.Contains("(checked: 16 artists, 3 folds)", run.Out);
        Assert.Contains("Worst mistakes", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_model_that_knows_the_songs_is_found_out()
    {
        var run = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", tones.Model, "--trained-on", tones.Labels);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("LEAK: 5 artists on both sides", run.Out);
        Assert.Contains("LEAK: 20 audio files on both sides", run.Out);
        var unknown = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", tones.Model);
        Assert.Contains("cannot be checked", unknown.Out);
        Assert.DoesNotContain("LEAK", unknown.Out);
    }

    [Fact]
    public async Task Two_models_are_measured_side_by_side()
    {
        var table = NumberTable.Write(_folder);
        async Task<string> TrainedAsync(string name, string columns)
        {
            var run = await Tool.RunAsync("train", "--data", table, "--columns", columns, "--model", _folder.File(name), "--epochs",
                "40", "--batch", "8", "--learning-rate", "0.01");
            Assert.True(run.ExitCode == 0, run.Error);
            return _folder.File(name);
        }
        var (good, poor) = (await TrainedAsync("good.zip", "pitch"), await TrainedAsync("poor.zip", "noise")); // which says nothing
        var (json, html) = (_folder.File("out.json"), _folder.File("out.html"));
        var run = await Tool.RunAsync("evaluate", "--data", table, "--model", good, "--compare-with", poor, "--json", json,
            "--report", html);
        Assert.True(run.ExitCode == 0, run.Error);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        var compared = figures["comparison"]!;
        var (first, second) = ((double)figures["accuracy"]!, (double)compared["accuracy"]!);
        Assert.True(first > second, $"{first} and {second}");
        Assert.Equal(first - second, (double)compared["difference"]!, 12);
        Assert.InRange((double)compared["difference"]!, (double)compared["differenceInterval"]![0]!,
            (double)compared["differenceInterval"]![1]!);
        Assert.Equal(40, new[] { "bothRight", "onlyFirstRight", "onlyOtherRight", "neitherRight" }.Sum(name => (int)compared[name]!));
        Assert.Equal(second, compared["predictions"]!.AsArray().Zip(figures["predictions"]!.AsArray())
            .Count(pair => (string?)pair.First!["predicted"] == (string)pair.Second!["actual"]!) / 40.0, 12);
        Assert.Equal(poor, (string)compared["other"]!);
        Assert.Contains(FormattableString.Invariant($"Beside {poor}: accuracy {100 * second:F1} %"), run.Out);
        Assert.Contains(
            FormattableString.Invariant($"good.zip is right about {100 * (first - second):F1} songs of 100 more than poor.zip ("), run.Out);
        Assert.Contains("by paired bootstrap, 2000 times 10 artists", run.Out);
        var page = await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken);
        var (firstCount, secondCount) = ((int)(40 * first + 0.5), (int)(40 * second + 0.5));
        Assert.Contains($"<h1>good.zip is right about {firstCount} of 40 songs, poor.zip about {secondCount}</h1>", page);
        Assert.Contains("<h2>Beside poor.zip</h2>", page);
        Assert.Contains("<svg id=\"comparison\"", page);

        var other = _folder.Write("other.csv", "mood,pitch\nhigh,4\nvery low,0.2\n");
        Assert.Equal(0, (await Tool.RunAsync("train", "--data", other, "--columns", "pitch", "--model", _folder.File("other.zip"),
            "--epochs", "1")).ExitCode);
        (await Tool.RunAsync("evaluate", "--data", table, "--model", good, "--compare-with", _folder.File("other.zip")))
            .AssertFailed("One model tells high, low apart, the other high, very low. Compare models of the same moods");
        (await Tool.RunAsync("evaluate", "--data", table, "--model", good, "--compare-with", _folder.File("none.zip")))
            .AssertFailed("There is no model file", "none.zip");
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_refused()
    {
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--hold-out", "0.2", "--compare-with", tones.Model))
            .AssertFailed("--compare-with is for --model");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--hold-out", "1.5")).AssertFailed("--hold-out is 1.5", "such as 0.24");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--hold-out", "0.2", "--cross-validate", "3"))
            .AssertFailed("Name one of these");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--hold-out", "0.2", "--trained-on", tones.Labels))
            .AssertFailed("--trained-on is for --model");
        (await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", tones.Model, "--report", _folder.File("none/out.html")))
            .AssertFailed("no folder");
    }
}
