using SongMood.Learning;
using SongMood.TestSupport;

namespace SongMood.Tests.Cli;

public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_learner_has_a_row_and_beats_the_baseline_where_there_is_something_to_learn()
    {
        var random = new Random(1);
        string[] rows = [.. Enumerable.Range(0, 120).Select(i =>
            $"{(i % 2 == 0 ? "low" : "high")},artist {i / 4}," + string.Join(",", Enumerable.Range(0, 7).Select(f => (i % 2) * (f < 3 ? 1 : 0) + random.NextDouble())))];
        var csv = _folder.Write("songs.csv", "mood,artist,a,b,c,d,e,f,g\n" + string.Join("\n", rows.Append(rows[0])) + "\n");
        var run = await Tool.RunAsync("evaluate", "--data", csv, "--columns", "a,b,c,d,e,f,g", "--cross-validate", "2", "--compare", "1");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("120 songs", run.Out);
        Assert.Contains("1 of 121 rows that say a song again (line 122 says the song of line 2)", run.Error);
        var accuracies = run.Out.Split('\n').Where(line => line.Contains(" %")).ToDictionary(
            line => line.Trim().Split("  ")[0].Trim(), line => double.Parse(line.Split(" %")[0].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["CNN", "FastTree, one against all", "LightGBM", "MLP", "always the most frequent mood", "maximum entropy (L-BFGS)"], accuracies.Keys.Order(StringComparer.Ordinal));
        Assert.All(accuracies, pair => Assert.True(pair.Key.StartsWith("always") ? pair.Value is >= 40 and <= 60 : pair.Value > 75, run.Out));
    }

    [Fact]
    public async Task A_song_that_is_in_the_file_twice_counts_once()
    {
        var csv = _folder.Write("songs.csv", "mood,artist,id,track,a\n" + string.Join("\n", Enumerable.Range(0, 12).Select(i =>
            $"{(i % 2 == 0 ? "low" : "high")},artist {i},{(i == 11 ? 9 : i)},{i / 3},{i}")) + "\n");
        string[] common = ["--data", csv, "--columns", "a", "--epochs", "1"];
        var evaluated = await Tool.RunAsync(["evaluate", "--cross-validate", "2", .. common]);
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.Contains("1 of 12 rows that say a song again (line 13 says the song of line 11, id 9)", evaluated.Error);
        var trained = await Tool.RunAsync(["train", "--model", _folder.File("m.zip"), "--id", "track", .. common]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("8 of 12 rows that say a song again (line 3 says the song of line 2, id 0; ", trained.Error);
        Assert.Contains("; and 3 more)", trained.Error);
        Assert.Contains("4 songs of the moods", trained.Error);
    }

    [Fact]
    public void The_tabular_set_has_one_song_twice()
    {
        var songs = LabelledSongs.Read(Path.Combine(TestData.Require("tabular"), "spotify_moods.csv"), new() { RequireAudio = false, FeatureColumns = ["popularity"] });
        var (once, repeats) = songs.WithoutRepeats();
        Assert.Equal(1042, once.Songs.Count);
        Assert.Equal("1ZMiCix7XSAbfAJlEZWMCp", Assert.Single(repeats).Repeat.Id);
    }

    [Fact]
    public async Task It_needs_columns_and_folds()
    {
        var csv = _folder.Write("songs.csv", "mood,a\nx,1\ny,2\n");
        (await Tool.RunAsync("evaluate", "--data", csv, "--cross-validate", "2", "--compare", "1")).AssertFailed("--columns");
        Assert.NotEqual(0, (await Tool.RunAsync("evaluate", "--data", csv, "--columns", "a", "--compare", "1")).ExitCode);
    }
}
