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
        Assert.Contains("(1 said twice)", run.Out);
        var accuracies = run.Out.Split('\n').Where(line => line.Contains(" %")).ToDictionary(
            line => line.Trim().Split("  ")[0].Trim(), line => double.Parse(line.Split(" %")[0].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["CNN", "FastTree, one against all", "LightGBM", "MLP", "always the most frequent mood", "maximum entropy (L-BFGS)"], accuracies.Keys.Order(StringComparer.Ordinal));
        Assert.All(accuracies, pair => Assert.True(pair.Key.StartsWith("always") ? pair.Value is >= 40 and <= 60 : pair.Value > 75, run.Out));
    }

    [Fact]
    public async Task It_needs_columns_and_folds()
    {
        var csv = _folder.Write("songs.csv", "mood,a\nx,1\ny,2\n");
        (await Tool.RunAsync("evaluate", "--data", csv, "--cross-validate", "2", "--compare", "1")).AssertFailed("--columns");
        Assert.NotEqual(0, (await Tool.RunAsync("evaluate", "--data", csv, "--columns", "a", "--compare", "1")).ExitCode);
    }
}
